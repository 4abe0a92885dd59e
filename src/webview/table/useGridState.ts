import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { useViewState } from '../state/context';
import { FIRST_CELL, type GridPosition } from './moves';
import { isTableView, nextSort, type SortChoice, type TableView, UNTOUCHED } from './tableView';
import { useRowOrder } from './useRowOrder';

/** What one table shows and what the user did to it. */
export interface GridState {
  /** The table that is shown: while a large one is being put in order, still the one before. */
  readonly block: TableBlock;
  readonly order: Uint32Array;
  readonly busy: boolean;
  readonly view: TableView;
  /** The order that stands, chosen or given. */
  readonly sort: SortChoice | null;
  /** null until the user went into the table. */
  readonly active: GridPosition | null;
  keyOf(row: number): string;
  activate(position: GridPosition): void;
  /** The first cell becomes active when the user comes in by keyboard for the first time. */
  enter(): void;
  toggleSort(column: string): void;
  setFilter(filter: string): void;
}

export function useGridState(given: TableBlock, key: string): GridState {
  const [view, setView] = useViewState(key, isTableView, UNTOUCHED);
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback(
    (part: Partial<TableView>) => {
      latest.current = { ...latest.current, ...part };
      setView(latest.current);
    },
    [setView],
  );
  const { block, order, busy } = useRowOrder(given, view.sort, view.filter);
  const keyOf = useCallback((row: number) => block.rowKeys?.[row] ?? String(row), [block]);
  const active = useActivePosition(view, block, order, keyOf);
  const activate = ({ row, column }: GridPosition): void => {
    const rowKey = row < 0 ? null : keyOf(order[row] ?? 0);
    change({ active: { row: rowKey, column: block.columns[column]?.id ?? '' } });
  };
  return {
    block,
    order,
    busy,
    view,
    sort: view.sort ?? block.sort ?? null,
    active,
    keyOf,
    activate,
    enter() {
      if (latest.current.active === null && order.length > 0) activate(FIRST_CELL);
    },
    toggleSort: (column) => change({ sort: nextSort(view.sort, column) }),
    setFilter: (filter) => change({ filter }),
  };
}

/** Where the active cell stands now; when its row is gone, the row that took its place. */
function useActivePosition(
  view: TableView,
  block: TableBlock,
  order: Uint32Array,
  keyOf: (row: number) => string,
): GridPosition | null {
  const last = useRef<GridPosition>({ row: 0, column: 0 });
  return useMemo(() => {
    if (view.active === null) return null;
    const { row: rowKey, column: columnId } = view.active;
    const found = rowKey === null ? -1 : order.findIndex((row) => keyOf(row) === rowKey);
    const isGone = rowKey !== null && found < 0;
    const column = block.columns.findIndex((each) => each.id === columnId);
    last.current = {
      row: isGone ? Math.min(last.current.row, order.length - 1) : found,
      column: column < 0 ? Math.min(last.current.column, block.columns.length - 1) : column,
    };
    return last.current;
  }, [view.active, block, order, keyOf]);
}
