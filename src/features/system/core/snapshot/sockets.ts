import { isFailure, type FileTexts, type ReadItem } from '../../../../machine/machine';
import { isBigEndian } from '../kernel/socketAddress';
import { socketInode } from '../kernel/processSockets';
import { parseInetSockets, parseUnixSockets, type InetFamily, type InetProtocol } from '../kernel/socketTables';
import type { UserNames } from '../processes/userNames';
import type { SnapshotProcess, SnapshotSocket } from './schema';

const TABLES: readonly (readonly [string, InetFamily, InetProtocol])[] = [
  ['/proc/net/tcp', 'ipv4', 'tcp'],
  ['/proc/net/tcp6', 'ipv6', 'tcp'],
  ['/proc/net/udp', 'ipv4', 'udp'],
  ['/proc/net/udp6', 'ipv6', 'udp'],
  ['/proc/net/raw', 'ipv4', 'raw'],
  ['/proc/net/raw6', 'ipv6', 'raw'],
];
const UNIX_TABLE = '/proc/net/unix';

export const SOCKET_FILES: readonly ReadItem[] = [
  ...TABLES.map(([path]) => path),
  UNIX_TABLE,
  { path: '/proc/[0-9]*/fd', what: 'links' },
];

/** Of a closing connection nothing is worth keeping; of Unix sockets only those that others can reach by a path. */
export function socketsOf(texts: FileTexts, processes: readonly SnapshotProcess[], users: UserNames): SnapshotSocket[] {
  const owners = ownersOf(texts, processes);
  const text = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const bigEndian = isBigEndian(text('/proc/self/auxv'));
  const ownerOf = (inode: number): Pick<SnapshotSocket, 'pid' | 'process'> => {
    const owner = owners.get(String(inode));
    return { pid: owner?.pid ?? null, process: owner?.name ?? null };
  };
  const inet = TABLES.flatMap(([path, family, protocol]) =>
    parseInetSockets(text(path), family, protocol, bigEndian)
      .filter(({ state }) => KEPT.has(state))
      .map((one): SnapshotSocket => ({
        protocol,
        state: one.state,
        localAddress: one.localAddress,
        localPort: one.localPort,
        remoteAddress: one.remotePort === 0 ? null : one.remoteAddress,
        remotePort: one.remotePort || null,
        user: users.nameOf(one.uid),
        ...ownerOf(one.inode),
      })),
  );
  const unix = parseUnixSockets(text(UNIX_TABLE)).flatMap(({ state, path, inode }): SnapshotSocket[] => {
    if (state !== 'listening' || path === null) return [];
    const ports = { localPort: null, remoteAddress: null, remotePort: null, user: null };
    return [{ protocol: 'unix', state, localAddress: path, ...ports, ...ownerOf(inode) }];
  });
  return [...inet, ...unix];
}

const KEPT: ReadonlySet<string> = new Set(['listening', 'established', 'unconnected', 'close-wait', 'syn-sent']);

const DESCRIPTOR = /^\/proc\/(\d+)\/fd\/\d+$/;

/** Inode → the process with the lowest pid that has it open: the one that opened it, as a rule. */
function ownersOf(texts: FileTexts, processes: readonly SnapshotProcess[]): ReadonlyMap<string, SnapshotProcess> {
  const byPid = new Map(processes.map((one) => [String(one.pid), one]));
  const owners = new Map<string, SnapshotProcess>();
  for (const [path, content] of texts) {
    const pid = DESCRIPTOR.exec(path)?.[1];
    if (pid === undefined || isFailure(content)) continue;
    const inode = socketInode(content);
    const process = byPid.get(pid);
    if (inode === null || process === undefined) continue;
    const known = owners.get(inode);
    if (known === undefined || process.pid < known.pid) owners.set(inode, process);
  }
  return owners;
}
