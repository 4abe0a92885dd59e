import { perSecond, roundedTo, sumOf } from '../kernel/numbers';
import type { SsTcp } from '../kernel/ssOutput';
import type { ProcessTraffic, SocketEntry, SocketTraffic } from './schema';
import type { SsTraffic } from './ss';

/** `before` and `now`: two readings of ss, which is asked at its own time. */
export function trafficOf(inode: number, before: SsTraffic | null, now: SsTraffic): SocketTraffic | null {
  const info = now.tcp.get(inode);
  if (info === undefined || info.listening) return null;
  const earlier = before?.tcp.get(inode);
  const seconds = before === null ? null : (now.monotonicMs - before.monotonicMs) / 1000;
  return { ...countersOf(info), ...ratesOf(earlier, info, before === null ? null : seconds) };
}

function countersOf(info: SsTcp): Omit<SocketTraffic, 'sentBytesPerSecond' | 'receivedBytesPerSecond'> {
  return {
    roundTripMs: info.roundTripMs,
    roundTripVarianceMs: info.roundTripVarianceMs,
    minimumRoundTripMs: info.minimumRoundTripMs,
    congestionWindow: info.congestionWindow,
    congestionControl: info.congestionControl,
    segmentBytes: info.segmentBytes,
    sentBytes: info.ackedBytes,
    receivedBytes: info.receivedBytes,
    retransmittedBytes: info.retransmittedBytes,
    retransmits: info.retransmits,
    lostSegments: info.lostSegments,
    unackedSegments: info.unackedSegments,
    deliveryBitsPerSecond: info.deliveryBitsPerSecond,
    lastReceivedMs: info.lastReceivedMs,
  };
}

/** What a connection that came meanwhile has carried, it carried in that time. */
function ratesOf(
  earlier: SsTcp | undefined,
  info: SsTcp,
  seconds: number | null,
): Pick<SocketTraffic, 'sentBytesPerSecond' | 'receivedBytesPerSecond'> {
  const from = (counter: number | null | undefined): number | null => (earlier === undefined ? 0 : (counter ?? null));
  return {
    sentBytesPerSecond: perSecond(from(earlier?.ackedBytes), info.ackedBytes, seconds, 0),
    receivedBytesPerSecond: perSecond(from(earlier?.receivedBytes), info.receivedBytes, seconds, 0),
  };
}

/** The busiest first. Processes without a TCP connection are not in it. */
export function trafficByProcess(sockets: readonly SocketEntry[]): ProcessTraffic[] {
  const groups = new Map<string, SocketEntry[]>();
  for (const socket of sockets) {
    const owner = socket.owners[0];
    if (owner === undefined || socket.traffic === null) continue;
    const key = `${owner.pid}:${owner.startTicks}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [socket]);
    else group.push(socket);
  }
  return [...groups.values()].flatMap(summed).sort(byTraffic);
}

function summed(sockets: readonly SocketEntry[]): readonly ProcessTraffic[] {
  const owner = sockets[0]?.owners[0];
  if (owner === undefined) return [];
  const sum = (pick: (traffic: SocketTraffic) => number | null): number | null => {
    const total = sumOf(sockets.map(({ traffic }) => (traffic === null ? null : pick(traffic))));
    return total === null ? null : roundedTo(total, 0);
  };
  return [
    {
      pid: owner.pid,
      startTicks: owner.startTicks,
      name: owner.name,
      user: owner.user,
      connections: sockets.length,
      sentBytesPerSecond: sum((traffic) => traffic.sentBytesPerSecond),
      receivedBytesPerSecond: sum((traffic) => traffic.receivedBytesPerSecond),
      sentBytes: sum((traffic) => traffic.sentBytes),
      receivedBytes: sum((traffic) => traffic.receivedBytes),
    },
  ];
}

function byTraffic(one: ProcessTraffic, other: ProcessTraffic): number {
  const rate = (of: ProcessTraffic): number => (of.sentBytesPerSecond ?? 0) + (of.receivedBytesPerSecond ?? 0);
  const bytes = (of: ProcessTraffic): number => (of.sentBytes ?? 0) + (of.receivedBytes ?? 0);
  return rate(other) - rate(one) || bytes(other) - bytes(one) || one.pid - other.pid;
}
