import uPlot from 'uplot';
import type { Formatter } from '../../report/format';
import type { SeriesBlock } from '../../report/model';
import { binarySteps, CHARACTER_PX, labelThatFits, RIGHT_PX, timeRange, valueRange } from './chartData';
import { type ChartTheme, colourOf, dashOf } from './theme';

/** What may change while the chart stays: it is asked for at every drawing. */
export interface ChartSource {
  readonly block: SeriesBlock;
  readonly theme: ChartTheme;
}

export interface ChartSetup {
  readonly format: Formatter;
  readonly locale: string;
  readonly widthPx: number;
  source(): ChartSource;
  /** The index of the time under the pointer. */
  onCursor(index: number | null): void;
}

export const CHART_HEIGHT_PX = 168;
const DAY_MS = 86_400_000;
/** Pointers of charts in one page move together. */
const SYNC_KEY = 'report';

export function chartOptions(setup: ChartSetup): uPlot.Options {
  const { block } = setup.source();
  return {
    width: setup.widthPx,
    height: CHART_HEIGHT_PX,
    ms: 1,
    legend: { show: false },
    padding: [8, RIGHT_PX, 0, 0],
    cursor: {
      drag: { x: false, y: false, setScale: false },
      y: false,
      sync: { key: SYNC_KEY, scales: ['x', null] },
      points: { size: 6, width: 1 },
    },
    scales: {
      x: { time: true, range: () => timeRange(setup.source().block.times, setup.source().block.spanMs) },
      y: { range: (_chart, least, most) => valueRange(setup.source().block, least, most, uPlot.rangeNum) },
    },
    axes: [timeAxis(setup), valueAxis(setup)],
    series: [{}, ...block.lines.map((line, index) => seriesOf(setup, line.label, index))],
    bands: block.stacked === true ? bandsOf(block.lines.length) : [],
    hooks: { setCursor: [(chart) => setup.onCursor(chart.cursor.idx ?? null)] },
  };
}

function seriesOf(setup: ChartSetup, label: string, index: number): uPlot.Series {
  const colour = (): string => colourOf(setup.source().theme, index);
  const { stacked, lines } = setup.source().block;
  const share = stacked === true ? '35%' : lines.length === 1 ? '12%' : null;
  return {
    label,
    width: 1.5,
    stroke: colour,
    dash: [...dashOf(index)],
    points: { show: () => setup.source().block.times.length < 3, size: 5 },
    ...(share === null ? {} : { fill: () => `color-mix(in srgb, ${colour()} ${share}, transparent)` }),
  };
}

/** Each line is filled down to the one below it. */
function bandsOf(lines: number): uPlot.Band[] {
  return Array.from({ length: Math.max(0, lines - 1) }, (_none, index): uPlot.Band => ({
    series: [index + 2, index + 1],
  }));
}

function timeAxis({ locale, source }: ChartSetup): uPlot.Axis {
  const seconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });
  const minutes = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23' });
  const days = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  return {
    ...axisLook(source),
    space: 72,
    size: 28,
    values: (chart, splits, _axis, _space, stepMs) => {
      const form = stepMs < 60_000 ? seconds : stepMs < DAY_MS ? minutes : days;
      const widthPx = chart.bbox.width / uPlot.pxRatio;
      return splits.map((at) => labelThatFits(form.format(at), chart.valToPos(at, 'x'), widthPx));
    },
  };
}

function valueAxis({ format, source }: ChartSetup): uPlot.Axis {
  const { unit } = source().block;
  const isBinary = unit === 'bytes' || unit === 'bytesPerSecond';
  return {
    ...axisLook(source),
    space: 28,
    size: (_chart, values: readonly string[] | null) => {
      const longest = (values ?? []).reduce((most, text) => Math.max(most, text.length), 0);
      return Math.max(36, Math.ceil(longest * CHARACTER_PX) + 14);
    },
    values: (_chart, splits) => splits.map((value) => format.value(value, unit)),
    ...(isBinary ? { incrs: binarySteps() } : {}),
  };
}

function axisLook(source: () => ChartSource): uPlot.Axis {
  const grid = (): string => source().theme.grid;
  return {
    font: source().theme.font,
    stroke: () => source().theme.text,
    gap: 6,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
}
