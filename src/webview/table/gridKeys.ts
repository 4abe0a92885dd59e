import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import type { MenuPoint } from '../parts/menu';
import type { Session } from '../state/session';
import type { GridState } from './useGridState';
import { FIRST_CELL, move } from './moves';
import { rowText, tableText } from './tableText';
import { ROW_HEIGHT_PX } from './useRowWindow';

/** What can be done in a grid, by keys, by the menu and by the buttons above it. */
export interface GridActions {
  copyCell(): void;
  copyRow(): void;
  copyTable(): void;
  /** Runs the cell's action, or sorts by the heading. */
  enter(): void;
}

export function gridActions(state: GridState, session: Session): GridActions {
  const { block, order } = state;
  const at = state.active ?? FIRST_CELL;
  const column = block.columns[at.column];
  const cells = block.rows[order[at.row] ?? -1];
  const cell = cells?.[at.column] ?? null;
  const copy = (text: string): void => {
    session.post({ kind: 'copyText', text });
    session.announce(l10n.t('Copied'));
  };
  return {
    copyCell: () => copy(cells === undefined ? (column?.title ?? '') : session.format.cell(cell, column?.unit)),
    copyRow() {
      const headings = block.columns.map((each) => each.title).join('\t');
      copy(cells === undefined ? headings : rowText(cells, block.columns, session.format));
    },
    copyTable: () => void tableText(block, order, session.format).then(copy),
    enter() {
      if (at.row < 0 && column !== undefined) state.toggleSort(column.id);
      else if (cell !== null && typeof cell === 'object' && cell.action !== undefined) {
        session.post({ kind: 'action', index: cell.action });
      }
    },
  };
}

export interface GridKeyTargets {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly filter: RefObject<HTMLInputElement | null>;
  openMenu(at: MenuPoint): void;
  /** Makes the active cell visible after the next drawing. */
  reveal(): void;
}

/** Keys are kept from VS Code when they did something here: Ctrl+Shift+C opens a terminal there. */
export function onGridKey(event: KeyboardEvent, state: GridState, actions: GridActions, targets: GridKeyTargets): void {
  if (!handled(event, state, actions, targets)) return;
  event.preventDefault();
  event.stopPropagation();
}

function handled(event: KeyboardEvent, state: GridState, actions: GridActions, targets: GridKeyTargets): boolean {
  const page = Math.floor((targets.scroller.current?.clientHeight ?? 0) / ROW_HEIGHT_PX) - 2;
  const size = { rows: state.order.length, columns: state.block.columns.length, page: Math.max(1, page) };
  const target = move(event, state.active ?? FIRST_CELL, size);
  if (target !== null) {
    state.activate(target);
    targets.reveal();
    return true;
  }
  return command(event, state, actions, targets);
}

function command(event: KeyboardEvent, state: GridState, actions: GridActions, targets: GridKeyTargets): boolean {
  const withControl = event.ctrlKey || event.metaKey;
  if (withControl && event.key.toLowerCase() === 'c') {
    if (!event.shiftKey && hasSelectedText()) return false;
    if (event.shiftKey) actions.copyRow();
    else actions.copyCell();
    return true;
  }
  if (withControl || event.altKey) return false;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    targets.openMenu(menuPoint(targets.scroller.current));
    return true;
  }
  if (event.key === 'Enter') {
    actions.enter();
    return true;
  }
  if (event.key === '/' && targets.filter.current !== null) {
    targets.filter.current.focus();
    return true;
  }
  if (event.key !== 'Escape' || state.view.filter === '') return false;
  state.setFilter('');
  return true;
}

/** Text that was marked with the mouse is what Ctrl+C is for. */
export function hasSelectedText(): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString() !== '';
}

/** Under the active cell, or in the corner of the table when that is out of sight. */
function menuPoint(scroller: HTMLElement | null): MenuPoint {
  const target = scroller?.querySelector('.active') ?? scroller;
  const { left, bottom, top } = target?.getBoundingClientRect() ?? new DOMRect();
  return target === scroller ? { x: left, y: top } : { x: left, y: bottom };
}
