import * as l10n from '@vscode/l10n';
import type { Block, Cell } from '../../../../report/model';
import type { FailedLogin, PastLogin, UsersResult } from '../../core/users/schema';
import { column, markedCell, table } from '../table';

export function loginsBlocks({ logins }: UsersResult): readonly Block[] {
  if (logins === null) return [];
  const columns = [
    column('user', l10n.t('User')),
    column('terminal', l10n.t('Terminal')),
    column('host', l10n.t('Logged in from')),
    column('from', l10n.t('From'), 'time'),
    column('to', l10n.t('To'), 'time'),
    column('duration', l10n.t('Duration'), 'seconds'),
    column('end', l10n.t('End')),
  ];
  const rows = logins.entries.map((one): readonly Cell[] => [
    whoOf(one),
    one.terminal,
    one.host,
    one.fromMs,
    one.toMs,
    one.toMs === null ? null : Math.round((one.toMs - one.fromMs) / 1000),
    endCell(one.end),
  ]);
  const keys = logins.entries.map((one) => `${one.fromMs} ${one.kind} ${one.terminal ?? ''} ${one.pid ?? ''}`);
  const empty =
    logins.unavailable === null
      ? l10n.t('No login is on record.')
      : l10n.t('Past logins are not known: {0}.', logins.unavailable);
  return [{ ...table('logins', l10n.t('Last Logins'), columns, rows, keys), empty }];
}

function whoOf({ kind, user }: PastLogin): Cell {
  switch (kind) {
    case 'login':
      return user;
    case 'boot':
      return l10n.t('(start of the machine)');
    case 'shutdown':
      return l10n.t('(shutdown)');
    case 'clock':
      return l10n.t('(clock set)');
  }
}

function endCell(end: PastLogin['end']): Cell {
  switch (end) {
    case 'logout':
      return l10n.t('logged out');
    case 'shutdown':
      return l10n.t('shutdown');
    case 'crash':
      return markedCell(l10n.t('crash'), 'warning');
    case 'still':
      return l10n.t('goes on');
    case 'gone':
      return l10n.t('not recorded');
    case 'none':
      return null;
  }
}

/** Whence they came and for whom, the most frequent first, then one by one. */
export function failedBlocks({ failedLogins }: UsersResult): readonly Block[] {
  if (failedLogins === null) return [];
  const { entries, unavailable } = failedLogins;
  if (entries.length > 0) return [sourcesTable(entries), failedTable(entries)];
  const text =
    unavailable === null
      ? l10n.t('No failed login is on record.')
      : l10n.t(
          'Failed logins are not known: {0}. As root they would be, where the system records them.',
          unavailable.replace(/[.。]$/, ''),
        );
  return [{ kind: 'text', style: 'note', text }];
}

function sourcesTable(entries: readonly FailedLogin[]): Block {
  const sources = new Map<string, FailedLogin[]>();
  for (const one of entries) {
    const source = one.host ?? one.terminal ?? '';
    sources.set(source, [...(sources.get(source) ?? []), one]);
  }
  const columns = [
    column('source', l10n.t('From')),
    column('failed', l10n.t('Failed'), 'number'),
    column('users', l10n.t('Users tried')),
    column('last', l10n.t('Last'), 'time'),
  ];
  const sorted = [...sources].sort(([, one], [, other]) => other.length - one.length);
  const rows = sorted.map(([source, failed]): readonly Cell[] => [
    source || null,
    failed.length,
    [...new Set(failed.map(({ user }) => user))].sort().slice(0, 20).join(l10n.t(', ')),
    Math.max(...failed.map(({ atMs }) => atMs)),
  ]);
  const title = l10n.t('Failed Logins by Source');
  return table(
    'failedSources',
    title,
    columns,
    rows,
    sorted.map(([source]) => source),
  );
}

function failedTable(entries: readonly FailedLogin[]): Block {
  const columns = [
    column('at', l10n.t('Time'), 'time'),
    column('user', l10n.t('User')),
    column('host', l10n.t('Logged in from')),
    column('terminal', l10n.t('Terminal')),
  ];
  const rows = entries.map((one): readonly Cell[] => [one.atMs, one.user, one.host, one.terminal]);
  const keys = entries.map((one) => `${one.atMs} ${one.user} ${one.host ?? ''}`);
  return table('failedLogins', l10n.t('Failed Logins'), columns, rows, keys);
}
