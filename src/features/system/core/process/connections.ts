import { socketInode } from '../kernel/processSockets';
import {
  parseInetSockets,
  parseUnixSockets,
  type InetFamily,
  type InetProtocol,
  type InetSocket,
  type UnixSocket,
} from '../kernel/socketTables';
import { wholeLines, words } from '../kernel/text';
import { fdLinksOf } from './links';
import type { ProcessReading } from './reading';
import type { Connection } from './schema/files';
import { textOf } from './texts';

const INET_FILES: readonly (readonly [file: string, protocol: InetProtocol, family: InetFamily])[] = [
  ['tcp', 'tcp', 'ipv4'],
  ['tcp6', 'tcp', 'ipv6'],
  ['udp', 'udp', 'ipv4'],
  ['udp6', 'udp', 'ipv6'],
  ['udplite', 'udplite', 'ipv4'],
  ['udplite6', 'udplite', 'ipv6'],
  ['raw', 'raw', 'ipv4'],
  ['raw6', 'raw', 'ipv6'],
  ['icmp', 'icmp', 'ipv4'],
  ['icmp6', 'icmp', 'ipv6'],
];

type Known = Omit<Connection, 'inode' | 'fds'>;

/** Of no table: it has neither name nor peer yet, is of another network namespace, or of a kind that is in no table. */
const UNKNOWN: Known = {
  protocol: 'unknown',
  localAddress: null,
  localPort: null,
  remoteAddress: null,
  remotePort: null,
  path: null,
  state: null,
  receiveQueue: null,
  sendQueue: null,
};

/** Every socket that the process has open, once; null where its descriptors may not be seen. */
export function connectionsOf({ texts, details, stat, surroundings }: ProcessReading): readonly Connection[] | null {
  if (typeof texts.get(`/proc/${stat.pid}/fd`) !== 'string') return null;
  const fds = new Map<string, number[]>();
  for (const { fd, target } of fdLinksOf(texts, stat.pid)) {
    const inode = socketInode(target);
    if (inode !== null) fds.set(inode, [...(fds.get(inode) ?? []), fd]);
  }
  if (fds.size === 0) return [];
  const table = (file: string): string => textOf(details, `/proc/${stat.pid}/net/${file}`) ?? '';
  const found = socketsOf(table, fds, surroundings.bigEndian);
  return [...fds].map(([inode, list]) => ({ inode, fds: list, ...(found.get(inode) ?? UNKNOWN) }));
}

/** Of whole tables, the sockets with these inodes. */
function socketsOf(
  table: (file: string) => string,
  wanted: ReadonlyMap<string, unknown>,
  bigEndian: boolean,
): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  const take = (inode: string, known: () => Known): void => {
    if (wanted.has(inode)) found.set(inode, known());
  };
  for (const [file, protocol, family] of INET_FILES) {
    for (const one of parseInetSockets(table(file), family, protocol, bigEndian)) {
      take(String(one.inode), () => inetConnection(one));
    }
  }
  for (const one of parseUnixSockets(table('unix'))) take(String(one.inode), () => unixConnection(one));
  for (const protocol of ['netlink', 'packet']) {
    // The inode is the last column of both.
    for (const line of wholeLines(table(protocol))) take(words(line).at(-1) ?? '', () => ({ ...UNKNOWN, protocol }));
  }
  return found;
}

function inetConnection(one: InetSocket): Known {
  const connected = one.remotePort !== 0 || !/^[0.:]+$/.test(one.remoteAddress);
  // Of a raw socket it is the number of the protocol.
  const hasPorts = one.protocol !== 'raw';
  return {
    protocol: one.family === 'ipv6' ? `${one.protocol}6` : one.protocol,
    localAddress: one.localAddress,
    localPort: hasPorts ? one.localPort : null,
    remoteAddress: connected ? one.remoteAddress : null,
    remotePort: connected && hasPorts ? one.remotePort : null,
    path: null,
    state: one.state,
    receiveQueue: one.receiveQueueBytes,
    sendQueue: one.sendQueueBytes,
  };
}

function unixConnection({ type, state, path }: UnixSocket): Known {
  return { ...UNKNOWN, protocol: type === 'unknown' ? 'unix' : `unix ${type}`, path, state };
}
