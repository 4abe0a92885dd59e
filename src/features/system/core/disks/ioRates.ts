import { advance, percentOf, perSecond, roundedTo } from '../kernel/numbers';
import type { IoCounters } from './ioCounters';
import type { DiskDevice, DiskFlow } from './schema';

type Rates = Pick<DiskDevice, 'read' | 'write' | 'discard' | 'flush' | 'queueLength' | 'utilisationPercent'>;

interface FlowColumns {
  readonly requests: keyof IoCounters;
  readonly merged: keyof IoCounters;
  readonly bytes: keyof IoCounters;
  readonly ms: keyof IoCounters;
}

const READ: FlowColumns = { requests: 'reads', merged: 'readsMerged', bytes: 'readBytes', ms: 'readMs' };
const WRITE: FlowColumns = { requests: 'writes', merged: 'writesMerged', bytes: 'writtenBytes', ms: 'writeMs' };
const DISCARD: FlowColumns = {
  requests: 'discards',
  merged: 'discardsMerged',
  bytes: 'discardedBytes',
  ms: 'discardMs',
};

/** What iostat -x derives from two readings of a device; rates are null without an earlier one. */
export function ioRates(before: IoCounters | undefined, now: IoCounters, seconds: number | null): Rates {
  const elapsedMs = seconds === null ? null : seconds * 1000;
  const step = stepsOf(before, now);
  return {
    read: flowOf(before, now, READ, seconds),
    write: flowOf(before, now, WRITE, seconds),
    discard: now.discards === null ? null : flowOf(before, now, DISCARD, seconds),
    flush:
      now.flushes === null
        ? null
        : {
            perSecond: perSecond(before?.flushes, now.flushes, seconds, 2),
            awaitMs: ratio(step('flushMs'), step('flushes')),
          },
    queueLength: ratio(step('weightedMs'), elapsedMs),
    utilisationPercent: percentOf(step('busyMs'), elapsedMs),
  };
}

function flowOf(
  before: IoCounters | undefined,
  now: IoCounters,
  columns: FlowColumns,
  seconds: number | null,
): DiskFlow {
  const step = stepsOf(before, now);
  const value = (of: IoCounters | undefined, key: keyof IoCounters): number | null => numberOf(of?.[key]);
  const requests = step(columns.requests);
  const merged = step(columns.merged);
  const rate = (key: keyof IoCounters, digits: number): number | null =>
    perSecond(value(before, key), value(now, key), seconds, digits);
  return {
    perSecond: rate(columns.requests, 2),
    bytesPerSecond: rate(columns.bytes, 0),
    mergedPerSecond: rate(columns.merged, 2),
    mergedPercent: requests === null || merged === null ? null : percentOf(merged, requests + merged),
    awaitMs: ratio(step(columns.ms), requests),
    requestBytes: ratio(step(columns.bytes), requests),
  };
}

function stepsOf(before: IoCounters | undefined, now: IoCounters): (key: keyof IoCounters) => number | null {
  return (key) => (before === undefined ? null : advance(numberOf(before[key]), numberOf(now[key])));
}

function numberOf(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : roundedTo(part / whole, 2);
}
