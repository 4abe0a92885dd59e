import { useEffect, useMemo, useState } from 'preact/hooks';
import type { TableBlock } from '../../report/model';
import { createCollator } from '../../report/rows';
import { useSession } from '../state/context';
import { createRowOrderer, type RowOrderer } from './rowOrder';
import type { SortChoice } from './tableView';

/** Above this, sorting and searching leave the drawing thread free in between. */
const LARGE_ROWS = 10_000;

export interface OrderedRows {
  /** The table that `order` belongs to: while a large one is being sorted, still the one before. */
  readonly block: TableBlock;
  readonly order: Uint32Array;
  readonly busy: boolean;
}

interface Made {
  readonly block: TableBlock;
  readonly orderer: RowOrderer;
  readonly sort: SortChoice | null;
  readonly filter: string;
  readonly order: Uint32Array;
}

/** Small tables are in order at once; large ones keep what they show until the new order is there. */
export function useRowOrder(block: TableBlock, sort: SortChoice | null, filter: string): OrderedRows {
  const { format, locale } = useSession();
  const collator = useMemo(() => createCollator(locale), [locale]);
  const orderer = useMemo(() => createRowOrderer(block, format, collator), [block, format, collator]);
  const isLarge = block.rows.length > LARGE_ROWS;
  const [made, setMade] = useState<Made | null>(null);
  const isReady = made?.orderer === orderer && made.sort === sort && made.filter === filter;

  useEffect(() => {
    if (!isLarge || isReady) return undefined;
    const abort = new AbortController();
    void orderer.order(sort, filter, abort.signal).then((order) => {
      if (order !== null) setMade({ block, orderer, sort, filter, order });
    });
    return () => abort.abort();
  }, [isLarge, isReady, block, orderer, sort, filter]);

  return useMemo(() => {
    if (!isLarge) return { block, order: orderer.orderNow(sort, filter), busy: false };
    if (made !== null) return { block: made.block, order: made.order, busy: !isReady };
    return { block, order: Uint32Array.from(block.rows.keys()), busy: true };
  }, [isLarge, isReady, made, block, orderer, sort, filter]);
}
