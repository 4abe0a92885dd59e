import { useMemo, useRef } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import type { GridPosition } from './moves';
import type { ShownColumn } from './shownColumns';
import type { ActiveCell } from './tableView';
import { parentRow, type TreeState } from './useTree';

interface ShownRows {
  readonly block: TableBlock;
  readonly columns: readonly ShownColumn[];
  readonly order: Uint32Array;
  readonly tree: TreeState | null;
  keyOf(row: number): string;
}

/**
 * Where the active cell stands now. When its row was folded away, the one it is in; when it is gone, the row that took
 * its place.
 */
export function useActivePosition(cell: ActiveCell | null, shown: ShownRows): GridPosition | null {
  const last = useRef<GridPosition>({ row: 0, column: 0 });
  const { columns, order } = shown;
  return useMemo(() => {
    if (cell === null) return null;
    const row = cell.row === null ? -1 : rowPosition(cell.row, shown);
    const column = columns.findIndex((each) => each.column.id === cell.column);
    last.current = {
      row: row ?? Math.min(last.current.row, order.length - 1),
      column: column < 0 ? Math.min(last.current.column, columns.length - 1) : column,
    };
    return last.current;
  }, [cell, columns, order, shown.keyOf]);
}

function rowPosition(key: string, { block, order, tree, keyOf }: ShownRows): number | null {
  const found = order.findIndex((row) => keyOf(row) === key);
  if (found >= 0) return found;
  if (tree === null) return null;
  let row: number | null = block.rows.findIndex((_cells, index) => keyOf(index) === key);
  if (row < 0) return null;
  while (row !== null) {
    const position = order.indexOf(row);
    if (position >= 0) return position;
    row = parentRow(tree, row);
  }
  return null;
}
