import { useState } from 'preact/hooks';
import type { Column } from '../../report/model';
import { listedColumns, movedBy } from './shownColumns';
import type { GridState } from './useGridState';

export interface ListedColumn {
  readonly column: Column;
  readonly isShown: boolean;
}

/** What the list of columns shows, and what can be done in it. */
export interface ColumnList {
  readonly columns: readonly ListedColumn[];
  /** The last column that is shown stays. */
  toggle(id: string): void;
  move(id: string, step: -1 | 1): void;
  /** Back to what the report shows. */
  reset(): void;
}

/** The list stays as it is while it is open; what the user changes in it goes to the table at once. */
export function useColumnList(state: GridState): ColumnList {
  const { block } = state;
  const shown = state.columns.map(({ column }) => column.id);
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const listed = (order ?? listedColumns(block.columns, state.columns).map(({ id }) => id)).filter((id) =>
    block.columns.some((column) => column.id === id),
  );
  const apply = (nextOrder: readonly string[], nextShown: readonly string[]): void => {
    // Columns that this report happens not to have stay chosen.
    const absent = (state.view.columns ?? []).filter((id) => !block.columns.some((column) => column.id === id));
    setOrder(nextOrder);
    state.setColumns([...nextOrder.filter((id) => nextShown.includes(id)), ...absent]);
  };
  return {
    columns: listed.flatMap((id): readonly ListedColumn[] => {
      const column = block.columns.find((each) => each.id === id);
      return column === undefined ? [] : [{ column, isShown: shown.includes(id) }];
    }),
    toggle(id: string): void {
      const next = shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id];
      if (next.length > 0) apply(listed, next);
    },
    move: (id: string, step: -1 | 1): void => apply(movedBy(listed, id, step), shown),
    reset(): void {
      setOrder(null);
      state.setColumns(null);
    },
  };
}
