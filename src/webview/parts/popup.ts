import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** In pixels of the window. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

/** Called with true when the focus should go back to where the popup was opened. */
export type ClosePopup = (returnFocus: boolean) => void;

const MARGIN_PX = 4;

/** Puts an element over the page, below a point where there is room, and closes it when the user turns elsewhere. */
export function usePopup(popup: RefObject<HTMLElement | null>, at: MenuPoint, close: ClosePopup): void {
  useLayoutEffect(() => {
    if (popup.current !== null) place(popup.current, at);
  }, [popup, at]);
  useCloseFromOutside(popup, close);
}

/** Set by script, because the policy of the page forbids style attributes in markup. */
function place(popup: HTMLElement, at: MenuPoint): void {
  const { width, height } = popup.getBoundingClientRect();
  const left = Math.min(at.x, document.documentElement.clientWidth - width - MARGIN_PX);
  const lowest = window.innerHeight - height - MARGIN_PX;
  const top = at.y <= lowest ? at.y : at.y - height >= MARGIN_PX ? at.y - height : lowest;
  popup.style.left = `${Math.max(MARGIN_PX, left)}px`;
  popup.style.top = `${Math.max(MARGIN_PX, top)}px`;
}

function useCloseFromOutside(popup: RefObject<HTMLElement | null>, close: ClosePopup): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onPointer = (event: Event): void => {
      if (event.target instanceof Node && popup.current?.contains(event.target) !== true) latest.current(false);
    };
    const onLeave = (): void => latest.current(false);
    document.addEventListener('pointerdown', onPointer, true);
    document.addEventListener('wheel', onPointer, { capture: true, passive: true });
    window.addEventListener('blur', onLeave);
    window.addEventListener('resize', onLeave);
    return () => {
      document.removeEventListener('pointerdown', onPointer, true);
      document.removeEventListener('wheel', onPointer, true);
      window.removeEventListener('blur', onLeave);
      window.removeEventListener('resize', onLeave);
    };
  }, [popup]);
}

/** The index of the next text after `current` that begins with a letter, coming round to the first; null without any. */
export function nextByLetter(letter: string, texts: readonly string[], current: number): number | null {
  const wanted = letter.toLocaleLowerCase();
  for (let step = 1; step <= texts.length; step++) {
    const index = (Math.max(current, -1) + step) % texts.length;
    if (texts[index]?.trim().toLocaleLowerCase().startsWith(wanted) === true) return index;
  }
  return null;
}
