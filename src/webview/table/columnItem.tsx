import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../report/plainText';
import { Icon } from '../parts/icon';
import type { ListedColumn } from './columnList';

/** The parts of an item that can have the focus. */
export type ColumnPart = 'check' | 'up' | 'down';

interface ColumnItemProps extends ListedColumn {
  /** The only one that is shown: it stays. */
  readonly isLast: boolean;
  readonly tabIndex: number;
  onFocus(): void;
  toggle(): void;
  move(step: -1 | 1, part: ColumnPart): void;
}

/** A box to check, and two buttons that move the column. */
export function ColumnItem({ column, isShown, isLast, tabIndex, onFocus, toggle, move }: ColumnItemProps) {
  const title = visibleLine(column.title);
  return (
    <li class="columns-item" data-id={column.id} onFocusIn={onFocus}>
      <label
        class="columns-label"
        title={column.description === undefined ? undefined : visibleLine(column.description)}
      >
        <input
          type="checkbox"
          class="checkbox"
          data-part="check"
          checked={isShown}
          tabIndex={tabIndex}
          aria-disabled={isLast}
          onChange={(event) => {
            if (isLast) event.currentTarget.checked = isShown;
            else toggle();
          }}
        />
        <span class="columns-title">{title}</span>
      </label>
      {([-1, 1] as const).map((step) => (
        <button
          key={step}
          type="button"
          class="icon-button"
          data-part={step < 0 ? 'up' : 'down'}
          tabIndex={tabIndex}
          title={step < 0 ? l10n.t('Move up (Alt+Up)') : l10n.t('Move down (Alt+Down)')}
          aria-label={step < 0 ? l10n.t('Move {0} up', title) : l10n.t('Move {0} down', title)}
          onClick={() => move(step, step < 0 ? 'up' : 'down')}
        >
          <Icon name={step < 0 ? 'arrow-up' : 'arrow-down'} />
        </button>
      ))}
    </li>
  );
}
