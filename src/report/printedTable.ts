import type { Cell, Column, TableBlock } from './model';
import { initialOrder } from './rows';
import { parentsOf, treeIndent, treeOrder } from './tree';

/** How a table stands on paper. */
export interface PrintedTable {
  /** Without the hidden ones, unless all of them are. */
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
}

export interface PrintedColumn {
  readonly column: Column;
  /** The index of its cells in a row of the report. */
  readonly at: number;
  /** Where a tree is drawn: the first column of texts. */
  readonly isTree: boolean;
}

export interface PrintedRow {
  readonly cells: readonly Cell[];
  /** Stands before the cell in the tree's column; empty where the table is none. */
  readonly indent: string;
}

/** In the order in which it is shown first; a table that can be a tree is one. */
export function printedTable(table: TableBlock, collator: Intl.Collator): PrintedTable {
  const all = table.columns.map((column, at) => ({ column, at, isTree: false }));
  const shown = all.filter(({ column }) => column.hidden !== true);
  const columns = shown.length === 0 ? all : shown;
  const order = initialOrder(table, collator);
  const rowAt = (index: number, indent: string): PrintedRow => ({ cells: table.rows[index] ?? [], indent });
  if (table.parents === undefined) return { columns, rows: Array.from(order, (index) => rowAt(index, '')) };
  const tree = treeOrder(order, parentsOf(table));
  const treeAt = columns.find(({ column }) => column.unit === undefined)?.at;
  return {
    columns: columns.map((each) => ({ ...each, isTree: each.at === treeAt })),
    rows: Array.from(tree.order, (index) => rowAt(index, treeIndent(tree.depths[index] ?? 0))),
  };
}
