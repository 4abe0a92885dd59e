import type uPlot from 'uplot';
import type { SeriesBlock, Unit } from '../../report/model';

/** In the form of uPlot: times, then one array a line; stacked lines are sums of all below. */
export function chartData(block: SeriesBlock): uPlot.AlignedData {
  const values = block.lines.map((line) => line.values);
  const lines = block.stacked === true ? stacked(values, block.times.length) : values;
  return [[...block.times], ...lines.map((line) => [...line])];
}

/** A time at which no line has a value stays a gap; beside others, a missing value adds nothing. */
function stacked(lines: readonly (readonly (number | null)[])[], count: number): readonly (number | null)[][] {
  const sums = new Float64Array(count);
  const isGap = Array.from({ length: count }, (_none, time) => lines.every((line) => (line[time] ?? null) === null));
  return lines.map((line) =>
    Array.from({ length: count }, (_none, time) => {
      sums[time] = (sums[time] ?? 0) + (line[time] ?? 0);
      return isGap[time] === true ? null : (sums[time] ?? null);
    }),
  );
}

/** Units whose zero means nothing to the eye: their axis fits the values. */
const FLOATING: readonly Unit[] = ['celsius', 'hertz', 'volts', 'time'];

/** The ends of the value axis: those that the block fixes; otherwise from zero, with some air above. */
export function valueRange(
  block: SeriesBlock,
  least: number | null,
  most: number | null,
  rangeNum: typeof uPlot.rangeNum,
): [number, number] {
  const low = least ?? 0;
  const high = most ?? 0;
  const floats = FLOATING.includes(block.unit) && low !== high;
  const [from, to] = rangeNum(floats ? low : Math.min(0, low), Math.max(high, floats ? low : 0), 0.1, true);
  const start = block.min ?? (floats ? (from ?? 0) : low < 0 ? (from ?? 0) : 0);
  const end = block.max ?? to ?? 1;
  return end > start ? [start, end] : [start, start + 1];
}

/**
 * At least the span that the block wants, up to the last sample; else a single sample gets half a minute on both sides.
 * From the samples themselves: uPlot's own range of a single one goes on after it.
 */
export function timeRange(times: readonly number[], spanMs = 0): [number, number] {
  const to = times.at(-1) ?? 0;
  const from = Math.min(times[0] ?? to, to - spanMs);
  return to > from ? [from, to] : [from - 30_000, from + 30_000];
}

/** Steps of an axis of bytes: 1, 2, 4 … 512 of each power of 1024. */
export function binarySteps(): number[] {
  return Array.from({ length: 63 }, (_none, power) => 2 ** power);
}

/** Room right of a chart's area, and of one character of its labels. */
export const RIGHT_PX = 8;
export const CHARACTER_PX = 6.4;

/** A label stands in the middle below its place; one that would be cut off at the right end is left out. */
export function labelThatFits(label: string, placePx: number, widthPx: number): string {
  return placePx + (label.length * CHARACTER_PX) / 2 > widthPx + RIGHT_PX ? '' : label;
}
