import * as l10n from '@vscode/l10n';
import { localName } from '../../../../machine/machines';
import type { Cell, Column, RowMenu, TableBlock } from '../../../../report/model';
import type { SocketEntry, SocketsResult } from '../../core/sockets/schema';
import { code, column, hidden, hideEmptyColumns, markedCell, table } from '../table';
import { isBacklogFull } from './findings';
import { protocolName, stateName } from './words';
import { line } from '../words';

/** Of TCP, UDP and raw sockets. */
export function socketsTable(result: SocketsResult): TableBlock | null {
  const sockets = result.sockets.filter((one) => one.family === 'ipv4' || one.family === 'ipv6');
  if (sockets.length === 0 && result.sockets.length > 0) return null;
  const rows = sockets.map((one) => [...mainCells(one), ...hiddenCells(one)]);
  const keys = sockets.map((one) => one.key);
  const block = table('sockets', null, [...mainColumns(), ...hiddenColumns()], rows, keys);
  return {
    ...hideEmptyColumns(block, ['remote', 'remotePort', 'received', 'sent']),
    empty: result.filter.port === null ? l10n.t('No socket is like that.') : l10n.t('No socket has this port.'),
    menu: forwardable(menuOf(sockets), sockets, result.machine),
  };
}

/** What listens on a host can be led to from here. */
function forwardable(menu: RowMenu, sockets: readonly SocketEntry[], machine: string): RowMenu {
  if (machine === localName || !sockets.some(isForwardable)) return menu;
  const action = { label: l10n.t('Forward This Port to Here'), tool: 'ssh.tunnel', needs: 'spec', group: true };
  const inputs = menu.inputs.map((input, index) => {
    const socket = sockets[index];
    return socket === undefined || !isForwardable(socket) ? input : { ...input, spec: `-L ${targetOf(socket)}` };
  });
  // A row without a known owner has nothing but its port.
  return { actions: [...menu.actions.map((one) => ({ ...one, needs: 'pid' })), action], inputs };
}

function isForwardable({ protocol, state, namespace }: SocketEntry): boolean {
  return protocol === 'tcp' && state === 'listening' && namespace === null;
}

/** As the machine itself reaches it. */
function targetOf({ localAddress, localPort }: SocketEntry): string {
  const address = (localAddress ?? '').replace(/%.*$/, '');
  const host = address === '0.0.0.0' || address === '::' || address === '' ? 'localhost' : address;
  return `${host.includes(':') ? `[${host}]` : host}:${localPort ?? 0}`;
}

function mainColumns(): readonly Column[] {
  return [
    column('protocol', l10n.t('Protocol')),
    code(column('local', l10n.t('Local address'))),
    column('port', l10n.t('Port'), 'plain'),
    column('state', l10n.t('State')),
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    code(column('remote', l10n.t('Remote address'))),
    column('remotePort', l10n.t('Remote port'), 'plain'),
    column('user', l10n.t('User'), undefined, l10n.t('Of whoever made the socket')),
    column('received', l10n.t('Received'), 'bytesPerSecond'),
    column('sent', l10n.t('Sent'), 'bytesPerSecond'),
  ];
}

function mainCells(one: SocketEntry): readonly Cell[] {
  return [
    protocolName(one),
    one.localAddress,
    one.localPort,
    stateName(one.state),
    ownersCell(one),
    one.owners[0]?.pid ?? null,
    one.remoteAddress,
    one.remotePort,
    one.user,
    one.traffic?.receivedBytesPerSecond ?? null,
    one.traffic?.sentBytesPerSecond ?? null,
  ];
}

function hiddenColumns(): readonly Column[] {
  return [
    column('receiveQueue', l10n.t('Receive queue'), 'bytes', l10n.t('Not read yet')),
    column('sendQueue', l10n.t('Send queue'), 'bytes', l10n.t('Not acknowledged yet')),
    column('waiting', l10n.t('Waiting'), 'number', l10n.t('Connections that wait to be accepted')),
    column('backlog', l10n.t('Backlog'), 'number', l10n.t('So many may wait to be accepted')),
    column('roundTrip', l10n.t('Round trip'), 'milliseconds'),
    column('window', l10n.t('Window'), 'number', l10n.t('Segments that may be under way')),
    column('congestion', l10n.t('Congestion control')),
    column('resent', l10n.t('Sent again'), 'number', l10n.t('Segments, since the connection was made')),
    column('receivedBytes', l10n.t('Received in all'), 'bytes'),
    column('sentBytes', l10n.t('Sent in all'), 'bytes'),
    column('timer', l10n.t('Timer')),
    column('timerLeft', l10n.t('Timer fires in'), 'milliseconds'),
    column('retransmits', l10n.t('Retransmits'), 'number', l10n.t('Of the oldest segment that is not acknowledged')),
    column('probes', l10n.t('Probes'), 'number', l10n.t('Unanswered keep-alive or window probes')),
    column('drops', l10n.t('Drops'), 'number', l10n.t('Datagrams thrown away for want of room')),
    column('fds', l10n.t('FD'), undefined, l10n.t('File descriptors')),
    column('started', l10n.t('Process started'), 'time'),
    column('uid', l10n.t('UID'), 'plain'),
    column('inode', l10n.t('Inode'), 'plain'),
    column('interface', l10n.t('Interface')),
    column('detail', l10n.t('IP protocol')),
    column('container', l10n.t('Container')),
    column('namespace', l10n.t('Network namespace')),
  ].map(hidden);
}

function hiddenCells(one: SocketEntry): readonly Cell[] {
  const { traffic, backlog, owners } = one;
  return [
    backlog === null ? one.receiveQueueBytes : null,
    backlog === null ? one.sendQueueBytes : null,
    backlog === null ? null : markedCell(backlog.waiting, isBacklogFull(one) ? 'warning' : 'ok'),
    backlog?.limit ?? null,
    traffic?.roundTripMs ?? null,
    traffic?.congestionWindow ?? null,
    traffic?.congestionControl ?? null,
    traffic?.retransmits ?? null,
    traffic?.receivedBytes ?? null,
    traffic?.sentBytes ?? null,
    one.timer === 'none' ? null : one.timer,
    one.timerMs,
    one.retransmits,
    one.probes,
    one.drops,
    owners.map(({ fds }) => fds.join(', ')).join('; ') || null,
    owners[0]?.startedAtMs ?? null,
    one.uid,
    one.inode,
    one.interface,
    one.detail,
    owners[0]?.container ?? null,
    one.namespace,
  ];
}

/** The first owner; of several, how many more. */
export function ownersCell({ owner, owners }: SocketEntry): Cell {
  const [first, ...more] = owners;
  if (first === undefined) return owner === 'denied' ? { text: l10n.t('unknown (denied)'), status: 'unknown' } : null;
  const name = line(first.name) ?? '';
  return more.length === 0 ? name : l10n.t('{0} and {1} more', name, more.length);
}

/** Of the first owner. */
export function menuOf(sockets: readonly SocketEntry[]): RowMenu {
  return {
    actions: [
      { label: l10n.t('Show in Depth'), tool: 'system.process' },
      { label: l10n.t('Show Its Sockets'), tool: 'system.sockets' },
      { label: l10n.t('Terminate…'), tool: 'system.terminate', group: true },
      { label: l10n.t('Send Signal…'), tool: 'system.signal' },
      { label: l10n.t('Suspend…'), tool: 'system.suspend' },
      { label: l10n.t('Resume…'), tool: 'system.resume' },
    ],
    inputs: sockets.map(({ owners: [owner] }) =>
      owner === undefined ? null : { pid: owner.pid, startTicks: owner.startTicks },
    ),
  };
}
