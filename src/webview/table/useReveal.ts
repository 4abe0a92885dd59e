import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { ROW_HEIGHT_PX } from './useRowWindow';

/**
 * Gives a function that brings the active cell into sight once it is drawn. A row that is not in the document is
 * scrolled to first; its cell follows sideways when it is there.
 */
export function useReveal(scroller: RefObject<HTMLDivElement | null>, row: number, isWindowed: boolean): () => void {
  const wanted = useRef(false);
  useLayoutEffect(() => {
    const area = scroller.current;
    if (!wanted.current || area === null) return;
    if (isWindowed && row >= 0) scrollToRow(area, row);
    const cell = area.querySelector('.active');
    if (cell === null) return;
    wanted.current = false;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return useCallback(() => {
    wanted.current = true;
  }, []);
}

function scrollToRow(area: HTMLElement, row: number): void {
  const headingPx = area.querySelector('thead')?.getBoundingClientRect().height ?? 0;
  const top = row * ROW_HEIGHT_PX;
  const bottom = top + ROW_HEIGHT_PX + headingPx - area.clientHeight;
  if (area.scrollTop > top) area.scrollTop = top;
  else if (area.scrollTop < bottom) area.scrollTop = bottom;
}
