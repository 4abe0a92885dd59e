import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Column } from '../../report/model';
import { Icon } from '../parts/icon';
import { useSession } from '../state/context';
import { ColumnsButton } from './columnsMenu';
import type { GridState } from './useGridState';

/** With this many rows or fewer, the eye is faster than a filter. */
const FILTER_FROM_ROWS = 8;
/** With fewer columns there is room for all of them. */
const CHOOSE_FROM_COLUMNS = 5;
const ANNOUNCE_AFTER_MS = 600;

interface TableBarProps {
  readonly state: GridState;
  readonly input: RefObject<HTMLInputElement | null>;
  /** Back into the table. */
  leave(): void;
  copyTable(): void;
}

/** Count, filter, tree, columns and copy, beside the title of a table. */
export function TableBar(props: TableBarProps) {
  const { state, input, leave } = props;
  const { block, view } = state;
  const text = useCountText(state);
  useAnnouncedCount(view.filter, text);
  const isEmpty = block.rows.length === 0;
  const hasFilter = block.rows.length > FILTER_FROM_ROWS || view.filter !== '';
  return (
    <div class="table-bar">
      {isEmpty ? null : <span class="count">{text}</span>}
      {hasFilter ? (
        <FilterBox filter={view.filter} setFilter={state.setFilter} input={input} leave={leave} title={block.title} />
      ) : null}
      {isEmpty || block.parents === undefined ? null : <TreeButton state={state} />}
      {isEmpty || !hasColumnsToChoose(block.columns) ? null : <ColumnsButton state={state} />}
      {isEmpty ? null : (
        <button
          type="button"
          class="icon-button"
          title={l10n.t('Copy Table')}
          aria-label={block.title === undefined ? l10n.t('Copy Table') : l10n.t('Copy table {0}', block.title)}
          onClick={props.copyTable}
        >
          <Icon name="copy" />
        </button>
      )}
    </div>
  );
}

function hasColumnsToChoose(columns: readonly Column[]): boolean {
  return columns.length >= CHOOSE_FROM_COLUMNS || columns.some((column) => column.hidden === true);
}

function useCountText({ block, view, foundCount }: GridState): string {
  const { format } = useSession();
  const total = format.value(block.rows.length, 'number');
  if (view.filter.trim() !== '') return l10n.t('{0} of {1}', format.value(foundCount, 'number'), total);
  return block.rows.length === 1 ? l10n.t('1 row') : l10n.t('{0} rows', total);
}

function TreeButton({ state }: { state: GridState }) {
  const isTree = state.tree !== null;
  return (
    <button
      type="button"
      class="bar-button"
      aria-pressed={isTree}
      aria-label={l10n.t('Tree')}
      title={isTree ? l10n.t('Show as a list') : l10n.t('Show as a tree')}
      onClick={() => state.setTree(!isTree)}
    >
      <Icon name="list-tree" />
      <span class="bar-label">{l10n.t('Tree')}</span>
    </button>
  );
}

interface FilterBoxProps {
  readonly filter: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly title: string | undefined;
  setFilter(filter: string): void;
  leave(): void;
}

function FilterBox({ filter, input, title, setFilter, leave }: FilterBoxProps) {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && filter !== '') setFilter('');
    else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span class="filter">
      <Icon name="filter" />
      <input
        ref={input}
        type="text"
        class="filter-input"
        value={filter}
        placeholder={l10n.t('Filter')}
        title={l10n.t('Filter (/ in the table)')}
        aria-label={title === undefined ? l10n.t('Filter') : l10n.t('Filter {0}', title)}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {filter === '' ? null : (
        <button
          type="button"
          class="icon-button"
          title={l10n.t('Clear the filter')}
          aria-label={l10n.t('Clear the filter')}
          onClick={() => {
            setFilter('');
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

/** Says how many rows are left when the user stopped typing; not when the rows change by themselves. */
function useAnnouncedCount(filter: string, text: string): void {
  const { announce } = useSession();
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    if (filter === '') return undefined;
    const timer = setTimeout(() => announce(latest.current), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [filter, announce]);
}
