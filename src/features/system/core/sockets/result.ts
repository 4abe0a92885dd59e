import type { SsTcp, SsUnix } from '../kernel/ssOutput';
import { answerOf, isListening } from './answer';
import type { Holder, Holders, ProcessFacts } from './owners';
import type { SocketQuery } from './query';
import type { RawSocket } from './rawSocket';
import { trafficByProcess, trafficOf } from './rates';
import type { SocketEntry, SocketOwner, SocketsResult } from './schema';
import type { SsTraffic } from './ss';

/** All that one reading of a machine brought together. */
export interface Reading {
  readonly machine: string;
  readonly takenAtMs: number;
  readonly query: SocketQuery;
  readonly raws: readonly RawSocket[];
  readonly holders: Holders;
  readonly facts: ReadonlyMap<number, ProcessFacts>;
  userName(uid: number): string;
  readonly namespaces: SocketsResult['namespaces'];
  readonly problems: readonly string[];
  /** null where ss was not asked, or does not answer. */
  readonly unix: ReadonlyMap<number, SsUnix> | null;
  /** Paths of all unix sockets, also of those that are not asked for. */
  readonly paths: ReadonlyMap<number, string | null>;
}

/** What ss told of TCP in two readings, or why it did not. */
export interface Told {
  readonly before: SsTraffic | null;
  readonly now: SsTraffic | null;
  readonly missing: string | null;
}

export function resultOf(reading: Reading, { before, now, missing }: Told): SocketsResult {
  const sockets = reading.raws.map((raw) => entryOf(raw, reading, before, now)).sort(byPlace);
  const rated = before !== null && now !== null;
  return {
    machine: reading.machine,
    takenAtMs: reading.takenAtMs,
    filter: reading.query,
    measuring: false,
    intervalSeconds: rated ? (now.monotonicMs - before.monotonicMs) / 1000 : null,
    answer: reading.query.port === null ? null : answerOf(sockets),
    sockets,
    states: statesOf(sockets),
    processes: trafficByProcess(sockets),
    namespaces: reading.namespaces.map((one) => ({
      ...one,
      sockets: sockets.filter((socket) => socket.namespace === one.id).length,
    })),
    deniedProcesses: reading.holders.denied.size,
    trafficMissing: missing,
    problems: [...reading.problems],
  };
}

function entryOf(raw: RawSocket, reading: Reading, before: SsTraffic | null, now: SsTraffic | null): SocketEntry {
  const { holders, facts } = reading;
  const inode = raw.inode ?? 0;
  const owners = ownersOf(holders.byInode.get(inode) ?? [], facts);
  const info = raw.protocol === 'tcp' ? now?.tcp.get(inode) : undefined;
  return {
    ...raw,
    ...ofUnix(raw, reading),
    interface: raw.interface ?? info?.interfaceName ?? null,
    backlog: backlogOf(raw, info),
    user: raw.uid === null ? (owners[0]?.user ?? null) : reading.userName(raw.uid),
    owner: owners.length > 0 ? 'known' : inode !== 0 && !isKernels(raw) && isPartial(holders) ? 'denied' : 'none',
    owners,
    traffic: now === null || raw.protocol !== 'tcp' ? null : trafficOf(inode, before, now),
  };
}

/** Whether there are processes that could not be looked into. */
export function isPartial({ denied, hidden }: Holders): boolean {
  return denied.size > 0 || hidden;
}

/** The kernel's own end of netlink. */
export function isKernels({ protocol, localAddress }: RawSocket): boolean {
  return protocol === 'netlink' && localAddress === '0';
}

function backlogOf({ backlog }: RawSocket, info: SsTcp | undefined): SocketEntry['backlog'] {
  return backlog === null ? null : { ...backlog, limit: info?.backlogLimit ?? null };
}

function ofUnix(
  raw: RawSocket,
  { unix, holders, facts, paths }: Reading,
): Pick<SocketEntry, 'peer' | 'receiveQueueBytes' | 'sendQueueBytes'> {
  const told = raw.protocol === 'unix' ? unix?.get(raw.inode ?? 0) : undefined;
  if (told === undefined) {
    return { peer: null, receiveQueueBytes: raw.receiveQueueBytes, sendQueueBytes: raw.sendQueueBytes };
  }
  const { peerInode, receiveQueue, sendQueue } = told;
  const owners = peerInode === null ? [] : ownersOf(holders.byInode.get(peerInode) ?? [], facts);
  const peer = { inode: peerInode ?? 0, path: paths.get(peerInode ?? 0) ?? null };
  return {
    peer: peerInode === null ? null : { ...peer, owners: owners.map(({ pid, name }) => ({ pid, name })) },
    receiveQueueBytes: receiveQueue,
    sendQueueBytes: sendQueue,
  };
}

/** One that has ended since then is left out. */
function ownersOf(holders: readonly Holder[], facts: ReadonlyMap<number, ProcessFacts>): SocketOwner[] {
  return holders.flatMap(({ pid, fds }) => {
    const process = facts.get(pid);
    return process === undefined ? [] : [{ ...process, fds: [...fds].sort((one, other) => one - other) }];
  });
}

function statesOf(sockets: readonly SocketEntry[]): SocketsResult['states'] {
  const states: SocketsResult['states'] = {};
  for (const { state } of sockets) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/** Listening ones first, leftovers last; within that by port, then by address. */
function byPlace(one: SocketEntry, other: SocketEntry): number {
  return (
    rank(one) - rank(other) ||
    (one.localPort ?? 0) - (other.localPort ?? 0) ||
    compare(one.protocol, other.protocol) ||
    compare(one.path ?? one.localAddress ?? '', other.path ?? other.localAddress ?? '') ||
    compare(one.key, other.key)
  );
}

function rank(socket: SocketEntry): number {
  if (isListening(socket)) return 0;
  if (socket.state === 'established' || socket.state === 'unconnected') return 1;
  return socket.state === 'time-wait' ? 3 : 2;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
