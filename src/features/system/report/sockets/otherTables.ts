import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import type { SocketEntry, SocketsResult } from '../../core/sockets/schema';
import { code, column, hidden, table } from '../table';
import { menuOf, ownersCell } from './tables';
import { stateName } from './words';
import { line } from '../words';

export function unixTable(result: SocketsResult): TableBlock | null {
  const sockets = result.sockets.filter((one) => one.protocol === 'unix');
  if (sockets.length === 0) return null;
  const columns = [
    code(column('path', l10n.t('Path'), undefined, l10n.t('@ begins one in the abstract name space'))),
    column('type', l10n.t('Type')),
    column('state', l10n.t('State')),
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('peer', l10n.t('Other end'), undefined, l10n.t('Told by ss')),
    hidden(column('user', l10n.t('User'), undefined, l10n.t('Of the process'))),
    hidden(column('fds', l10n.t('FD'), undefined, l10n.t('File descriptors'))),
    hidden(column('receiveQueue', l10n.t('Receive queue'), 'number')),
    hidden(column('sendQueue', l10n.t('Send queue'), 'number')),
    hidden(column('inode', l10n.t('Inode'), 'plain')),
    hidden(column('peerInode', l10n.t('Inode of the other end'), 'plain')),
    hidden(column('namespace', l10n.t('Network namespace'))),
  ];
  const keys = sockets.map((one) => one.key);
  return { ...table('unix', l10n.t('Unix Sockets'), columns, sockets.map(unixCells), keys), menu: menuOf(sockets) };
}

function unixCells(one: SocketEntry): readonly Cell[] {
  return [
    line(one.path),
    one.type,
    stateName(one.state),
    ownersCell(one),
    one.owners[0]?.pid ?? null,
    peerText(one),
    one.user,
    one.owners.map(({ fds }) => fds.join(', ')).join('; ') || null,
    one.receiveQueueBytes,
    one.sendQueueBytes,
    one.inode,
    one.peer?.inode ?? null,
    one.namespace,
  ];
}

function peerText({ peer }: SocketEntry): string | null {
  if (peer === null) return null;
  const [owner] = peer.owners;
  return owner === undefined ? line(peer.path) : l10n.t('{0} (PID {1})', line(owner.name) ?? '', owner.pid);
}

export function otherSocketsTable(result: SocketsResult): TableBlock | null {
  const sockets = result.sockets.filter((one) => one.protocol === 'packet' || one.protocol === 'netlink');
  if (sockets.length === 0) return null;
  const columns = [
    column('protocol', l10n.t('Kind')),
    column('detail', l10n.t('Protocol')),
    column('interface', l10n.t('Interface')),
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('receiveQueue', l10n.t('Receive queue'), 'bytes'),
    hidden(column('type', l10n.t('Type'))),
    hidden(column('address', l10n.t('Netlink port'))),
    hidden(column('drops', l10n.t('Drops'), 'number')),
    hidden(column('inode', l10n.t('Inode'), 'plain')),
  ];
  const rows = sockets.map((one): readonly Cell[] => [
    one.protocol,
    one.detail,
    one.interface,
    ownersCell(one),
    one.owners[0]?.pid ?? null,
    one.receiveQueueBytes,
    one.type,
    one.localAddress,
    one.drops,
    one.inode,
  ]);
  const keys = sockets.map((one) => one.key);
  return { ...table('others', l10n.t('Packet and Netlink Sockets'), columns, rows, keys), menu: menuOf(sockets) };
}
