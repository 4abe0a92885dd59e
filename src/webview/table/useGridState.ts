import type { RefObject } from 'preact';
import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { useSession, useViewState } from '../state/context';
import type { GridPosition } from './moves';
import { standingSort } from './rowOrder';
import { type ShownColumn, shownColumns, treeColumnOf } from './shownColumns';
import { freshView, isTableView, nextSort, preferenceOf, type SortChoice, type TableView } from './tableView';
import { useActivePosition } from './useActivePosition';
import { useRowOrder } from './useRowOrder';
import { type TreeState, useTree } from './useTree';

/** What one table shows and what the user did to it. Positions are among the shown rows and columns. */
export interface GridState {
  /** The table that is shown: while a large one is being put in order, still the one before. */
  readonly block: TableBlock;
  readonly columns: readonly ShownColumn[];
  /** Indices of the shown rows. */
  readonly order: Uint32Array;
  /** How many rows the filter found, whether they are shown or folded away. */
  readonly foundCount: number;
  /** null: the rows are a plain list. */
  readonly tree: TreeState | null;
  /** Where a tree is drawn. */
  readonly treeColumn: number;
  readonly busy: boolean;
  readonly view: TableView;
  /** The order that stands, chosen or given. */
  readonly sort: SortChoice | null;
  /** null until the user went into the table. */
  readonly active: GridPosition | null;
  /** Where the keys are when the user has not yet chosen a cell. */
  readonly firstCell: GridPosition;
  keyOf(row: number): string;
  activate(position: GridPosition): void;
  /** The first cell becomes active when the user comes in by keyboard for the first time. */
  enter(): void;
  toggleSort(column: string): void;
  setFilter(filter: string): void;
  setTree(isTree: boolean): void;
  /** null: as the report has them. */
  setColumns(ids: readonly string[] | null): void;
}

export function useGridState(given: TableBlock, key: string): GridState {
  const { view, latest, change, choose } = useTableView(given, key);
  const ordered = useRowOrder(given, view);
  const { block, busy } = ordered;
  const columns = useMemo(() => shownColumns(block.columns, view.columns), [block, view.columns]);
  const keyOf = useCallback((row: number) => block.rowKeys?.[row] ?? String(row), [block]);
  const tree = useTree(block, ordered, {
    isTree: view.tree,
    filter: view.filter,
    folded: view.folded,
    keyOf,
    fold: (folded) => change({ folded }),
  });
  const plain = useMemo(() => found(ordered.sorted, ordered.found), [ordered]);
  const order = tree?.order ?? plain;
  const active = useActivePosition(view.active, { block, columns, order, tree, keyOf });
  const treeColumn = treeColumnOf(columns);
  const firstCell = { row: 0, column: tree === null ? 0 : treeColumn };
  const activate = ({ row, column }: GridPosition): void => {
    const rowKey = row < 0 ? null : keyOf(order[row] ?? 0);
    change({ active: { row: rowKey, column: columns[column]?.column.id ?? '' } });
  };
  return {
    ...{ block, columns, order, foundCount: plain.length, tree, treeColumn, busy, view, active, firstCell },
    sort: standingSort(block, view.sort),
    keyOf,
    activate,
    enter() {
      // A press of the mouse has activated its cell just before.
      if (latest.current.active === null && order.length > 0) activate(firstCell);
    },
    toggleSort: (column) => choose({ sort: nextSort(view.sort, column) }),
    setFilter: (filter) => change({ filter }),
    setTree: (isTree) => choose({ tree: isTree }),
    setColumns: (ids) => choose({ columns: ids }),
  };
}

interface ViewChanges {
  readonly view: TableView;
  /** The view with what changed since the last drawing. */
  readonly latest: RefObject<TableView>;
  change(part: Partial<TableView>): void;
  /** Also for other tables of this kind. */
  choose(part: Partial<TableView>): void;
}

function useTableView(block: TableBlock, key: string): ViewChanges {
  const session = useSession();
  const [view, setView] = useViewState(key, isTableView, freshView(session.shown()?.preferences?.[block.id]));
  const latest = useRef(view);
  latest.current = view;
  const change = (part: Partial<TableView>): void => {
    latest.current = { ...latest.current, ...part };
    setView(latest.current);
  };
  const choose = (part: Partial<TableView>): void => {
    change(part);
    session.prefer(block.id, preferenceOf(latest.current));
  };
  return { view, latest, change, choose };
}

function found(sorted: Uint32Array, marks: Uint8Array | null): Uint32Array {
  return marks === null ? sorted : sorted.filter((row) => marks[row] === 1);
}
