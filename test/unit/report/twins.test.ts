import * as assert from 'node:assert/strict';
import type { SeriesBlock } from '../../../src/report/model';
import { edgesTable, placeLinesTable, seriesPoints, seriesSummary, timelineTable } from '../../../src/report/twins';

const series: SeriesBlock = {
  kind: 'series',
  id: 's',
  title: 'S',
  unit: 'percent',
  times: Array.from({ length: 101 }, (_, index) => index * 1000),
  lines: [
    { label: 'ramp', values: Array.from({ length: 101 }, (_, index) => index) },
    { label: 'gaps', values: Array.from({ length: 101 }, (_, index) => (index === 50 ? 7 : null)) },
    { label: 'none', values: [] },
  ],
};

describe('seriesSummary', () => {
  it('has minimum, mean, maximum and last of what is there', () => {
    assert.deepEqual(
      seriesSummary(series).rows.map((row) => row.map((cell) => (typeof cell === 'number' ? Math.round(cell) : cell))),
      [
        ['ramp', 0, 50, 100, 100],
        ['gaps', 7, 7, 7, 7],
        ['none', null, null, null, null],
      ],
    );
  });

  it('stays finite for the largest numbers', () => {
    const values = [Number.MAX_VALUE, Number.MAX_VALUE];
    const [row] = seriesSummary({ ...series, lines: [{ label: 'large', values }] }).rows;
    assert.ok(Number.isFinite(row?.[2]));
  });
});

describe('seriesPoints', () => {
  it('has every point, or so many at even distances with both ends', () => {
    assert.equal(seriesPoints(series).rows.length, 101);
    const few = seriesPoints(series, 5).rows.map((row) => row[0]);
    assert.deepEqual(few, [0, 25_000, 50_000, 75_000, 100_000]);
    assert.equal(seriesPoints(series, 1).rows.length, 1);
    assert.equal(seriesPoints({ ...series, times: [] }, 20).rows.length, 0);
    assert.equal(seriesPoints({ ...series, times: [5] }, 20).rows[0]?.[0], 5);
  });
});

describe('other twins', () => {
  it('name nodes and places by label, and unknown ones by id', () => {
    const nodes = [{ id: 'a', label: 'Alpha' }];
    const edges = [{ from: 'a', to: 'x', status: 'error' as const }];
    assert.deepEqual(edgesTable({ kind: 'graph', direction: 'down', nodes, edges }).rows, [
      ['Alpha', { text: 'x', status: 'error' }, null],
    ]);
    const places = [{ id: 'b', label: 'Berlin', latitude: 52, longitude: 13 }];
    assert.deepEqual(placeLinesTable({ kind: 'map', places, lines: [{ from: 'x', to: 'b' }] }).rows, [['x', 'Berlin']]);
  });

  it('have a column for notes only where there are notes', () => {
    const phase = { label: 'p', start: 0, duration: 1 };
    assert.equal(timelineTable({ kind: 'timeline', unit: 'seconds', phases: [phase] }).columns.length, 3);
    const noted = { ...phase, note: 'n' };
    assert.equal(timelineTable({ kind: 'timeline', unit: 'seconds', phases: [phase, noted] }).columns.length, 4);
  });
});
