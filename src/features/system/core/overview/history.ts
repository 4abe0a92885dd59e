import { sumOf } from '../kernel/numbers';
import { outerInterfaces } from './rates/network';
import { outerDevices } from './rates/storage';
import type { History, Sample } from './schema/overview';

export const HISTORY_LENGTH = 300;
/** A longer time between samples than so many times the usual one is shown as a gap. */
const GAP_FACTOR = 3;

type Line = Exclude<keyof History, 'timesMs'>;

export const EMPTY_HISTORY: History = {
  timesMs: [],
  cpuUserPercent: [],
  cpuSystemPercent: [],
  cpuIowaitPercent: [],
  cpuStealPercent: [],
  memoryUsedBytes: [],
  memoryCacheBytes: [],
  swapUsedBytes: [],
  networkReceivedBytesPerSecond: [],
  networkSentBytesPerSecond: [],
  diskReadBytesPerSecond: [],
  diskWrittenBytesPerSecond: [],
};
const LINES = Object.keys(EMPTY_HISTORY).filter((key): key is Line => key !== 'timesMs');

/** With one more sample at its end, and without the oldest ones beyond the bound. */
export function extendedHistory(history: History, sample: Sample): History {
  const values = chartedValues(sample);
  // Where the clock was set back, what lies in its future would stand on the wrong side of the new sample.
  const kept = history.timesMs.findLastIndex((time) => time < sample.takenAtMs) + 1;
  const gapMs = gapBefore(history.timesMs.slice(0, kept), sample.takenAtMs);
  const append = <T>(old: readonly T[], gap: T, value: T): readonly T[] =>
    [...old.slice(0, kept), ...(gapMs === null ? [] : [gap]), value].slice(-HISTORY_LENGTH);
  const lines = LINES.map((line) => [line, append(history[line], null, values[line])] as const);
  const extended = Object.fromEntries(lines) as Record<Line, readonly (number | null)[]>;
  return { timesMs: append(history.timesMs, gapMs ?? 0, sample.takenAtMs), ...extended };
}

/** Where an empty point belongs before a sample that came late; null when it did not, or when it cannot be said yet. */
function gapBefore(timesMs: readonly number[], takenAtMs: number): number | null {
  const recent = timesMs.slice(-4);
  const last = recent.at(-1);
  if (last === undefined || recent.length < 4) return null;
  const steps = recent.slice(1).map((time, index) => time - (recent[index] ?? time));
  const usual = steps.sort((one, other) => one - other)[1] ?? 0;
  return takenAtMs - last > GAP_FACTOR * usual ? last + usual : null;
}

function chartedValues({ cpu, memory, swap, interfaces, blockDevices }: Sample): Record<Line, number | null> {
  const shares = cpu?.shares ?? null;
  const outer = outerInterfaces(interfaces);
  const disks = outerDevices(blockDevices);
  return {
    cpuUserPercent: shares === null ? null : sumOf([shares.userPercent, shares.nicePercent, shares.guestPercent]),
    cpuSystemPercent: shares === null ? null : sumOf([shares.systemPercent, shares.irqPercent, shares.softirqPercent]),
    cpuIowaitPercent: shares?.iowaitPercent ?? null,
    cpuStealPercent: shares?.stealPercent ?? null,
    memoryUsedBytes: memory?.usedBytes ?? null,
    memoryCacheBytes: memory === null ? null : sumOf([memory.buffersBytes, memory.cacheBytes]),
    swapUsedBytes: swap?.usedBytes ?? null,
    networkReceivedBytesPerSecond: sumOf(outer.map((one) => one.receivedBytesPerSecond)),
    networkSentBytesPerSecond: sumOf(outer.map((one) => one.sentBytesPerSecond)),
    diskReadBytesPerSecond: sumOf(disks.map((device) => device.readBytesPerSecond)),
    diskWrittenBytesPerSecond: sumOf(disks.map((device) => device.writtenBytesPerSecond)),
  };
}
