import type { FileTexts } from '../../../../machine/machine';
import { perSecond, sumOf } from '../kernel/numbers';
import { count, singleValue, wholeLines, words } from '../kernel/text';
import { COUNTERS, DETAIL_COUNTERS, type InterfaceCounterSet, type InterfaceRateSet } from './interfaceSchema';

/** The sixteen columns of /proc/net/dev by name; every character of the name is a byte. */
export type DeviceCounters = ReadonlyMap<string, readonly (number | null)[]>;

/** In the order of the file. An alias of old kernels has a colon in its name. */
export function parseDeviceCounters(text: string): DeviceCounters {
  const devices = new Map<string, readonly (number | null)[]>();
  for (const line of wholeLines(text)) {
    const colon = line.lastIndexOf(':');
    const columns = words(line.slice(colon + 1));
    const name = line.slice(0, colon).trim();
    if (colon <= 0 || name === '' || columns.length < COUNTERS.length) continue;
    devices.set(name, columns.slice(0, COUNTERS.length).map(count));
  }
  return devices;
}

export const DETAIL_PATTERNS = Object.keys(DETAIL_COUNTERS).map((file) => `/sys/class/net/*/statistics/${file}`);

/** `texts`: the answer to DETAIL_PATTERNS. `name`: every character is a byte. */
export function counterSet(columns: readonly (number | null)[], texts: FileTexts, name: string): InterfaceCounterSet {
  const main = Object.fromEntries(COUNTERS.map((counter, index) => [counter, columns[index] ?? null]));
  const details = Object.entries(DETAIL_COUNTERS).map(([file, counter]) => {
    const text = singleValue(texts.get(`/sys/class/net/${name}/statistics/${file}`));
    return [counter, count(text ?? undefined)] as const;
  });
  return { ...main, ...Object.fromEntries(details) } as InterfaceCounterSet;
}

type Columns = readonly (number | null)[];
const at = (columns: Columns | undefined, name: (typeof COUNTERS)[number]): number | null =>
  columns?.[COUNTERS.indexOf(name)] ?? null;

/** `before` is undefined in the first reading, and of an interface that was not there then. */
export function rateSet(before: Columns | undefined, now: Columns, seconds: number | null): InterfaceRateSet {
  const one = (name: (typeof COUNTERS)[number], digits: number): number | null =>
    perSecond(at(before, name), at(now, name), seconds, digits);
  const both = (receive: (typeof COUNTERS)[number], send: (typeof COUNTERS)[number]): number | null => {
    const sum = (columns: Columns | undefined): number | null =>
      columns === undefined ? null : sumOf([at(columns, receive), at(columns, send)]);
    return perSecond(sum(before), sum(now), seconds);
  };
  return {
    receivedBytesPerSecond: one('receivedBytes', 0),
    sentBytesPerSecond: one('sentBytes', 0),
    receivedPacketsPerSecond: one('receivedPackets', 1),
    sentPacketsPerSecond: one('sentPackets', 1),
    errorsPerSecond: both('receiveErrors', 'sendErrors'),
    dropsPerSecond: both('receiveDrops', 'sendDrops'),
  };
}
