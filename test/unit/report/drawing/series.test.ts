import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { seriesPaths } from '../../../../src/report/drawing/series';
import type { SeriesBlock } from '../../../../src/report/model';
import { anyNumber, UNITS } from '../arbitraryReport';

const english = { locale: 'en', timeZone: 'UTC' };

function block(values: readonly (number | null)[], more: Partial<SeriesBlock> = {}): SeriesBlock {
  const times = values.map((_, index) => index * 60_000);
  return { kind: 'series', id: 's', title: 'S', unit: 'percent', times, lines: [{ label: 'l', values }], ...more };
}

function numbersIn(path: string): readonly number[] {
  return path
    .split(/[MLZ, ]+/)
    .filter(Boolean)
    .map(Number);
}

describe('seriesPaths', () => {
  it('draws within the plot, the largest value on top', () => {
    const { plot, lines } = seriesPaths(block([0, 50, 100], { min: 0, max: 100 }), 400, 200, english);
    const [line] = lines;
    assert.equal(
      line?.path,
      `M${plot.left},${plot.bottom}L${(plot.left + plot.right) / 2},${(plot.top + plot.bottom) / 2}L${plot.right},${plot.top}`,
    );
  });

  it('has gaps where there is nothing, and dots for lonely points', () => {
    const [line] = seriesPaths(block([1, 2, null, 3, null, 4, 5]), 400, 200, english).lines;
    assert.equal(line?.path.match(/M/g)?.length, 2);
    assert.equal(line?.dots.length, 1);
  });

  it('has round ticks: powers of two for bytes, whole minutes for times', () => {
    const percent = seriesPaths(block([0, 97], { min: 0, max: 100 }), 400, 200, english);
    assert.deepEqual(
      percent.valueTicks.map(({ text }) => text),
      ['0%', '50%', '100%'],
    );
    const bytes = seriesPaths(block([0, 3.1 * 2 ** 30], { unit: 'bytes' }), 400, 200, english);
    assert.deepEqual(
      bytes.valueTicks.map(({ text }) => text),
      ['0 B', '1 GiB', '2 GiB', '3 GiB', '4 GiB'],
    );
    const times = seriesPaths(block([1, 2, 3, 4, 5]), 600, 200, english).timeTicks;
    assert.deepEqual(
      times.map(({ text }) => text),
      ['00:00', '00:01', '00:02', '00:03', '00:04'],
    );
  });

  it('leaves room for its texts on the left', () => {
    const small = seriesPaths(block([0, 1]), 400, 200, english).plot.left;
    assert.ok(seriesPaths(block([0, 1e9], { unit: 'number' }), 400, 200, english).plot.left > small);
  });

  it('stacks: each surface stands on the one before, and nothing counts as zero', () => {
    const lines = [
      { label: 'a', values: [20, 40, null] },
      { label: 'b', values: [30, null, null] },
    ];
    const stack = block([0, 0, 0], { stacked: true, min: 0, max: 100, lines });
    const drawing = seriesPaths(stack, 400, 210, english);
    const y = (value: number): number => drawing.plot.bottom - (value / 100) * (drawing.plot.bottom - drawing.plot.top);
    const ys = (path: string | undefined): readonly number[] =>
      numbersIn(path ?? '').filter((_, index) => index % 2 === 1);
    const round = (value: number): number => Math.round(value * 10) / 10;
    assert.deepEqual(ys(drawing.lines[1]?.path), [y(50), y(40)].map(round));
    assert.deepEqual(ys(drawing.lines[1]?.area), [y(50), y(40), y(40), y(20)].map(round));
    assert.match(drawing.lines[0]?.area ?? '', /^M.*Z$/);
  });

  it('tells lines apart by their dashes', () => {
    const lines = Array.from({ length: 8 }, (_, index) => ({ label: `${index}`, values: [1, 2] }));
    const dashes = seriesPaths(block([1, 2], { lines }), 400, 200, english).lines.map(({ dash }) => dash);
    assert.equal(new Set(dashes).size, 8);
  });

  it('thins out many points without losing a peak', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => (index === 54_321 ? 100 : 1));
    const drawing = seriesPaths(block(values, { min: 0, max: 100 }), 400, 200, english);
    const path = numbersIn(drawing.lines[0]?.path ?? '');
    assert.ok(path.length < 2000);
    assert.ok(path.includes(drawing.plot.top));
  });

  it('is finite and inside for any values, none and one included', () => {
    const values = fc.array(fc.option(anyNumber), { maxLength: 12 });
    fc.assert(
      fc.property(values, fc.constantFrom(...UNITS), fc.boolean(), (some, unit, stacked) => {
        const drawing = seriesPaths(block(some, { unit, stacked }), 400, 200, english);
        const points = drawing.lines.flatMap(({ path, area, dots }) => [
          ...numbersIn(path),
          ...numbersIn(area ?? ''),
          ...dots.flat(),
        ]);
        const ticks = [...drawing.valueTicks.map(({ y }) => y), ...drawing.timeTicks.map(({ x }) => x)];
        for (const number of [...points, ...ticks]) assert.ok(number >= 0 && number <= 400, String(number));
        assert.ok(drawing.valueTicks.length <= 100);
      }),
    );
  });
});
