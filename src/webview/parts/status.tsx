import { statusWord } from '../../report/format';
import type { Status } from '../../report/model';
import { Icon } from './icon';

/** Each status has its own shape, so that none is told by its colour alone. */
const ICONS: Readonly<Record<Status, string>> = {
  ok: 'pass-filled',
  info: 'info',
  warning: 'warning',
  error: 'error',
  unknown: 'question',
};

/** The icon of a status; `spoken` is false where the word stands beside it. */
export function StatusIcon({ status, spoken = true }: { status: Status; spoken?: boolean }) {
  const className = `status status-${status}`;
  return spoken ? (
    <Icon name={ICONS[status]} label={statusWord(status)} className={className} />
  ) : (
    <Icon name={ICONS[status]} className={className} />
  );
}
