import type { Before } from './entry';
import type { FixedParts, RareParts } from './fixedParts';
import type { ProcessEntry } from './schema';

/** What is kept of a process until the next reading. */
export interface Remembered extends Before {
  readonly startTicks: number;
  /** The kernel's name: another one tells that another program runs. */
  readonly nameBytes: string;
  /** null where it was not read, or not all of it. */
  readonly fixed: FixedParts | null;
  readonly rare: RareParts | null;
  /** null where not all processes are shown: it would be much for those that are not. */
  readonly entry: ProcessEntry | null;
}

/** One process on its way into the list. */
export interface Candidate extends Remembered {
  readonly entry: ProcessEntry;
}

/** Seconds by two clocks: the machine's own, which knows nothing of the way to it, and ours. */
export interface Moment {
  readonly uptimeSeconds: number | null;
  readonly monotonicMs: number;
}

/**
 * Between two readings. Some containers have an uptime of whole seconds, which is of no use here. null when no time
 * has passed.
 */
export function secondsBetween(before: Moment, after: Moment): number | null {
  const [from, to] = [before.uptimeSeconds, after.uptimeSeconds];
  const exact = from !== null && to !== null && !(Number.isInteger(from) && Number.isInteger(to));
  const seconds = exact ? to - from : (after.monotonicMs - before.monotonicMs) / 1000;
  return seconds > 0 ? seconds : null;
}
