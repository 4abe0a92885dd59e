import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import type { SocketsResult } from '../../core/sockets/schema';
import { column, table } from '../table';
import { line } from '../words';

/** TCP summed by process, where ss tells it. */
export function trafficTable({ processes }: SocketsResult): TableBlock | null {
  if (processes.length === 0) return null;
  const columns = [
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('connections', l10n.t('Connections'), 'number'),
    column('received', l10n.t('Received'), 'bytesPerSecond'),
    column('sent', l10n.t('Sent'), 'bytesPerSecond'),
    column('receivedBytes', l10n.t('Received in all'), 'bytes', l10n.t('By its present connections')),
    column('sentBytes', l10n.t('Sent in all'), 'bytes', l10n.t('By its present connections')),
  ];
  const rows = processes.map((one): readonly Cell[] => [
    line(one.name),
    one.pid,
    one.user,
    one.connections,
    one.receivedBytesPerSecond,
    one.sentBytesPerSecond,
    one.receivedBytes,
    one.sentBytes,
  ]);
  const keys = processes.map((one) => `${one.pid}:${one.startTicks}`);
  return {
    ...table('traffic', l10n.t('TCP Traffic by Process'), columns, rows, keys),
    menu: {
      actions: [
        { label: l10n.t('Show Its Sockets'), tool: 'system.sockets' },
        { label: l10n.t('Show in Depth'), tool: 'system.process' },
        { label: l10n.t('Terminate…'), tool: 'system.terminate', group: true },
      ],
      inputs: processes.map(({ pid, startTicks }) => ({ pid, startTicks })),
    },
  };
}

export function namespacesTable({ namespaces }: SocketsResult): TableBlock | null {
  if (namespaces.length === 0) return null;
  const columns = [
    column('namespace', l10n.t('Network namespace')),
    column('process', l10n.t('Process in it')),
    column('pid', l10n.t('PID'), 'plain'),
    column('container', l10n.t('Container')),
    column('sockets', l10n.t('Sockets'), 'number'),
  ];
  const rows = namespaces.map((one): readonly Cell[] => [one.id, line(one.name), one.pid, one.container, one.sockets]);
  const keys = namespaces.map((one) => one.id);
  return table('namespaces', l10n.t('Other Network Namespaces'), columns, rows, keys);
}
