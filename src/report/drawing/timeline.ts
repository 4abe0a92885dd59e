import { createFormatter, type PrintOptions } from '../format';
import type { Phase, Status, TimelineBlock } from '../model';
import { cutToWidth, textWidth } from '../textWidth';
import { clamp, extent, niceStep, tenth, ticksBetween } from './numbers';

export interface TimelineDrawing {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  /** One a phase, in the block's order, from the top. */
  readonly bars: readonly TimelineBar[];
}

export interface TimelineBar {
  /** Cut where it would take too much room; the whole stands in the block. */
  readonly label: string;
  readonly status?: Status;
  readonly x: number;
  readonly y: number;
  /** At least MIN_BAR_WIDTH, however short the phase. */
  readonly width: number;
  readonly height: number;
  /** The duration. */
  readonly text: string;
  readonly textX: number;
  /** Behind the bar; before it where there is no room, or on it where there is none at all. */
  readonly textPlace: 'behind' | 'before' | 'on';
}

const ROW_HEIGHT = 28;
const BAR_HEIGHT = 14;
const MIN_BAR_WIDTH = 2;
const MAX_LABEL_COLUMNS = 28;
/** Of the 12 px labels. */
const COLUMN_WIDTH = 7;

/** Phases as bars below one another, in pixels. */
export function timelineBars(block: TimelineBlock, width: number, options: PrintOptions): TimelineDrawing {
  const formatter = createFormatter(options);
  const labels = block.phases.map((phase) => cutToWidth(phase.label, MAX_LABEL_COLUMNS));
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label)), 0);
  const plot = {
    left: Math.min(widest * COLUMN_WIDTH + 14, width / 2),
    top: 6,
    right: width - 14,
    bottom: 6 + Math.max(1, block.phases.length) * ROW_HEIGHT,
  };
  const [from, to] = timeRange(block.phases);
  const scale = (time: number): number => tenth(plot.left + ((time - from) / (to - from)) * (plot.right - plot.left));
  const step = niceStep(to - from, Math.max(2, Math.floor((plot.right - plot.left) / 90)));
  return {
    width,
    height: plot.bottom + 22,
    plot,
    ticks: ticksBetween(from, to, step).map((time) => ({ x: scale(time), text: formatter.value(time, block.unit) })),
    bars: block.phases.map((phase, index) => {
      const text = formatter.value(phase.duration, block.unit);
      const bar = barBetween(
        scale(finite(phase.start)),
        scale(finite(phase.start) + finite(phase.duration)),
        plot.right,
      );
      return {
        label: labels[index] ?? '',
        ...(phase.status === undefined ? {} : { status: phase.status }),
        ...bar,
        y: plot.top + index * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2,
        height: BAR_HEIGHT,
        text,
        ...textBeside(bar, textWidth(text) * COLUMN_WIDTH, plot),
      };
    }),
  };
}

function barBetween(start: number, end: number, right: number): { readonly x: number; readonly width: number } {
  const x = Math.min(start, end, right - MIN_BAR_WIDTH);
  return { x, width: tenth(Math.max(MIN_BAR_WIDTH, Math.max(start, end) - x)) };
}

function textBeside(
  bar: { readonly x: number; readonly width: number },
  textLength: number,
  plot: TimelineDrawing['plot'],
): Pick<TimelineBar, 'textX' | 'textPlace'> {
  const end = bar.x + bar.width;
  if (end + 6 + textLength <= plot.right + 8) return { textX: tenth(end + 6), textPlace: 'behind' };
  if (bar.x - 6 - textLength >= plot.left) return { textX: tenth(bar.x - 6), textPlace: 'before' };
  return { textX: tenth(end - 6), textPlace: 'on' };
}

/** From 0 or the first start to the last end; never empty. */
function timeRange(phases: readonly Phase[]): readonly [number, number] {
  const [from, to] = extent(
    phases.flatMap((phase) => [0, finite(phase.start), finite(phase.start) + finite(phase.duration)]),
  ) ?? [0, 1];
  return to - from > 1e-12 ? [from, to] : [from, from + Math.max(1, Math.abs(from))];
}

/** Small enough that sums and differences are finite too. */
function finite(value: number): number {
  return Number.isFinite(value) ? clamp(value, -1e300, 1e300) : 0;
}
