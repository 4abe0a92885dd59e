import * as l10n from '@vscode/l10n';
import { useMemo, useRef } from 'preact/hooks';
import { type TimelineBar, timelineBars, type TimelineDrawing } from '../../report/drawing/timeline';
import type { Phase, TimelineBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { timelineTable } from '../../report/twins';
import { BlockTitle } from '../parts/blockTitle';
import { Twin } from '../parts/twin';
import { useWidth } from '../parts/useWidth';
import { useSession } from '../state/context';

const WIDEST_PX = 960;

/** Phases as bars below one another over a common axis. */
export function TimelineBlockView({ block, path }: { block: TimelineBlock; path: string }) {
  const { locale } = useSession();
  const host = useRef<HTMLDivElement>(null);
  const width = Math.min(WIDEST_PX, useWidth(host));
  const drawing = useMemo(() => (width === 0 ? null : timelineBars(block, width, { locale })), [block, width, locale]);
  return (
    <section class="block">
      {block.title === undefined ? null : (
        <div class="block-head">
          <BlockTitle title={block.title} />
        </div>
      )}
      <div ref={host}>{drawing === null ? null : <TimelineSvg drawing={drawing} block={block} />}</div>
      <Twin path={path} title={block.title} tables={() => [timelineTable(block)]} />
    </section>
  );
}

function TimelineSvg({ drawing, block }: { drawing: TimelineDrawing; block: TimelineBlock }) {
  const { plot } = drawing;
  return (
    <svg
      class="drawing"
      width={drawing.width}
      height={drawing.height}
      role="img"
      aria-label={block.title ?? l10n.t('Timeline')}
    >
      {drawing.ticks.map((tick) => (
        <g key={tick.x}>
          <line class="grid-line" x1={tick.x} x2={tick.x} y1={plot.top} y2={plot.bottom} />
          <text class="axis-text" x={tick.x} y={plot.bottom + 15} text-anchor="middle">
            {tick.text}
          </text>
        </g>
      ))}
      {drawing.bars.map((bar, index) => (
        <Bar key={index} bar={bar} phase={block.phases[index]} left={plot.left} />
      ))}
    </svg>
  );
}

function Bar({ bar, phase, left }: { bar: TimelineBar; phase: Phase | undefined; left: number }) {
  const middle = bar.y + bar.height / 2;
  const note = phase?.note === undefined ? '' : `: ${visibleLine(phase.note)}`;
  return (
    <g class={`bar bar-${bar.status ?? 'plain'}`}>
      <title>{`${visibleLine(phase?.label ?? bar.label)} ${bar.text}${note}`}</title>
      <text class="bar-label" x={left - 10} y={middle} text-anchor="end" dominant-baseline="central">
        {visibleLine(bar.label)}
      </text>
      <rect x={bar.x} y={bar.y} width={bar.width} height={bar.height} rx={2} />
      <text
        class={`bar-text bar-text-${bar.textPlace}`}
        x={bar.textX}
        y={middle}
        text-anchor={bar.textPlace === 'behind' ? 'start' : 'end'}
        dominant-baseline="central"
      >
        {bar.text}
      </text>
    </g>
  );
}
