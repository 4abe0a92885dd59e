import { count, decimal, words } from './text';

/** What ss(8) tells of a TCP socket beyond /proc/net/tcp (struct tcp_info of the kernel). null: not told. */
export interface SsTcp {
  readonly listening: boolean;
  /** Of a listening socket: connections that may wait to be accepted. */
  readonly backlogLimit: number | null;
  /** The interface it is bound to, or whose link-local address it has. */
  readonly interfaceName: string | null;
  readonly roundTripMs: number | null;
  readonly roundTripVarianceMs: number | null;
  readonly minimumRoundTripMs: number | null;
  /** Segments. */
  readonly congestionWindow: number | null;
  /** Such as cubic or bbr. */
  readonly congestionControl: string | null;
  readonly segmentBytes: number | null;
  /** Arrived at the other side. */
  readonly ackedBytes: number | null;
  readonly receivedBytes: number | null;
  readonly retransmittedBytes: number | null;
  /** Segments, since the connection was made. */
  readonly retransmits: number | null;
  readonly lostSegments: number | null;
  readonly unackedSegments: number | null;
  readonly deliveryBitsPerSecond: number | null;
  readonly lastReceivedMs: number | null;
}

/** Options that stand as words before the name of the congestion control. */
const OPTIONS = new Set(['ts', 'sack', 'ecn', 'ecnseen', 'fastopen']);

/**
 * The output of `ss -tinae`: a line a socket, details in the next one, which begins with a blank. By inode; those that
 * no process has are left out. ss leaves out counters that are 0, and kernels before 4.1 have none.
 */
export function parseSsTcp(text: string): ReadonlyMap<number, SsTcp> {
  const sockets = new Map<number, SsTcp>();
  const counted = /\sbytes_(?:acked|received):\d/.test(text);
  let head: string | null = null;
  for (const line of text.split('\n')) {
    if (!/^\s/.test(line)) head = line;
    else if (head !== null) {
      addSocket(sockets, head, line, counted);
      head = null;
    }
  }
  return sockets;
}

function addSocket(sockets: Map<number, SsTcp>, head: string, details: string, counted: boolean): void {
  const inode = count(/\sino:(\d+)/.exec(head)?.[1]);
  if (inode === null || inode === 0) return;
  const [state, , sendQueue, local = ''] = words(head);
  const values = new Map<string, string>();
  const plain: string[] = [];
  for (const word of words(details)) {
    const colon = word.indexOf(':');
    if (colon > 0) values.set(word.slice(0, colon), word.slice(colon + 1));
    else plain.push(word);
  }
  const listening = state === 'LISTEN';
  sockets.set(inode, {
    listening,
    backlogLimit: listening ? count(sendQueue) : null,
    interfaceName: /%([^:\]]+)/.exec(local)?.[1] ?? null,
    ...infoOf(values, counted && !listening),
    congestionControl: listening ? null : (plain.find((word) => !OPTIONS.has(word)) ?? null),
    deliveryBitsPerSecond: bitsPerSecond(plain, 'delivery_rate'),
  });
}

type Info = Omit<SsTcp, 'listening' | 'backlogLimit' | 'interfaceName' | 'congestionControl' | 'deliveryBitsPerSecond'>;

function infoOf(values: ReadonlyMap<string, string>, counted: boolean): Info {
  const counter = (name: string): number | null => count(values.get(name)) ?? (counted ? 0 : null);
  const [roundTrip, variance] = (values.get('rtt') ?? '').split('/');
  const known = roundTrip !== undefined && roundTrip !== '';
  const [, retransmits] = (values.get('retrans') ?? '').split('/');
  return {
    roundTripMs: decimal(roundTrip),
    roundTripVarianceMs: decimal(variance),
    minimumRoundTripMs: decimal(values.get('minrtt')),
    congestionWindow: count(values.get('cwnd')),
    segmentBytes: count(values.get('mss')),
    ackedBytes: counter('bytes_acked'),
    receivedBytes: counter('bytes_received'),
    retransmittedBytes: counter('bytes_retrans'),
    retransmits: count(retransmits) ?? (known ? 0 : null),
    lostSegments: count(values.get('lost')) ?? (known ? 0 : null),
    unackedSegments: count(values.get('unacked')) ?? (known ? 0 : null),
    lastReceivedMs: count(values.get('lastrcv')),
  };
}

/** Stands as two words: 'delivery_rate 27720648bps'. */
function bitsPerSecond(plain: readonly string[], name: string): number | null {
  const at = plain.indexOf(name);
  const value = at < 0 ? undefined : plain[at + 1];
  return value?.endsWith('bps') === true ? decimal(value.slice(0, -3)) : null;
}

/** What ss(8) tells of a unix socket beyond /proc/net/unix. */
export interface SsUnix {
  readonly inode: number;
  readonly receiveQueue: number;
  readonly sendQueue: number;
  /** null without a peer. */
  readonly peerInode: number | null;
}

const UNIX_LINE = /^\s*u_\w+\s+\S+\s+(\d+)\s+(\d+)\s+(.*)$/;

/**
 * The output of `ss -xan`: type, state, queues, path, inode, path of the peer, its inode. Paths may hold blanks and
 * numbers, so `paths` (inode → path or null, of /proc/net/unix) decides where the first one ends.
 */
export function parseSsUnix(text: string, paths: ReadonlyMap<number, string | null>): ReadonlyMap<number, SsUnix> {
  const sockets = new Map<number, SsUnix>();
  for (const line of text.split('\n')) {
    const [, receiveQueue, sendQueue, rest = ''] = UNIX_LINE.exec(line) ?? [];
    const ends = endpoints(rest, paths);
    if (ends === null) continue;
    sockets.set(ends.inode, {
      inode: ends.inode,
      receiveQueue: Number(receiveQueue),
      sendQueue: Number(sendQueue),
      peerInode: ends.peer === 0 ? null : ends.peer,
    });
  }
  return sockets;
}

function endpoints(
  rest: string,
  paths: ReadonlyMap<number, string | null>,
): { readonly inode: number; readonly peer: number } | null {
  const peer = count(/ (\d+)\s*(?:<->|-->|<--|---)?\s*$/.exec(rest)?.[1]);
  if (peer === null) return null;
  for (const match of rest.matchAll(/ (\d+) /g)) {
    const inode = Number(match[1]);
    const known = paths.get(inode);
    if (known !== undefined && rest.slice(0, match.index).trim() === (known ?? '*')) return { inode, peer };
  }
  return null;
}
