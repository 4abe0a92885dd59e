import * as l10n from '@vscode/l10n';
import type { Block, Cell, RowAction, TableBlock } from '../../../../report/model';
import type { Snapshot, SnapshotProcess, SnapshotSocket } from '../../core/snapshot/schema';
import { barCell, column, hidden, table } from '../table';
import { networkTables } from './networkTables';

/** Everything that a snapshot holds, as of then. */
export function snapshotTables(snapshot: Snapshot): readonly Block[] {
  const { units, users } = snapshot;
  return [
    processesTable(snapshot.processes),
    socketsTable(snapshot.sockets),
    mountsTable(snapshot),
    ...(units === null ? [] : [unitsTable(units)]),
    ...networkTables(snapshot),
    ...(users === null ? [] : [usersTable(users)]),
    ...snapshot.problems.map((text): Block => ({ kind: 'text', style: 'note', text })),
  ];
}

function showProcess(): readonly RowAction[] {
  return [{ label: l10n.t('Show Process as It Is Now'), tool: 'system.process' }];
}

function processesTable(processes: readonly SnapshotProcess[]): TableBlock {
  const columns = [
    column('name', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('cpu', l10n.t('CPU time'), 'seconds'),
    column('memory', l10n.t('Memory'), 'bytes'),
    { ...column('command', l10n.t('Command line')), code: true },
    column('state', l10n.t('State')),
    column('started', l10n.t('Started'), 'time'),
    hidden(column('parent', l10n.t('Parent'), 'plain')),
  ];
  const rows = processes.map((one): readonly Cell[] => [
    one.name,
    one.pid,
    one.user,
    one.cpuMs / 1000,
    one.residentBytes,
    one.commandLine.join(' ') || null,
    one.state,
    one.startedAtMs,
    one.parentPid,
  ]);
  const keys = processes.map(({ pid, startTicks }) => `${pid} ${startTicks}`);
  const index = new Map(processes.map(({ pid }, at) => [pid, at]));
  return {
    ...table('processes', l10n.t('Processes'), columns, rows, keys),
    sort: { column: 'memory', direction: 'descending' },
    parents: processes.map(({ pid, parentPid }) => (parentPid === pid ? null : (index.get(parentPid) ?? null))),
    menu: { actions: showProcess(), inputs: processes.map(({ pid, startTicks }) => ({ pid, startTicks })) },
  };
}

function socketsTable(sockets: readonly SnapshotSocket[]): TableBlock {
  const columns = [
    column('protocol', l10n.t('Protocol')),
    column('state', l10n.t('State')),
    { ...column('local', l10n.t('Local address')), code: true },
    column('port', l10n.t('Port'), 'plain'),
    { ...column('remote', l10n.t('Remote address')), code: true },
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
  ];
  const sorted = [...sockets].sort(
    (one, other) => Number(other.state === 'listening') - Number(one.state === 'listening'),
  );
  const rows = sorted.map((one): readonly Cell[] => [
    one.protocol,
    one.state,
    one.localAddress,
    one.localPort,
    one.remoteAddress === null ? null : `${one.remoteAddress} ${one.remotePort ?? ''}`.trim(),
    one.process,
    one.pid,
    one.user,
  ]);
  const keys = sorted.map(
    (one) => `${one.protocol} ${one.localAddress} ${one.localPort} ${one.remoteAddress} ${one.remotePort}`,
  );
  return table('sockets', l10n.t('Sockets'), columns, rows, keys);
}

function mountsTable({ mounts }: Snapshot): TableBlock {
  const columns = [
    { ...column('mount', l10n.t('Mount point')), code: true },
    column('used', l10n.t('Used'), 'percent'),
    column('available', l10n.t('Available'), 'bytes'),
    column('size', l10n.t('Size'), 'bytes'),
    { ...column('source', l10n.t('Source')), code: true },
    column('type', l10n.t('Type')),
    column('readOnly', l10n.t('Read-only')),
  ];
  const withSpace = [...mounts].sort(
    (one, other) => Number(other.totalBytes !== null) - Number(one.totalBytes !== null),
  );
  const rows = withSpace.map((one): readonly Cell[] => [
    one.mountPoint,
    usedCell(one),
    one.availableBytes,
    one.totalBytes,
    one.source,
    one.type,
    one.readOnly ? l10n.t('yes') : l10n.t('no'),
  ]);
  const keys = withSpace.map(({ mountPoint }) => mountPoint);
  return table('mounts', l10n.t('Mounts'), columns, rows, keys);
}

function usedCell({ totalBytes, availableBytes }: Snapshot['mounts'][number]): Cell {
  if (totalBytes === null || availableBytes === null) return null;
  return barCell(Math.round((1 - availableBytes / totalBytes) * 1000) / 10);
}

function unitsTable(units: NonNullable<Snapshot['units']>): TableBlock {
  const columns = [
    column('unit', l10n.t('Unit')),
    column('state', l10n.t('State')),
    column('sub', l10n.t('Detail')),
    column('enabled', l10n.t('At boot')),
  ];
  const failedFirst = [...units].sort(
    (one, other) => Number(other.state === 'failed') - Number(one.state === 'failed'),
  );
  const rows = failedFirst.map((one): readonly Cell[] => [
    one.id,
    one.state === 'failed' ? { text: one.state, status: 'error' } : one.state,
    one.sub,
    one.enabled,
  ]);
  return table(
    'units',
    l10n.t('Units'),
    columns,
    rows,
    failedFirst.map(({ id }) => id),
  );
}

function usersTable(users: NonNullable<Snapshot['users']>): TableBlock {
  const columns = [
    column('user', l10n.t('User')),
    column('terminal', l10n.t('Terminal')),
    column('host', l10n.t('Logged in from')),
    column('since', l10n.t('Logged in since'), 'time'),
  ];
  const rows = users.map((one): readonly Cell[] => [one.user, one.terminal, one.host, one.sinceMs]);
  const keys = users.map(({ user, terminal }) => `${terminal ?? ''} ${user}`);
  return { ...table('users', l10n.t('Logged In'), columns, rows, keys), empty: l10n.t('Nobody was logged in.') };
}
