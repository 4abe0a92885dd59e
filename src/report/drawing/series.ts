import { createFormatter, type PrintOptions } from '../format';
import type { SeriesBlock } from '../model';
import { textWidth } from '../textWidth';
import { clamp, extent, niceStep, tenth, ticksBetween } from './numbers';
import { linePath, pickedIndices, stackedPaths, type LinePath, type Scale } from './seriesPath';
import { timeTicks } from './timeTicks';

export interface SeriesDrawing {
  readonly width: number;
  readonly height: number;
  /** Where the lines are; the axes stand around it. */
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly valueTicks: readonly { readonly y: number; readonly text: string }[];
  readonly timeTicks: readonly { readonly x: number; readonly text: string }[];
  /** In the order of the block's. */
  readonly lines: readonly DrawnLine[];
}

/** `path` is SVG path data with a gap for every null, empty where there are no two values side by side. */
export interface DrawnLine extends LinePath {
  readonly label: string;
  /** In a stack: the closed path of the surface below the line. */
  readonly area?: string;
  /** SVG stroke-dasharray; empty for a full line. Tells lines apart where colours cannot. */
  readonly dash: string;
}

const DASHES = ['', '7 3', '2 3', '9 3 2 3', '12 4', '4 2', '1 4', '9 2 2 2 2 2'];
/** Of the 11 px axis texts. */
const AXIS_COLUMN_WIDTH = 6.4;

/** A chart as geometry, in pixels; the y axis points down. Texts are in the reader's notation. */
export function seriesPaths(block: SeriesBlock, width: number, height: number, options: PrintOptions): SeriesDrawing {
  const formatter = createFormatter(options);
  const [low, high] = valueRange(block);
  const binary = block.unit === 'bytes' || block.unit === 'bytesPerSecond';
  const step = niceStep(high - low, 4, binary ? 1024 : 10);
  const bottomValue = block.min ?? Math.floor(low / step + 1e-9) * step;
  const topValue = Math.max(block.max ?? Math.ceil(high / step - 1e-9) * step, bottomValue + Number.MIN_VALUE);
  const ticks = ticksBetween(bottomValue, topValue, step).map((value) => ({
    value,
    text: formatter.value(value, block.unit),
  }));
  const widest = ticks.reduce((most, { text }) => Math.max(most, textWidth(text)), 0);
  const plot = {
    left: Math.min(Math.ceil(widest * AXIS_COLUMN_WIDTH) + 10, width / 2),
    top: 10,
    right: width - 22,
    bottom: height - 24,
  };
  const times = extent(block.times) ?? [0, 0];
  const scale: Scale = {
    x: (time) => tenth(position(time, times[0], times[1], plot.left, Math.max(plot.right, plot.left + 1))),
    y: (value) => tenth(position(value, bottomValue, topValue, plot.bottom, plot.top)),
  };
  return {
    width,
    height,
    plot,
    valueTicks: ticks.map(({ value, text }) => ({ y: scale.y(value), text })),
    timeTicks:
      times[1] > times[0]
        ? timeTicks(times[0], times[1], Math.max(2, Math.floor((plot.right - plot.left) / 110)), options).map(
            ({ timeMs, text }) => ({ x: scale.x(timeMs), text }),
          )
        : [],
    lines: drawLines(block, scale, Math.ceil(plot.right - plot.left)),
  };
}

function drawLines(block: SeriesBlock, scale: Scale, pixels: number): readonly DrawnLine[] {
  const dash = (index: number): string => DASHES[index % DASHES.length] ?? '';
  if (block.stacked === true) {
    const paths = stackedPaths(block, scale, pixels);
    return block.lines.map(({ label }, index) => ({
      label,
      dash: '',
      ...(paths[index] ?? { path: '', dots: [], area: '' }),
    }));
  }
  return block.lines.map(({ label, values }, index) => ({
    label,
    dash: dash(index),
    ...linePath(block.times, values, pickedIndices(block.times, values, pixels), scale),
  }));
}

/** Zero is in it unless the unit has no natural zero; never empty. */
function valueRange(block: SeriesBlock): readonly [number, number] {
  const values = block.stacked === true ? stackTotals(block) : block.lines.flatMap((line) => line.values);
  const found = extent(values) ?? [0, 1];
  const hasZero = !['celsius', 'volts', 'time'].includes(block.unit);
  const low = block.min ?? (hasZero ? Math.min(0, found[0]) : found[0]);
  const high = block.max ?? (hasZero ? Math.max(0, found[1]) : found[1]);
  return high > low ? [low, high] : [low, low + (Math.abs(low) || 1)];
}

function stackTotals(block: SeriesBlock): readonly number[] {
  return block.times.map((_, index) =>
    block.lines.reduce((sum, line) => sum + Math.max(0, line.values[index] ?? 0), 0),
  );
}

/** Values beyond fixed ends lie on the edge; a range of nothing lies in the middle. */
function position(value: number, from: number, to: number, start: number, end: number): number {
  const part = to > from ? clamp((value - from) / (to - from), 0, 1) : 0.5;
  return start + (Number.isFinite(part) ? part : 0) * (end - start);
}
