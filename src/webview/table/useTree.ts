import { useMemo, useState } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { NO_ROW, parentsOf } from '../../report/tree';
import type { RowOrder } from './rowOrder';
import { type TreeRows, treeRows } from './treeRows';

/** A table that is drawn as a tree, and what can be folded in it. Rows are indices of the report's rows. */
export interface TreeState extends TreeRows {
  /** null: there is nothing below it. */
  isExpanded(row: number): boolean | null;
  setExpanded(row: number, isExpanded: boolean): void;
  expandAll(): void;
  collapseAll(): void;
  /** Stands there for what is below it, without having been found itself. */
  isDimmed(row: number): boolean;
}

interface Folding {
  readonly isTree: boolean;
  readonly filter: string;
  readonly folded: readonly string[];
  keyOf(row: number): string;
  fold(keys: readonly string[]): void;
}

/** null where the table is not to be drawn as a tree, or cannot. */
export function useTree(block: TableBlock, { sorted, found }: RowOrder, folding: Folding): TreeState | null {
  const { keyOf, filter } = folding;
  const isTree = folding.isTree && block.parents !== undefined;
  const parents = useMemo(() => (isTree ? parentsOf(block) : null), [isTree, block]);
  const [folded, fold] = useFolded(folding);
  const rows = useMemo(
    () => (parents === null ? null : treeRows(sorted, parents, found, (row) => folded.has(keyOf(row)))),
    [parents, sorted, found, folded, keyOf],
  );
  return useMemo(() => {
    if (rows === null) return null;
    const hasChildren = (row: number): boolean => (rows.childCounts[row] ?? 0) > 0;
    const allKeys = (isWanted: (row: number) => boolean): string[] =>
      block.rows.flatMap((_cells, row) => (isWanted(row) ? [keyOf(row)] : []));
    return {
      ...rows,
      isExpanded: (row) => (hasChildren(row) ? !folded.has(keyOf(row)) : null),
      isDimmed: (row) => found !== null && found[row] === 0,
      expandAll: () => fold([]),
      collapseAll: () => fold(allKeys(hasChildren)),
      setExpanded(row, isExpanded) {
        fold(allKeys((each) => (each === row ? !isExpanded : folded.has(keyOf(each)))));
      },
    };
    // `fold` is made anew each time and does the same.
  }, [rows, block, found, folded, filter, keyOf]);
}

/** While a filter stands, everything that it found is open at first, and what is folded then counts only until it goes. */
function useFolded({ filter, folded, fold }: Folding): readonly [ReadonlySet<string>, Folding['fold']] {
  const [filtered, setFiltered] = useState<{ readonly filter: string; readonly keys: readonly string[] }>({
    filter: '',
    keys: NOTHING_FOLDED,
  });
  const isFiltered = filter.trim() !== '';
  const keys = !isFiltered ? folded : filtered.filter === filter ? filtered.keys : NOTHING_FOLDED;
  const set = useMemo(() => new Set(keys), [keys]);
  return [set, isFiltered ? (next) => setFiltered({ filter, keys: next }) : fold];
}

const NOTHING_FOLDED: readonly string[] = [];

/** The row above in the tree; null for one that stands at the top. */
export function parentRow({ parents }: TreeRows, row: number): number | null {
  const parent = parents[row] ?? NO_ROW;
  return parent === NO_ROW ? null : parent;
}
