import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { visibleLine } from '../../report/plainText';
import { Menu, type MenuItem } from '../parts/menu';
import type { MenuPoint } from '../parts/popup';
import { useSession } from '../state/context';
import { cellId } from './cellIds';
import { useColumnWidths } from './columnWidths';
import { Grid } from './grid';
import { gridActions } from './gridActions';
import { hasSelectedText, onGridKey } from './gridKeys';
import { gridMenuItems } from './gridMenu';
import { onGridClick, onGridContextMenu, onGridDoubleClick, onGridMouseDown } from './gridPointer';
import type { GridPosition } from './moves';
import type { GridState } from './useGridState';
import { useReveal } from './useReveal';
import { NATIVE_ROWS, type RowWindow, useRowWindow } from './useRowWindow';

/** Of more columns some are out of sight, and a text that wraps there would only make rows tall here. */
const WRAPPING_COLUMNS = 8;
/** And only so many rows: a long command line in each would push the others away. */
const WRAPPING_ROWS = 60;

interface ScrollAreaProps {
  readonly path: string;
  readonly state: GridState;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Made when it is opened, for the row that it was opened on: rows may move under it. */
interface OpenMenu {
  readonly point: MenuPoint;
  readonly items: readonly MenuItem[];
}

/** The grid to a screen reader, and the one tab stop of the table. */
export function ScrollArea({ path, state, filter, scroller }: ScrollAreaProps) {
  const session = useSession();
  const { block, order, active } = state;
  const isWindowed = order.length > NATIVE_ROWS;
  const isDense = state.tree !== null || block.rows.length > WRAPPING_ROWS || state.columns.length > WRAPPING_COLUMNS;
  const window = useRowWindow(order.length, scroller, isWindowed);
  const widths = useColumnWidths(state, session.format);
  const reveal = useReveal(scroller, active?.row ?? -1, isWindowed);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const refocus = (): void => scroller.current?.focus({ preventScroll: true });
  const openMenu = (at: GridPosition, point: MenuPoint): void => {
    state.activate(at);
    setMenu({ point, items: gridMenuItems(state, gridActions(state, session, at)) });
  };
  const targets = { session, scroller, filter, openMenu, reveal, refocus };
  useKeptScroll(scroller, path);
  return (
    <>
      <div
        ref={scroller}
        class="table-scroller"
        role={state.tree === null ? 'grid' : 'treegrid'}
        tabIndex={0}
        aria-label={block.title ?? l10n.t('Table')}
        aria-description={description(state)}
        aria-rowcount={order.length + 1}
        aria-colcount={state.columns.length}
        aria-busy={state.busy}
        aria-activedescendant={activeCellId(path, state, window)}
        onFocus={state.enter}
        onMouseDown={(event) => onGridMouseDown(event, state, targets)}
        onClick={(event) => onGridClick(event, state, targets)}
        onDblClick={(event) => onGridDoubleClick(event, state, targets)}
        onContextMenu={(event) => onGridContextMenu(event, state, targets)}
        onKeyDown={(event) => onGridKey(event, state, targets)}
        onCopy={(event) => {
          // VS Code turns Ctrl+C into this event on the desktop.
          if (hasSelectedText()) return;
          event.preventDefault();
          gridActions(state, session, active ?? state.firstCell).copyCell();
        }}
      >
        {state.busy ? <div class="progress progress-table" /> : null}
        <Grid id={path} state={state} window={window} isDense={isDense} widths={widths} />
      </div>
      {order.length === 0 ? <p class="nothing">{l10n.t('No row matches the filter.')}</p> : null}
      {menu === null ? null : (
        <Menu
          label={l10n.t('Table')}
          items={menu.items}
          at={menu.point}
          close={(returnFocus) => {
            setMenu(null);
            if (returnFocus) refocus();
          }}
        />
      )}
    </>
  );
}

/** What a screen reader user cannot see: that rows have menus. */
function description({ block }: GridState): string | undefined {
  const first = block.menu?.actions[0];
  return first === undefined
    ? undefined
    : l10n.t('Enter: {0}. Shift+F10: more actions of the row.', visibleLine(first.label));
}

/** The active cell's id, unless its row is not in the document just now. */
function activeCellId(path: string, state: GridState, window: RowWindow): string | undefined {
  const { active, columns, order } = state;
  if (active === null) return undefined;
  const column = columns[active.column]?.column.id ?? '';
  if (active.row < 0) return cellId(path, null, column);
  const isDrawn = active.row >= window.start && active.row < window.end;
  return isDrawn ? cellId(path, state.keyOf(order[active.row] ?? 0), column) : undefined;
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
