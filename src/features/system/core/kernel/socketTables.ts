import { decodeBytes } from './bytes';
import { hexAddress } from './socketAddress';
import { count, wholeLines, words } from './text';

export type InetFamily = 'ipv4' | 'ipv6';
/** icmp: the sockets of ping without privileges, see icmp(7). */
export type InetProtocol = 'tcp' | 'udp' | 'udplite' | 'raw' | 'icmp';

/** As the filters of ss(8) call them; unconnected is a socket without a peer that is not of TCP. */
export const SOCKET_STATES = [
  'listening',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close-wait',
  'last-ack',
  'closing',
  'closed',
  'unconnected',
  'unknown',
] as const;
export type SocketState = (typeof SOCKET_STATES)[number];

export const SOCKET_TIMERS = ['none', 'retransmit', 'keepalive', 'time-wait', 'probe', 'unknown'] as const;
export type SocketTimer = (typeof SOCKET_TIMERS)[number];

/** A line of /proc/net/{tcp,udp,udplite,raw,icmp} and the same with 6, see proc_net(5). */
export interface InetSocket {
  readonly family: InetFamily;
  readonly protocol: InetProtocol;
  readonly localAddress: string;
  /** Of a raw socket the number of its IP protocol stands here, of a ping socket the ICMP identifier. */
  readonly localPort: number;
  readonly remoteAddress: string;
  /** 0 without a peer. */
  readonly remotePort: number;
  readonly state: SocketState;
  /** Not yet acknowledged. */
  readonly sendQueueBytes: number;
  /** Not yet read; of a listening socket it is the number of connections that wait to be accepted. */
  readonly receiveQueueBytes: number;
  readonly timer: SocketTimer;
  /** Clock ticks until it fires. */
  readonly timerTicks: number;
  /** Of the oldest unacknowledged segment. */
  readonly retransmits: number;
  /** Unanswered keep-alive or window probes. */
  readonly probes: number;
  readonly uid: number;
  /** 0: no process has it (any more). */
  readonly inode: number;
  /** Datagrams thrown away for want of room; null where it is not counted. */
  readonly drops: number | null;
}

const STATES: readonly SocketState[] = [
  'unknown',
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'closed',
  'close-wait',
  'last-ack',
  'listening',
  'closing',
  // Half-open ones have a state of their own since 4.1, which the file hides.
  'syn-recv',
];
const TIMERS: readonly SocketTimer[] = ['none', 'retransmit', 'keepalive', 'time-wait', 'probe'];
const CLOSED = 7;
const INODE = 9;
const DROPS = 12;

/** Lines that are none are left out. `bigEndian`: see `isBigEndian`. */
export function parseInetSockets(
  text: string,
  family: InetFamily,
  protocol: InetProtocol,
  bigEndian = false,
): readonly InetSocket[] {
  const sockets: InetSocket[] = [];
  for (const line of wholeLines(text)) {
    const socket = inetSocket(words(line), family, protocol, bigEndian);
    if (socket !== null) sockets.push(socket);
  }
  return sockets;
}

function inetSocket(
  columns: readonly string[],
  family: InetFamily,
  protocol: InetProtocol,
  bigEndian: boolean,
): InetSocket | null {
  const local = endpoint(columns[1], bigEndian);
  const remote = endpoint(columns[2], bigEndian);
  const inode = count(columns[INODE]);
  if (local === null || remote === null || inode === null) return null;
  const [sendQueueBytes, receiveQueueBytes] = hexPair(columns[4]);
  const [timer, timerTicks] = hexPair(columns[5]);
  return {
    family,
    protocol,
    localAddress: local.address,
    localPort: local.port,
    remoteAddress: remote.address,
    remotePort: remote.port,
    state: stateOf(Number.parseInt(columns[3] ?? '', 16), protocol),
    sendQueueBytes,
    receiveQueueBytes,
    timer: TIMERS[timer] ?? 'unknown',
    timerTicks,
    retransmits: hexNumber(columns[6]),
    uid: count(columns[7]) ?? 0,
    probes: count(columns[8]) ?? 0,
    inode,
    drops: protocol === 'tcp' ? null : count(columns[DROPS]),
  };
}

function endpoint(text = '', bigEndian: boolean): { readonly address: string; readonly port: number } | null {
  const colon = text.indexOf(':');
  const address = colon < 0 ? null : hexAddress(text.slice(0, colon), bigEndian);
  const port = Number.parseInt(text.slice(colon + 1), 16);
  return address === null || !(port >= 0 && port <= 0xffff) ? null : { address, port };
}

/** The kernel keeps the state of TCP also for sockets that have none: closed means that they have no peer. */
function stateOf(number: number, protocol: InetProtocol): SocketState {
  if (protocol !== 'tcp' && number === CLOSED) return 'unconnected';
  return STATES[number] ?? 'unknown';
}

function hexPair(text = ''): readonly [number, number] {
  const colon = text.indexOf(':');
  return [hexNumber(text.slice(0, colon)), hexNumber(text.slice(colon + 1))];
}

function hexNumber(text = ''): number {
  return /^[0-9A-Fa-f]{1,12}$/.test(text) ? Number.parseInt(text, 16) : 0;
}

export type UnixType = 'stream' | 'datagram' | 'seqpacket' | 'unknown';

/** A line of /proc/net/unix, see unix(7) and proc_net(5). */
export interface UnixSocket {
  readonly type: UnixType;
  readonly state: SocketState;
  readonly inode: number;
  /** null of one without a name. One in the abstract name space begins with '@', as do the NULs within it. */
  readonly path: string | null;
}

const UNIX_TYPES: Readonly<Record<string, UnixType>> = { '0001': 'stream', '0002': 'datagram', '0005': 'seqpacket' };
/** __SO_ACCEPTCON of the kernel's linux/net.h. */
const ACCEPTS = 0x10000;
const UNIX_LINE = /^[0-9A-Fa-f]+: [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{4}) ([0-9A-F]{2}) +(\d+)(?: (.*))?$/s;

/** `text`: every character is a byte. A path may hold blanks and line feeds: what is no line continues the one before. */
export function parseUnixSockets(text: string): readonly UnixSocket[] {
  const sockets: UnixSocket[] = [];
  let open: string | null = null;
  const close = (): void => {
    const socket = open === null ? null : unixSocket(open);
    if (socket !== null) sockets.push(socket);
  };
  for (const line of wholeLines(text)) {
    if (!UNIX_LINE.test(line)) {
      if (open !== null) open += `\n${line}`;
      continue;
    }
    close();
    open = line;
  }
  close();
  return sockets;
}

function unixSocket(line: string): UnixSocket | null {
  const [, flags = '', type = '', state, inode, path = ''] = UNIX_LINE.exec(line) ?? [];
  if (state === undefined || inode === undefined) return null;
  const accepts = (Number.parseInt(flags, 16) & ACCEPTS) !== 0;
  return {
    type: UNIX_TYPES[type] ?? 'unknown',
    state: accepts ? 'listening' : unixState(state),
    inode: Number(inode),
    path: path === '' ? null : decodeBytes(path),
  };
}

/** SS_* of the kernel's uapi/linux/net.h. */
function unixState(state: string): SocketState {
  const states: Readonly<Record<string, SocketState>> = {
    '01': 'unconnected',
    '02': 'syn-sent',
    '03': 'established',
    '04': 'closing',
  };
  return states[state] ?? 'unknown';
}
