import type { MenuPoint } from '../parts/popup';
import type { Session } from '../state/session';
import { gridActions } from './gridActions';
import type { GridPosition } from './moves';
import type { GridState } from './useGridState';

export interface GridPointerTargets {
  readonly session: Session;
  openMenu(at: GridPosition, point: MenuPoint): void;
  /** Back into the grid, without scrolling. */
  refocus(): void;
}

/** The cell under the pointer becomes the active one; its button does not take the focus out of the grid. */
export function onGridMouseDown(event: MouseEvent, state: GridState, { refocus }: GridPointerTargets): void {
  const at = placeOf(event.target, state);
  if (!(event.target instanceof Element) || at === null) return;
  state.activate(at);
  if (event.target.closest('button, .tree-mark') === null) return;
  event.preventDefault();
  refocus();
}

export function onGridClick(event: MouseEvent, state: GridState, { openMenu }: GridPointerTargets): void {
  const at = placeOf(event.target, state);
  if (!(event.target instanceof Element) || at === null) return;
  const row = state.order[at.row];
  const button = event.target.closest('.row-menu-button');
  if (button !== null) {
    const { left, bottom } = button.getBoundingClientRect();
    openMenu(at, { x: left, y: bottom });
  } else if (event.target.closest('.tree-mark') !== null && row !== undefined) {
    state.tree?.setExpanded(row, state.tree.isExpanded(row) === false);
  }
}

/** The first action of the row's menu; what is a button or folds has had its clicks. */
export function onGridDoubleClick(event: MouseEvent, state: GridState, { session }: GridPointerTargets): void {
  const at = placeOf(event.target, state);
  if (!(event.target instanceof Element) || at === null || event.target.closest('button, .tree-mark') !== null) return;
  const [first = null] = gridActions(state, session, at).rowActions;
  if (first === null) return;
  // The word under the pointer was marked by the same clicks.
  document.getSelection()?.removeAllRanges();
  first();
}

export function onGridContextMenu(event: MouseEvent, state: GridState, { openMenu }: GridPointerTargets): void {
  event.preventDefault();
  openMenu(placeOf(event.target, state) ?? state.active ?? state.firstCell, { x: event.clientX, y: event.clientY });
}

/** Beside the cells of a row, its column is the one where the user is. */
function placeOf(target: EventTarget | null, state: GridState): GridPosition | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell === null) return null;
  const column = cell.dataset['column'];
  return {
    row: Number(cell.dataset['row']),
    column: column === undefined ? (state.active ?? state.firstCell).column : Number(column),
  };
}
