import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, shown on the right. */
  readonly keys?: string;
  run(): void;
}

/** In pixels of the window. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly at: MenuPoint;
  /** Called with true when the focus should go back to where the menu was opened. */
  close(returnFocus: boolean): void;
}

const MARGIN_PX = 4;

/** A menu as VS Code has them: arrows, Home, End, first letters, Enter; Escape and Tab close it. */
export function Menu({ label, items, at, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current === null) return;
    place(menu.current, at);
    itemsOf(menu)[0]?.focus();
  }, [at]);
  useCloseFromOutside(menu, close);
  const run = (item: MenuItem): void => {
    close(true);
    item.run();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => onKey(event, itemsOf(menu), close)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          class="menu-item"
          tabIndex={-1}
          onClick={() => run(item)}
        >
          <span>{item.label}</span>
          {item.keys === undefined ? null : <span class="menu-keys">{item.keys}</span>}
        </button>
      ))}
    </div>
  );
}

function itemsOf(menu: RefObject<HTMLDivElement | null>): HTMLElement[] {
  return [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

/** Set by script, because the policy of the page forbids style attributes in markup. */
function place(menu: HTMLElement, at: MenuPoint): void {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(at.x, document.documentElement.clientWidth - width - MARGIN_PX);
  const top = at.y + height + MARGIN_PX > window.innerHeight ? Math.max(MARGIN_PX, at.y - height) : at.y;
  menu.style.left = `${Math.max(MARGIN_PX, left)}px`;
  menu.style.top = `${top}px`;
}

function onKey(event: KeyboardEvent, items: readonly HTMLElement[], close: (returnFocus: boolean) => void): void {
  event.stopPropagation();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const current = items.findIndex((item) => item === document.activeElement);
  if (step !== undefined) items[(current + step + items.length) % items.length]?.focus();
  else if (event.key === 'Home') items[0]?.focus();
  else if (event.key === 'End') items.at(-1)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close(true);
  else if (event.key.length === 1 && event.key !== ' ') focusByLetter(event.key, items, current);
  else return;
  event.preventDefault();
}

function focusByLetter(letter: string, items: readonly HTMLElement[], current: number): void {
  const wanted = letter.toLocaleLowerCase();
  const following = [...items.slice(current + 1), ...items.slice(0, current + 1)];
  following.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(wanted))?.focus();
}

function useCloseFromOutside(menu: RefObject<HTMLDivElement | null>, close: (returnFocus: boolean) => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onPointer = (event: Event): void => {
      if (event.target instanceof Node && menu.current?.contains(event.target) !== true) latest.current(false);
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
  }, [menu]);
}
