import * as assert from 'node:assert/strict';
import type { SeriesBlock } from '../../src/report/model';
import { binarySteps, chartData, labelThatFits, timeRange, valueRange } from '../../src/webview/chart/chartData';

function block(values: readonly (readonly (number | null)[])[], extra: Partial<SeriesBlock> = {}): SeriesBlock {
  const lines = values.map((each, index) => ({ label: String(index), values: each }));
  return { kind: 'series', id: 'a', title: 'A', unit: 'number', times: [1, 2, 3], lines, ...extra };
}

/** Stands for uPlot's own, which rounds outwards: here the ends as they are. */
const asGiven = (low: number, high: number): [number, number] => [low, high];

describe('the data of a chart', () => {
  it('are times and lines as they are', () => {
    const values = [
      [1, null, 3],
      [4, 5, 6],
    ];
    assert.deepEqual(chartData(block(values)), [[1, 2, 3], ...values]);
  });

  it('are sums when stacked, with a gap only where every line has one', () => {
    const stacked = block(
      [
        [1, null, null],
        [4, 5, null],
      ],
      { stacked: true },
    );
    assert.deepEqual(chartData(stacked), [
      [1, 2, 3],
      [1, 0, null],
      [5, 5, null],
    ]);
  });

  it('stand over zero, unless the unit has none or the block says otherwise', () => {
    assert.deepEqual(valueRange(block([]), 40, 60, asGiven), [0, 60]);
    assert.deepEqual(valueRange(block([]), -5, 60, asGiven), [-5, 60]);
    assert.deepEqual(valueRange(block([], { unit: 'celsius' }), 40, 60, asGiven), [40, 60]);
    assert.deepEqual(valueRange(block([], { min: 0, max: 100 }), 40, 60, asGiven), [0, 100]);
  });

  it('always have a range that is more than a point', () => {
    assert.deepEqual(valueRange(block([]), null, null, asGiven), [0, 1]);
    assert.deepEqual(valueRange(block([]), 0, 0, asGiven), [0, 1]);
    assert.deepEqual(timeRange([1_000_000]), [970_000, 1_030_000]);
    assert.deepEqual(timeRange([1, 2, 3]), [1, 3]);
    assert.deepEqual(timeRange([90_000, 100_000], 60_000), [40_000, 100_000]);
    assert.deepEqual(timeRange([100_000], 60_000), [40_000, 100_000]);
    assert.deepEqual(timeRange([10_000, 100_000], 60_000), [10_000, 100_000]);
  });

  it('have ticks of bytes at powers of two', () => {
    assert.ok(binarySteps().includes(1024 ** 3));
    assert.ok(binarySteps().every((step) => Number.isInteger(Math.log2(step))));
  });

  it('lets no label be cut off at the right end', () => {
    assert.equal(labelThatFits('12:04:00', 370, 400), '12:04:00');
    assert.equal(labelThatFits('12:04:00', 395, 400), '');
    assert.equal(labelThatFits('12:04', 390, 400), '12:04');
  });
});
