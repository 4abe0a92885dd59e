import type { Formatter } from '../../report/format';
import type { TableBlock } from '../../report/model';
import { createRowFilter, type RowFilter, sortRows } from '../../report/rows';
import type { SortChoice } from './tableView';

/** Rows that are searched in one go before the page may draw and listen again. */
const SLICE_ROWS = 2000;

/** The indices of all rows in order, and which of them the filter found. */
export interface RowOrder {
  readonly sorted: Uint32Array;
  /** By row index: 1 where it holds what is looked for; null without a filter. */
  readonly found: Uint8Array | null;
}

/** Sorts and searches the rows of one table, and remembers both as long as the rows are the same. */
export interface RowOrderer {
  /** Takes as long as it takes. */
  orderNow(sort: SortChoice | null, filter: string): RowOrder;
  /** The same in slices; null when it was aborted in between. */
  order(sort: SortChoice | null, filter: string, signal: AbortSignal): Promise<RowOrder | null>;
}

/** `searched`: the indices of the columns that are looked into. */
export function createRowOrderer(
  block: TableBlock,
  searched: readonly number[],
  format: Formatter,
  collator: Intl.Collator,
): RowOrderer {
  const { rows } = block;
  const sorted = memoizeLast((key: string, sort: SortChoice | null) => sortedBy(block, sort, collator));
  const slices = slicesOf(block, searched, format);
  const sortFor = (sort: SortChoice | null): Uint32Array => {
    const wanted = standingSort(block, sort);
    return sorted(wanted === null ? '' : `${wanted.direction} ${wanted.column}`, wanted);
  };
  return {
    orderNow(sort, filter) {
      if (filter.trim() === '') return { sorted: sortFor(sort), found: null };
      const found = new Uint8Array(rows.length);
      slices.forEach((slice) => slice(filter, found));
      return { sorted: sortFor(sort), found };
    },
    async order(sort, filter, signal) {
      await nextTask();
      if (signal.aborted) return null;
      const order = sortFor(sort);
      if (filter.trim() === '') return { sorted: order, found: null };
      const found = new Uint8Array(rows.length);
      for (const slice of slices) {
        await nextTask();
        if (signal.aborted) return null;
        slice(filter, found);
      }
      return { sorted: order, found };
    },
  };
}

/** The user's order, unless the report has no such column; then its own. */
export function standingSort(block: TableBlock, chosen: SortChoice | null): SortChoice | null {
  return block.columns.some(({ id }) => id === chosen?.column) ? chosen : (block.sort ?? null);
}

function sortedBy(block: TableBlock, sort: SortChoice | null, collator: Intl.Collator): Uint32Array {
  const column = block.columns.findIndex((each) => each.id === sort?.column);
  return sort === null || column < 0
    ? Uint32Array.from(block.rows.keys())
    : sortRows(block.rows, column, sort.direction, collator);
}

type Slice = (filter: string, found: Uint8Array) => void;

/** Each marks the rows of its part that hold the filter's words. */
function slicesOf(block: TableBlock, searched: readonly number[], format: Formatter): readonly Slice[] {
  const starts = Array.from(
    { length: Math.ceil(block.rows.length / SLICE_ROWS) },
    (_none, index) => index * SLICE_ROWS,
  );
  return starts.map((start) => {
    let search: RowFilter | undefined;
    return (filter, found) => {
      search ??= createRowFilter(block.columns, block.rows.slice(start, start + SLICE_ROWS), format, searched);
      for (const index of search(filter)) found[start + index] = 1;
    };
  });
}

function memoizeLast<A, R>(make: (key: string, argument: A) => R): (key: string, argument: A) => R {
  let last: { readonly key: string; readonly result: R } | undefined;
  return (key, argument) => {
    if (last?.key !== key) last = { key, result: make(key, argument) };
    return last.result;
  };
}

/** Lets the page draw and take keys before the next slice. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
