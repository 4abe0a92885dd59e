import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { SeriesBlock } from '../../report/model';
import { useSession } from '../state/context';
import { chartData } from './chartData';
import { CHART_HEIGHT_PX, chartOptions, type ChartSource } from './chartOptions';
import { useChartTheme } from './theme';

interface ChartCanvasProps {
  readonly block: SeriesBlock;
  /** What a screen reader says of it. */
  readonly summary: string;
  onCursor(index: number | null): void;
}

/** One uPlot for the life of the block: new values only set its data. It is made anew when its lines change. */
export function ChartCanvas({ block, summary, onCursor }: ChartCanvasProps) {
  const { format, locale } = useSession();
  const theme = useChartTheme();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const source = useRef<ChartSource>({ block, theme });
  source.current = { block, theme };
  const shape = JSON.stringify([block.unit, block.stacked, block.lines.map((line) => line.label)]);

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const setup = { format, locale, widthPx: element.clientWidth, source: () => source.current, onCursor };
    const made = new uPlot(chartOptions(setup), chartData(source.current.block), element);
    chart.current = made;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== made.width) made.setSize({ width, height: CHART_HEIGHT_PX });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [shape, format, locale, onCursor]);
  useEffect(() => chart.current?.setData(chartData(block)), [block]);
  useEffect(() => chart.current?.redraw(), [theme]);

  return <div ref={host} class="chart" role="img" aria-label={summary} />;
}
