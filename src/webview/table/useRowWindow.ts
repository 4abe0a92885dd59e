import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/** Up to here every row is in the document, where the browser's own find sees it, and text may wrap. */
export const NATIVE_ROWS = 500;
/** As table.css draws dense rows. */
export const ROW_HEIGHT_PX = 24;
const OVERSCAN_ROWS = 12;

/** The rows that are in the document: positions from `start` to before `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
  /** In pixels, what stands for the rows before and after. */
  readonly beforePx: number;
  readonly afterPx: number;
}

export function useRowWindow(
  count: number,
  scroller: RefObject<HTMLDivElement | null>,
  isWindowed: boolean,
): RowWindow {
  const [, redraw] = useReducer<number, void>((times) => times + 1, 0);
  const options = {
    count: isWindowed ? count : 0,
    enabled: isWindowed,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN_ROWS,
    initialRect: { width: 0, height: window.innerHeight },
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  if (!isWindowed) return { start: 0, end: count, beforePx: 0, afterPx: 0 };
  const items = virtualizer.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = Math.min(count, (items.at(-1)?.index ?? -1) + 1);
  return { start, end, beforePx: start * ROW_HEIGHT_PX, afterPx: (count - end) * ROW_HEIGHT_PX };
}
