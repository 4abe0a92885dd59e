import type { RefObject } from 'preact';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type ClosePopup, type MenuPoint, nextByLetter, usePopup } from './popup';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, shown on the right. */
  readonly keys?: string;
  /** A line stands above it, unless it is the first. */
  readonly group?: boolean;
  run(): void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly at: MenuPoint;
  readonly close: ClosePopup;
}

/** A menu as VS Code has them: arrows, Home, End, first letters, Enter; Escape and Tab close it. */
export function Menu({ label, items, at, close }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  usePopup(menu, at, close);
  useLayoutEffect(() => itemsOf(menu)[0]?.focus(), [at]);
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
      {items.map((item, index) => (
        <Fragment key={index}>
          {item.group === true && index > 0 ? <div class="menu-line" role="separator" /> : null}
          <button type="button" role="menuitem" class="menu-item" tabIndex={-1} onClick={() => run(item)}>
            <span class="menu-label">{item.label}</span>
            {item.keys === undefined ? null : <span class="menu-keys">{item.keys}</span>}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

function itemsOf(menu: RefObject<HTMLDivElement | null>): HTMLElement[] {
  return [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

function onKey(event: KeyboardEvent, items: readonly HTMLElement[], close: ClosePopup): void {
  event.stopPropagation();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const current = items.findIndex((item) => item === document.activeElement);
  if (step !== undefined) items[(current + step + items.length) % items.length]?.focus();
  else if (event.key === 'Home') items[0]?.focus();
  else if (event.key === 'End') items.at(-1)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close(true);
  else if (event.key.length === 1 && event.key !== ' ') {
    const texts = items.map((item) => item.textContent);
    items[nextByLetter(event.key, texts, current) ?? -1]?.focus();
  } else return;
  event.preventDefault();
}
