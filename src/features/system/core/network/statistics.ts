import { parseSnmp, parseSnmp6, type ProtocolCounter } from '../kernel/netSnmp';
import { advance, percentOf, perSecond } from '../kernel/numbers';
import type { CounterEntry, NetworkResult } from './schema';

/** By 'Tcp RetransSegs'. */
export type Counters = ReadonlyMap<string, ProtocolCounter>;

export function countersOf(snmp: string, netstat: string, snmp6: string): Counters {
  const all = [...parseSnmp(snmp), ...parseSnmp(netstat), ...parseSnmp6(snmp6)];
  return new Map(all.map((counter) => [`${counter.protocol} ${counter.name}`, counter]));
}

export function counterEntries(before: Counters | null, now: Counters, seconds: number | null): CounterEntry[] {
  return [...now].map(([key, { protocol, name, value }]) => ({
    protocol,
    name,
    value,
    perSecond: GAUGES.has(key) ? null : perSecond(before?.get(key)?.value, value, seconds, 2),
  }));
}

/** Values that are no counters. */
const GAUGES = new Set([
  'Ip Forwarding',
  'Ip DefaultTTL',
  'Tcp RtoAlgorithm',
  'Tcp RtoMin',
  'Tcp RtoMax',
  'Tcp MaxConn',
  'Tcp CurrEstab',
  'MPTcpExt MPCurrEstab',
]);

/** Fewer tell nothing about a link. */
const LEAST_SEGMENTS = 100;

/** Segments sent again, of all that were sent (which the kernel counts without them). */
export function retransmitPercent(before: Counters | null, now: Counters): NetworkResult['retransmitPercent'] {
  const value = (counters: Counters | null, name: string): number | undefined => counters?.get(`Tcp ${name}`)?.value;
  const again = value(now, 'RetransSegs');
  const sent = value(now, 'OutSegs');
  const total = again === undefined || sent === undefined ? null : percentOf(again, sent + again);
  const againNow = advance(value(before, 'RetransSegs'), again);
  const sentNow = advance(value(before, 'OutSegs'), sent);
  const enough = againNow !== null && sentNow !== null && sentNow + againNow >= LEAST_SEGMENTS;
  return { now: enough ? percentOf(againNow, sentNow + againNow) : null, total };
}
