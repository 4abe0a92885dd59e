import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleLine } from '../../report/plainText';
import { Icon } from '../parts/icon';
import { type ClosePopup, type MenuPoint, nextByLetter, usePopup } from '../parts/popup';
import { ColumnItem, type ColumnPart } from './columnItem';
import { type ListedColumn, useColumnList } from './columnList';
import type { GridState } from './useGridState';

/** Opens the list in which the user chooses which columns are shown, and in which order. */
export function ColumnsButton({ state }: { state: GridState }) {
  const [openAt, setOpenAt] = useState<MenuPoint | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { title } = state.block;
  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (box !== undefined) setOpenAt({ x: box.left, y: box.bottom + 2 });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="bar-button"
        title={l10n.t('Choose and order the columns')}
        aria-label={title === undefined ? l10n.t('Columns') : l10n.t('Columns of {0}', visibleLine(title))}
        aria-haspopup="dialog"
        aria-expanded={openAt !== null}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open();
        }}
      >
        <Icon name="split-horizontal" />
        <span class="bar-label">{l10n.t('Columns')}</span>
      </button>
      {openAt === null ? null : (
        <ColumnsMenu
          state={state}
          at={openAt}
          close={(returnFocus) => {
            setOpenAt(null);
            if (returnFocus) button.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface ColumnsMenuProps {
  readonly state: GridState;
  readonly at: MenuPoint;
  readonly close: ClosePopup;
}

function ColumnsMenu({ state, at, close }: ColumnsMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  usePopup(popup, at, close);
  useLayoutEffect(() => focusPart(itemsOf(popup)[0], 'check'), []);
  const { columns, move, toggle, reset } = useColumnList(state);
  const { keepFocusOn, current, setCurrent } = useRovingColumn(popup, columns);
  const moveBy = (id: string, step: -1 | 1, part: ColumnPart): void => {
    move(id, step);
    keepFocusOn(id, part);
  };
  return (
    <div
      ref={popup}
      class="menu columns-menu"
      role="dialog"
      aria-label={l10n.t('Columns')}
      onKeyDown={(event) => onKey(event, itemsOf(popup), close, (id, step) => moveBy(id, step, 'check'))}
      onContextMenu={(event) => event.preventDefault()}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && popup.current?.contains(relatedTarget) === false) close(false);
      }}
    >
      <ul class="columns-list">
        {columns.map(({ column, isShown }) => (
          <ColumnItem
            key={column.id}
            column={column}
            isShown={isShown}
            isLast={isShown && state.columns.length === 1}
            tabIndex={column.id === current ? 0 : -1}
            onFocus={() => setCurrent(column.id)}
            toggle={() => toggle(column.id)}
            move={(step, part) => moveBy(column.id, step, part)}
          />
        ))}
      </ul>
      <div class="columns-foot">
        <button type="button" class="button" onClick={reset}>
          {l10n.t('Reset')}
        </button>
      </div>
    </div>
  );
}

/** One column's controls are in the tab order; the focus goes with a column that is moved. */
function useRovingColumn(popup: RefObject<HTMLDivElement | null>, columns: readonly ListedColumn[]) {
  const [chosen, setCurrent] = useState('');
  const wanted = useRef<{ readonly id: string; readonly part: ColumnPart } | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const { id, part } = wanted.current;
    wanted.current = null;
    focusPart(
      itemsOf(popup).find((item) => item.dataset['id'] === id),
      part,
    );
  });
  return {
    setCurrent,
    current: columns.some(({ column }) => column.id === chosen) ? chosen : columns[0]?.column.id,
    keepFocusOn(id: string, part: ColumnPart): void {
      wanted.current = { id, part };
    },
  };
}

function itemsOf(popup: RefObject<HTMLElement | null>): HTMLElement[] {
  return [...(popup.current?.querySelectorAll<HTMLElement>('.columns-item') ?? [])];
}

function focusPart(item: HTMLElement | undefined, part: ColumnPart): void {
  item?.querySelector<HTMLElement>(`[data-part=${part}]`)?.focus();
}

/** Arrows, Home, End and letters go from box to box; with Alt, arrows move the column. Tab is the browser's. */
function onKey(
  event: KeyboardEvent,
  items: readonly HTMLElement[],
  close: ClosePopup,
  move: (id: string, step: -1 | 1) => void,
): void {
  const current = items.findIndex((item) => item.contains(document.activeElement));
  const id = items[current]?.dataset['id'];
  const step = stepOf(event.key);
  const go = (place: number): void => focusPart(items.at(place), 'check');
  if (event.key === 'Escape') close(true);
  else if (step !== null && event.altKey) {
    if (id !== undefined) move(id, step);
  } else if (step !== null) go((current + step) % items.length);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(-1);
  else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const found = nextByLetter(event.key, items.map(textOf), current);
    if (found !== null) go(found);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function stepOf(key: string): -1 | 1 | null {
  return key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : null;
}

function textOf({ textContent }: HTMLElement): string {
  return textContent;
}
