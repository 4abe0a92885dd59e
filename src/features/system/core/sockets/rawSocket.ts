import type { FileTexts } from '../../../../machine/machine';
import {
  etherTypeName,
  ipProtocolName,
  netlinkName,
  parseNetlinkSockets,
  parsePacketSockets,
} from '../kernel/netProtocols';
import { parseInetSockets, parseUnixSockets, type InetSocket, type UnixSocket } from '../kernel/socketTables';
import { hasPorts, type SocketTable } from './query';
import type { SocketEntry } from './schema';

/** A socket before its owners, the name of its user and its traffic are known. */
export type RawSocket = Omit<SocketEntry, 'owner' | 'owners' | 'user' | 'traffic' | 'peer'>;

export interface TableScale {
  readonly bigEndian: boolean;
  readonly ticksPerSecond: number;
  /** null for the machine's own. */
  readonly namespace: string | null;
}

/** The sockets of a folder such as /proc/net; a table that this kernel does not have adds nothing. */
export function rawSockets(
  texts: FileTexts,
  folder: string,
  tables: readonly SocketTable[],
  scale: TableScale,
): RawSocket[] {
  return tables.flatMap((table) => {
    const text = texts.get(`${folder}/${table.file}`);
    return typeof text === 'string' ? ofTable(text, table, scale) : [];
  });
}

function ofTable(text: string, table: SocketTable, scale: TableScale): readonly RawSocket[] {
  switch (table.kind) {
    case 'inet':
      return parseInetSockets(text, table.family, table.protocol, scale.bigEndian).map((one) => inetSocket(one, scale));
    case 'unix':
      return parseUnixSockets(text).map((one, index) => unixSocket(one, index, scale));
    case 'packet':
      return packetSockets(text, scale);
    case 'netlink':
      return netlinkSockets(text, scale);
  }
}

const NOTHING = {
  type: 'unknown',
  localAddress: null,
  localPort: null,
  remoteAddress: null,
  remotePort: null,
  path: null,
  detail: null,
  interface: null,
  state: 'unconnected',
  receiveQueueBytes: null,
  sendQueueBytes: null,
  backlog: null,
  timer: 'none',
  timerMs: null,
  retransmits: null,
  probes: null,
  drops: null,
  uid: null,
} as const;

function keyOf(namespace: string | null, protocol: string, rest: string): string {
  return `${namespace === null ? '' : `${namespace}/`}${protocol}/${rest}`;
}

function inetSocket(socket: InetSocket, { namespace, ticksPerSecond }: TableScale): RawSocket {
  const { protocol, family, localAddress, localPort, remoteAddress, remotePort, state, inode } = socket;
  const ports = hasPorts(socket);
  const peer = remotePort !== 0 || !/^(0\.0\.0\.0|::)$/.test(remoteAddress);
  const ends = `${family}/${localAddress}:${localPort}/${remoteAddress}:${remotePort}`;
  const listens = state === 'listening';
  return {
    key: keyOf(namespace, protocol, inode === 0 ? ends : String(inode)),
    protocol,
    family,
    type: protocol === 'tcp' ? 'stream' : protocol === 'raw' ? 'raw' : 'datagram',
    localAddress,
    localPort: ports ? localPort : null,
    remoteAddress: peer ? remoteAddress : null,
    remotePort: peer && ports ? remotePort : null,
    path: null,
    detail: protocol === 'raw' ? ipProtocolName(localPort) : null,
    interface: null,
    state,
    receiveQueueBytes: listens ? 0 : socket.receiveQueueBytes,
    sendQueueBytes: listens ? 0 : socket.sendQueueBytes,
    backlog: listens ? { waiting: socket.receiveQueueBytes, limit: null } : null,
    timer: socket.timer,
    timerMs: socket.timer === 'none' ? null : (socket.timerTicks * 1000) / ticksPerSecond,
    retransmits: socket.retransmits,
    probes: socket.probes,
    drops: socket.drops,
    uid: socket.uid,
    inode,
    namespace,
  };
}

/** Those that wait to be accepted have no number yet: they are told apart by their place in the file. */
function unixSocket({ type, state, inode, path }: UnixSocket, index: number, { namespace }: TableScale): RawSocket {
  const key = keyOf(namespace, 'unix', inode === 0 ? `waiting/${index}` : String(inode));
  return { ...NOTHING, key, protocol: 'unix', family: 'unix', type, state, inode, path, namespace };
}

function packetSockets(text: string, { namespace }: TableScale): readonly RawSocket[] {
  return parsePacketSockets(text).map(({ type, protocolNumber, interfaceIndex, receiveQueueBytes, uid, inode }) => ({
    ...NOTHING,
    key: keyOf(namespace, 'packet', String(inode)),
    protocol: 'packet',
    family: 'packet',
    type,
    detail: etherTypeName(protocolNumber),
    interface: interfaceIndex === 0 ? null : String(interfaceIndex),
    receiveQueueBytes,
    uid,
    inode,
    namespace,
  }));
}

function netlinkSockets(text: string, { namespace }: TableScale): readonly RawSocket[] {
  return parseNetlinkSockets(text).map((socket) => ({
    ...NOTHING,
    key: keyOf(namespace, 'netlink', `${socket.protocolNumber}/${socket.portId}`),
    protocol: 'netlink',
    family: 'netlink',
    type: 'datagram',
    localAddress: String(socket.portId),
    detail: netlinkName(socket.protocolNumber),
    receiveQueueBytes: socket.receiveQueueBytes,
    sendQueueBytes: socket.sendQueueBytes,
    drops: socket.drops,
    // The kernel's own end has one as well, but no process has it.
    inode: socket.inode,
    namespace,
  }));
}
