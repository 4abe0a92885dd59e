import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import type { ServicesResult } from '../../core/services/schema';
import { column, table } from '../table';

export function timersTable({ timers, takenAtMs }: ServicesResult): TableBlock | null {
  if (timers.length === 0) return null;
  const columns = [
    column('timer', l10n.t('Timer')),
    column('next', l10n.t('Next run'), 'time'),
    column('in', l10n.t('Due in'), 'seconds'),
    column('last', l10n.t('Last run'), 'time'),
    column('activates', l10n.t('Starts Unit')),
  ];
  const rows = timers.map((one): readonly Cell[] => [
    one.id,
    one.nextMs,
    one.nextMs === null ? null : Math.max(0, Math.round((one.nextMs - takenAtMs) / 1000)),
    one.lastMs,
    one.activates,
  ]);
  return table(
    'timers',
    l10n.t('Timers'),
    columns,
    rows,
    timers.map((one) => one.id),
  );
}
