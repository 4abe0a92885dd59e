import type { Formatter } from '../../report/format';
import type { Cell, TableBlock } from '../../report/model';
import { createRowFilter, type RowFilter, sortRows } from '../../report/rows';
import type { SortChoice } from './tableView';

/** Rows that are searched in one go before the page may draw and listen again. */
const SLICE_ROWS = 4000;

/** Sorts and searches the rows of one table, and remembers both as long as the rows are the same. */
export interface RowOrderer {
  readonly rows: readonly (readonly Cell[])[];
  /** The indices of the rows to show, in order. Takes as long as it takes. */
  orderNow(sort: SortChoice | null, filter: string): Uint32Array;
  /** The same in slices; null when it was aborted in between. */
  order(sort: SortChoice | null, filter: string, signal: AbortSignal): Promise<Uint32Array | null>;
}

export function createRowOrderer(block: TableBlock, format: Formatter, collator: Intl.Collator): RowOrderer {
  const { rows } = block;
  const sorted = memoizeLast((key: string, sort: SortChoice | null) => sortedBy(block, sort, collator));
  const slices = slicesOf(block, format);
  const sortFor = (sort: SortChoice | null): Uint32Array => {
    const wanted = sort ?? block.sort ?? null;
    return sorted(wanted === null ? '' : `${wanted.direction} ${wanted.column}`, wanted);
  };
  return {
    rows,
    orderNow(sort, filter) {
      if (filter.trim() === '') return sortFor(sort);
      const wanted = new Uint8Array(rows.length);
      slices.forEach((slice) => slice(filter, wanted));
      return pick(sortFor(sort), wanted);
    },
    async order(sort, filter, signal) {
      await nextTask();
      if (signal.aborted) return null;
      const order = sortFor(sort);
      if (filter.trim() === '') return order;
      const wanted = new Uint8Array(rows.length);
      for (const slice of slices) {
        await nextTask();
        if (signal.aborted) return null;
        slice(filter, wanted);
      }
      return pick(order, wanted);
    },
  };
}

function sortedBy(block: TableBlock, sort: SortChoice | null, collator: Intl.Collator): Uint32Array {
  const column = block.columns.findIndex((each) => each.id === sort?.column);
  return sort === null || column < 0
    ? Uint32Array.from(block.rows.keys())
    : sortRows(block.rows, column, sort.direction, collator);
}

/** Each marks the rows of its part that hold the filter's words. */
function slicesOf(block: TableBlock, format: Formatter): readonly ((filter: string, wanted: Uint8Array) => void)[] {
  const starts = Array.from(
    { length: Math.ceil(block.rows.length / SLICE_ROWS) },
    (_none, index) => index * SLICE_ROWS,
  );
  return starts.map((start) => {
    let search: RowFilter | undefined;
    return (filter, wanted) => {
      search ??= createRowFilter(block.columns, block.rows.slice(start, start + SLICE_ROWS), format);
      for (const index of search(filter)) wanted[start + index] = 1;
    };
  });
}

function pick(order: Uint32Array, wanted: Uint8Array): Uint32Array {
  return order.filter((row) => wanted[row] === 1);
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
