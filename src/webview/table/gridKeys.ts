import type { RefObject } from 'preact';
import type { MenuPoint } from '../parts/popup';
import type { Session } from '../state/session';
import { gridActions, mainAction } from './gridActions';
import { type GridPosition, move } from './moves';
import { treeMove } from './treeKeys';
import type { GridState } from './useGridState';
import { ROW_HEIGHT_PX } from './useRowWindow';

export interface GridKeyTargets {
  readonly session: Session;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly filter: RefObject<HTMLInputElement | null>;
  openMenu(at: GridPosition, point: MenuPoint): void;
  /** Makes the active cell visible after the next drawing. */
  reveal(): void;
}

/** Keys are kept from VS Code when they did something here: Ctrl+Shift+C opens a terminal there. */
export function onGridKey(event: KeyboardEvent, state: GridState, targets: GridKeyTargets): void {
  if (!handled(event, state, targets)) return;
  event.preventDefault();
  event.stopPropagation();
}

function handled(event: KeyboardEvent, state: GridState, targets: GridKeyTargets): boolean {
  const at = state.active ?? state.firstCell;
  const page = Math.floor((targets.scroller.current?.clientHeight ?? 0) / ROW_HEIGHT_PX) - 2;
  const size = { rows: state.order.length, columns: state.columns.length, page: Math.max(1, page) };
  const target = treeMove(event, at, state, targets.session) ?? move(event, at, size);
  if (target !== null) {
    state.activate(target);
    targets.reveal();
    return true;
  }
  return command(event, at, state, targets);
}

function command(event: KeyboardEvent, at: GridPosition, state: GridState, targets: GridKeyTargets): boolean {
  const withControl = event.ctrlKey || event.metaKey;
  const actions = gridActions(state, targets.session, at);
  if (withControl && event.key.toLowerCase() === 'c') {
    if (!event.shiftKey && hasSelectedText()) return false;
    if (event.shiftKey) actions.copyRow();
    else actions.copyCell();
    return true;
  }
  if (withControl || event.altKey) return false;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    targets.openMenu(at, menuPoint(targets.scroller.current));
    return true;
  }
  if (event.key === 'Enter') {
    mainAction(actions)?.();
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
