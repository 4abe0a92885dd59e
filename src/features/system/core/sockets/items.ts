import * as l10n from '@vscode/l10n';
import { item, type TreeItem } from '../treeItem';
import type { SocketEntry, SocketsResult } from './schema';

/** A line of a tree for each listening socket: port first, then who has it. */
export function listenerItems({ sockets }: SocketsResult): readonly TreeItem[] {
  const lines = [...sockets]
    .sort((one, other) => (one.localPort ?? 0) - (other.localPort ?? 0) || one.key.localeCompare(other.key))
    .map(listenerItem);
  return lines.length === 0 ? [item('socket/none', l10n.t('Nothing listens'), '', 'circle-slash')] : lines;
}

function listenerItem(socket: SocketEntry): TreeItem {
  const { key, protocol, localAddress, localPort, owners, owner } = socket;
  const names = owners.map(({ name, pid }) => `${name} (${pid})`).join(', ');
  const who = owner === 'denied' ? l10n.t('owner denied') : owner === 'none' ? l10n.t('no process') : names;
  const first = owners[0];
  return item(`socket/${key}`, String(localPort ?? protocol), `${protocol} ${localAddress ?? ''} · ${who}`, 'plug', {
    tooltip: `${protocol} ${localAddress ?? ''}:${localPort ?? ''}\n${who}`,
    tool: 'system.sockets',
    ...(first === undefined
      ? { input: { port: localPort } }
      : { about: 'process', input: { pid: first.pid, startTicks: first.startTicks, port: localPort } }),
  });
}
