import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { useSession } from '../state/context';

/** With this many rows or fewer, the eye is faster than a filter. */
const FILTER_FROM_ROWS = 8;
const ANNOUNCE_AFTER_MS = 600;

interface TableBarProps {
  readonly total: number;
  readonly shown: number;
  readonly filter: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly title: string | undefined;
  setFilter(filter: string): void;
  /** Back into the table. */
  leave(): void;
  copyTable(): void;
}

/** Count, filter and copy, beside the title of a table. */
export function TableBar(props: TableBarProps) {
  const { total, shown, filter } = props;
  const { format } = useSession();
  const count = filter.trim() === '' ? format.value(total, 'number') : undefined;
  const text =
    count === undefined
      ? l10n.t('{0} of {1}', format.value(shown, 'number'), format.value(total, 'number'))
      : total === 1
        ? l10n.t('1 row')
        : l10n.t('{0} rows', count);
  useAnnouncedCount(filter, text);
  const hasFilter = total > FILTER_FROM_ROWS || filter !== '';
  return (
    <div class="table-bar">
      {total === 0 ? null : <span class="count">{text}</span>}
      {hasFilter ? <FilterBox {...props} /> : null}
      {total === 0 ? null : (
        <button
          type="button"
          class="icon-button"
          title={l10n.t('Copy Table')}
          aria-label={props.title === undefined ? l10n.t('Copy Table') : l10n.t('Copy table {0}', props.title)}
          onClick={props.copyTable}
        >
          <Icon name="copy" />
        </button>
      )}
    </div>
  );
}

function FilterBox({ filter, input, title, setFilter, leave }: TableBarProps) {
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
