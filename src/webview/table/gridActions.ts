import * as l10n from '@vscode/l10n';
import type { Session } from '../state/session';
import type { GridPosition } from './moves';
import { rowText, tableText } from './tableText';
import type { GridState } from './useGridState';

/** What can be done at one place of a grid, by keys, by the pointer and by its menu. */
export interface GridActions {
  copyCell(): void;
  copyRow(): void;
  copyTable(): void;
  /** What the cell itself leads to; null where it leads nowhere. */
  readonly openCell: (() => void) | null;
  /** Sorts by the heading; null in a row. */
  readonly sort: (() => void) | null;
  /** One for each action of the table's menu, null where it is not for this row; empty where the row has none. */
  readonly rowActions: readonly ((() => void) | null)[];
}

/** The row is remembered by its key: what is done later is done to that row, wherever it stands by then. */
export function gridActions(state: GridState, session: Session, at: GridPosition): GridActions {
  const { block, order, columns } = state;
  const shown = columns[at.column];
  const row = order[at.row];
  const cells = row === undefined ? undefined : block.rows[row];
  const cell = shown === undefined ? null : (cells?.[shown.at] ?? null);
  const copy = (text: string): void => {
    session.post({ kind: 'copyText', text });
    session.announce(l10n.t('Copied'));
  };
  const index = cell !== null && typeof cell === 'object' ? cell.action : undefined;
  return {
    copyCell() {
      copy(cells === undefined ? (shown?.column.title ?? '') : session.format.cell(cell, shown?.column.unit));
    },
    copyRow() {
      const headings = columns.map(({ column }) => column.title).join('\t');
      copy(cells === undefined ? headings : rowText(cells, columns, session.format));
    },
    copyTable: () => void tableText(block, columns, order, session.format).then(copy),
    openCell: index === undefined ? null : () => session.post({ kind: 'action', index }),
    sort: at.row < 0 && shown !== undefined ? () => state.toggleSort(shown.column.id) : null,
    rowActions: row === undefined ? [] : rowActions(state, session, row),
  };
}

function rowActions({ block, keyOf }: GridState, session: Session, row: number): GridActions['rowActions'] {
  const { menu, id } = block;
  const input = menu?.inputs[row] ?? null;
  if (menu === undefined || input === null) return [];
  const key = keyOf(row);
  return menu.actions.map(({ needs }, action) =>
    needs !== undefined && !(needs in input)
      ? null
      : () => session.post({ kind: 'rowAction', table: id, row: key, action }),
  );
}

/** What Enter does: the heading's, the cell's, or else the row's first. */
export function mainAction(actions: GridActions): (() => void) | null {
  return actions.sort ?? actions.openCell ?? actions.rowActions[0] ?? null;
}
