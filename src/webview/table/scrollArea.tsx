import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Menu, type MenuPoint } from '../parts/menu';
import { useSession } from '../state/context';
import { useColumnWidths } from './columnWidths';
import { cellId, Grid } from './grid';
import { type GridActions, hasSelectedText, onGridKey } from './gridKeys';
import { gridMenuItems } from './gridMenu';
import type { GridState } from './useGridState';
import { useReveal } from './useReveal';
import { NATIVE_ROWS, type RowWindow, useRowWindow } from './useRowWindow';

interface ScrollAreaProps {
  readonly path: string;
  readonly state: GridState;
  readonly actions: GridActions;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** The grid to a screen reader, and the one tab stop of the table. */
export function ScrollArea({ path, state, actions, filter, scroller }: ScrollAreaProps) {
  const { format } = useSession();
  const { block, order, active } = state;
  const isWindowed = order.length > NATIVE_ROWS;
  const window = useRowWindow(order.length, scroller, isWindowed);
  const widths = useColumnWidths(block, format);
  const reveal = useReveal(scroller, active?.row ?? -1, isWindowed);
  const [menuAt, openMenu] = useState<MenuPoint | null>(null);
  const refocus = (): void => scroller.current?.focus({ preventScroll: true });
  useKeptScroll(scroller, path);
  return (
    <>
      <div
        ref={scroller}
        class="table-scroller"
        role="grid"
        tabIndex={0}
        aria-label={block.title ?? l10n.t('Table')}
        aria-rowcount={order.length + 1}
        aria-colcount={block.columns.length}
        aria-busy={state.busy}
        aria-activedescendant={activeCellId(path, state, window)}
        onFocus={state.enter}
        onMouseDown={(event) => onMouseDown(event, state, refocus)}
        onKeyDown={(event) => onGridKey(event, state, actions, { scroller, filter, openMenu, reveal })}
        onCopy={(event) => onCopy(event, actions)}
        onContextMenu={(event) => {
          event.preventDefault();
          openMenu({ x: event.clientX, y: event.clientY });
        }}
      >
        {state.busy ? <div class="progress progress-table" /> : null}
        <Grid id={path} state={state} window={window} isWindowed={isWindowed} widths={widths} />
      </div>
      {order.length === 0 ? <p class="nothing">{l10n.t('No row matches the filter.')}</p> : null}
      {menuAt === null ? null : (
        <Menu
          label={l10n.t('Table')}
          items={gridMenuItems(state, actions)}
          at={menuAt}
          close={(returnFocus) => {
            openMenu(null);
            if (returnFocus) refocus();
          }}
        />
      )}
    </>
  );
}

/** The active cell's id, unless its row is not in the document just now. */
function activeCellId(path: string, state: GridState, window: RowWindow): string | undefined {
  const { active, block, order } = state;
  if (active === null) return undefined;
  const column = block.columns[active.column]?.id ?? '';
  if (active.row < 0) return cellId(path, null, column);
  const isDrawn = active.row >= window.start && active.row < window.end;
  return isDrawn ? cellId(path, state.keyOf(order[active.row] ?? 0), column) : undefined;
}

/** The cell under the pointer becomes the active one; its button does not take the focus out of the grid. */
function onMouseDown(event: MouseEvent, state: GridState, refocus: () => void): void {
  const { target } = event;
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (!(target instanceof Element) || cell === null) return;
  state.activate({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) });
  if (target.closest('button') === null) return;
  event.preventDefault();
  refocus();
}

/** VS Code turns Ctrl+C into this event on the desktop. */
function onCopy(event: ClipboardEvent, actions: GridActions): void {
  if (hasSelectedText()) return;
  event.preventDefault();
  actions.copyCell();
}

function useKeptScroll(scroller: RefObject<HTMLDivElement | null>, path: string): void {
  const { view } = useSession();
  useLayoutEffect(() => {
    const area = scroller.current;
    const key = `${path}#scroll`;
    if (area === null) return undefined;
    const kept = view.read(key);
    if (typeof kept === 'number') area.scrollTop = kept;
    const onScroll = (): void => view.write(key, area.scrollTop);
    area.addEventListener('scroll', onScroll, { passive: true });
    return () => area.removeEventListener('scroll', onScroll);
  }, [scroller, path, view]);
}
