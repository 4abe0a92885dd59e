import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { createCollator } from '../../report/rows';
import { useSession } from '../state/context';
import { createRowOrderer, type RowOrder, type RowOrderer } from './rowOrder';
import { shownColumns } from './shownColumns';
import type { SortChoice } from './tableView';

/** Above this, sorting and searching leave the drawing thread free in between. */
const LARGE_ROWS = 10_000;
/** Searching, which puts numbers into words, does so from fewer rows on, if they are wide. */
const LARGE_SEARCH_CELLS = 50_000;

export interface OrderedRows extends RowOrder {
  /** The table that the order belongs to: while a large one is being sorted, still the one before. */
  readonly block: TableBlock;
  readonly busy: boolean;
}

/** What the user wants to see of a table. */
interface Wanted {
  readonly sort: SortChoice | null;
  readonly filter: string;
  readonly columns: readonly string[] | null;
}

interface Made extends OrderedRows {
  readonly orderer: RowOrderer;
  readonly sort: SortChoice | null;
  readonly filter: string;
}

/** Small tables are in order at once; large ones keep what they show until the new order is there. */
export function useRowOrder(block: TableBlock, { sort, filter, columns }: Wanted): OrderedRows {
  const { format, locale } = useSession();
  const collator = useMemo(() => createCollator(locale), [locale]);
  const { orderer, isLarge } = useMemo(() => {
    const searched = shownColumns(block.columns, columns).map(({ at }) => at);
    return {
      orderer: createRowOrderer(block, searched, format, collator),
      isLarge: {
        rows: block.rows.length > LARGE_ROWS,
        search: block.rows.length * searched.length > LARGE_SEARCH_CELLS,
      },
    };
  }, [block, columns, format, collator]);
  const inSlices = isLarge.rows || (isLarge.search && filter.trim() !== '');
  const [made, setMade] = useState<Made | null>(null);
  const isReady = made?.orderer === orderer && made.sort === sort && made.filter === filter;

  useEffect(() => {
    if (!inSlices || isReady) return undefined;
    const abort = new AbortController();
    void orderer.order(sort, filter, abort.signal).then((order) => {
      if (order !== null) setMade({ block, busy: false, orderer, sort, filter, ...order });
    });
    return () => abort.abort();
  }, [inSlices, isReady, block, orderer, sort, filter]);

  const last = useRef<OrderedRows | null>(null);
  const ordered = useMemo((): OrderedRows => {
    if (!inSlices) return { block, ...orderer.orderNow(sort, filter), busy: false };
    if (isReady && made !== null) return made;
    if (last.current !== null) return { ...last.current, busy: true };
    return { block, sorted: Uint32Array.from(block.rows.keys()), found: null, busy: true };
  }, [inSlices, isReady, made, block, orderer, sort, filter]);
  last.current = ordered;
  return ordered;
}
