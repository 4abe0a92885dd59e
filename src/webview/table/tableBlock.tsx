import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { visibleLine } from '../../report/plainText';
import { BlockTitle } from '../parts/blockTitle';
import { useSession } from '../state/context';
import { gridActions } from './gridActions';
import { ScrollArea } from './scrollArea';
import { TableBar } from './tableBar';
import { useGridState } from './useGridState';

/** A table or tree that is sorted, searched, walked through by keys and copied from; the same for 5 and 100,000 rows. */
export function TableBlockView({ block, path }: { block: TableBlock; path: string }) {
  const session = useSession();
  const state = useGridState(block, path);
  const filter = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <section class="block">
      <div class="block-head">
        <BlockTitle title={block.title} />
        <TableBar
          state={state}
          input={filter}
          leave={() => scroller.current?.focus()}
          copyTable={gridActions(state, session, state.firstCell).copyTable}
        />
      </div>
      {block.rows.length === 0 ? (
        <p class="nothing">{visibleLine(block.empty ?? l10n.t('No rows.'))}</p>
      ) : (
        <ScrollArea path={path} state={state} filter={filter} scroller={scroller} />
      )}
    </section>
  );
}
