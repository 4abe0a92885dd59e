import { intern, type Interned } from './intern';
import type { Change } from './opcode';
import { editScript } from './script';
import { changesOf, settled } from './settle';
import { keepShared } from './shared';

export interface LineOptions {
  /** Search for a shortest script whatever it costs: its time grows with length times edits. */
  readonly minimal?: boolean;
  /** Asked now and then; once true, the rest is no longer searched for the shortest script. The answer stays valid. */
  readonly isLate?: () => boolean;
}

export interface LineComparison {
  /** Ascending; between two of them both sides are equal. */
  readonly changes: readonly Change[];
  /** Whether it is known that no script deletes and inserts fewer lines. */
  readonly isMinimal: boolean;
}

/** About so many steps are spent at most where a script need not be minimal: a few tenths of a second. */
const STEPS_WORTH = 50_000_000;
const LEAST_CAP = 64;
const LARGEST_CAP = 2_048;

/** What has to be deleted from `left` and inserted into it to become `right`. */
export function compareLines(
  left: readonly string[],
  right: readonly string[],
  options: LineOptions = {},
): LineComparison {
  return compareInterned(intern(left, right), options);
}

export function compareInterned(interned: Interned, options: LineOptions = {}): LineComparison {
  const { left, right, distinct } = interned;
  const keptLeft = keepShared(left, right, distinct);
  const keptRight = keepShared(right, left, distinct);
  const script = editScript(keptLeft.numbers, keptRight.numbers, {
    costCap: options.minimal === true ? Infinity : capFor(keptLeft.numbers.length + keptRight.numbers.length),
    isLate: options.isLate ?? ((): boolean => false),
  });
  const deleted = spread(script.deleted, keptLeft.places, left.length);
  const inserted = spread(script.inserted, keptRight.places, right.length);
  return { changes: settled(changesOf(deleted, inserted), interned), isMinimal: script.isMinimal };
}

/** The longer the texts, the sooner a search is given up, so that what all searches cost together has a bound. */
function capFor(length: number): number {
  return Math.max(LEAST_CAP, Math.min(LARGEST_CAP, Math.round(STEPS_WORTH / Math.max(1, length))));
}

/** From what was kept to the whole sequence; what was left out is changed. */
function spread(changed: Uint8Array, places: Int32Array, length: number): Uint8Array {
  const whole = new Uint8Array(length).fill(1);
  for (let at = 0; at < places.length; at++) whole[places[at] as number] = changed[at] as number;
  return whole;
}
