import * as l10n from '@vscode/l10n';
import { useCallback, useState } from 'preact/hooks';
import type { Formatter } from '../../report/format';
import type { SeriesBlock, TableBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { seriesPoints } from '../../report/twins';
import { BlockTitle } from '../parts/blockTitle';
import { Twin } from '../parts/twin';
import { useSession } from '../state/context';
import { ChartCanvas } from './chartCanvas';
import { Legend } from './legend';

const TWIN_POINTS = 50;

/** A chart over time, its legend with the values of now or under the pointer, and the same as a table. */
export function ChartBlockView({ block, path }: { block: SeriesBlock; path: string }) {
  const { format } = useSession();
  const [cursor, setCursor] = useState<number | null>(null);
  const onCursor = useCallback((index: number | null) => setCursor(index), []);
  const last = block.times.length - 1;
  const index = cursor === null ? last : Math.min(cursor, last);
  const at = block.times[index];
  return (
    <section class="block chart-block">
      <div class="block-head">
        <BlockTitle title={block.title} />
        <span class="chart-time">{cursor === null || at === undefined ? '' : format.value(at, 'time')}</span>
      </div>
      {last < 0 ? (
        <p class="nothing">{l10n.t('No values yet.')}</p>
      ) : (
        <>
          <Legend block={block} index={index} />
          <ChartCanvas block={block} summary={summaryOf(block, format)} onCursor={onCursor} />
          <Twin path={path} title={block.title} tables={() => [newestFirst(block)]} />
        </>
      )}
    </section>
  );
}

/** The period and the newest value of each line. */
function summaryOf(block: SeriesBlock, format: Formatter): string {
  const from = format.value(block.times[0] ?? 0, 'time');
  const to = format.value(block.times.at(-1) ?? 0, 'time');
  const values = block.lines.map(
    (line) => `${visibleLine(line.label)} ${format.cell(line.values.at(-1) ?? null, block.unit)}`,
  );
  return l10n.t('Chart {0} from {1} to {2}: {3}', block.title, from, to, values.join(', '));
}

/** The newest points of all lines. */
function newestFirst(block: SeriesBlock): TableBlock {
  const times = block.times.slice(-TWIN_POINTS);
  const lines = block.lines.map((line) => ({ ...line, values: line.values.slice(-times.length) }));
  const table = seriesPoints({ ...block, times, lines });
  return { ...table, rows: table.rows.toReversed() };
}
