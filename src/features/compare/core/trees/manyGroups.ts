import type { TreeEntry } from './entry';
import type { Metadata } from './inputs';

/** What the sides have at one path, by side; undefined where they have nothing. */
export type HeldEntries = readonly (Held | undefined)[];

export interface Held {
  readonly entry: TreeEntry;
  /** Of its content, where that was found out; or why it could not be. */
  content: string;
}

export interface GroupOptions {
  readonly metadata: readonly Metadata[];
  /** Sizes decide where contents were not compared. */
  readonly sizes: boolean;
  /** Times of files decide, as filecmp's shallow mode has it. */
  readonly times: boolean;
  readonly toleranceMs: number;
  readonly modeMask: number;
}

/** The sides that hold the same, the largest group first; of equal ones that with the first side. */
export function groupsOf(held: HeldEntries, options: GroupOptions): number[][] {
  const known = held.flatMap((one, side) => (one === undefined ? [] : [{ side, ...one }]));
  const parts = partsOf(known, options);
  const groups = new Map<string, number[]>();
  for (const one of known) {
    const signature = parts(one);
    groups.set(signature, [...(groups.get(signature) ?? []), one.side]);
  }
  const isTimed =
    options.metadata.includes('mtime') || (options.times && known.some(({ entry: { kind } }) => kind === 'file'));
  const all = [...groups.values()].flatMap((sides) => (isTimed ? byTime(sides, held, options.toleranceMs) : [sides]));
  return all.sort((one, other) => other.length - one.length || (one[0] ?? 0) - (other[0] ?? 0));
}

type Known = Held & { readonly side: number };

/** What has to be the same but times; what one of the sides does not tell is no difference. */
function partsOf(all: readonly Known[], { metadata, sizes, modeMask }: GroupOptions): (one: Known) => string {
  const isTold = (of: 'mode' | 'uid' | 'gid'): boolean => all.every(({ entry: { stat } }) => stat?.[of] != null);
  const withMode = metadata.includes('mode') && isTold('mode');
  const withOwner = metadata.includes('owner') && isTold('uid') && isTold('gid');
  const withXattrs = all.every(({ entry: { xattrs } }) => xattrs !== undefined);
  return ({ entry: { kind, stat, linkTarget, failure, xattrs }, content }) =>
    [
      kind,
      failure?.message ?? '',
      content,
      linkTarget ?? '',
      ...(sizes && kind === 'file' ? [stat?.sizeBytes ?? ''] : []),
      ...(withMode && kind !== 'symlink' ? [(stat?.mode ?? 0) & modeMask] : []),
      ...(withOwner ? [stat?.uid ?? '', stat?.gid ?? ''] : []),
      ...(withXattrs ? [xattrs ?? ''] : []),
    ].join('\0');
}

/** So that any two of a group are no further apart than that; a time that is not told is like any. */
function byTime(sides: readonly number[], held: HeldEntries, toleranceMs: number): number[][] {
  const timeOf = (side: number): number | null => held[side]?.entry.stat?.modifiedMs ?? null;
  const timed = sides.filter((side) => timeOf(side) !== null);
  const untold = sides.filter((side) => timeOf(side) === null);
  const groups: number[][] = [];
  let first = -Infinity;
  for (const side of timed.sort((one, other) => (timeOf(one) ?? 0) - (timeOf(other) ?? 0))) {
    const time = timeOf(side) ?? 0;
    // In microseconds: finer than that, what machines tell of the same file differs by rounding.
    if (Math.round(time * 1_000) - Math.round(first * 1_000) > toleranceMs * 1_000) {
      groups.push([]);
      first = time;
    }
    groups.at(-1)?.push(side);
  }
  const largest = [...groups].sort((one, other) => other.length - one.length)[0];
  if (largest === undefined) return [[...untold]];
  largest.push(...untold);
  return groups.map((group) => group.sort((one, other) => one - other));
}
