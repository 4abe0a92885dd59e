import { isAtOrBelow, pathsOf } from './groups';
import type { Counts, DirectoriesResult, DirectoryRow } from './schema';

export interface MergeAsk {
  /** What was looked at again; see PartAsk 'touched'. */
  readonly paths: readonly string[];
  /** Whether what is the same has rows; it has in what was looked at again. */
  readonly identical: boolean;
}

/**
 * A comparison in which what was looked at again takes the place of what was known of it. Where rows were left out, it
 * is not known what was said of a path without a row: only rows that are there are renewed.
 */
export function mergedResult(
  whole: DirectoriesResult,
  part: DirectoriesResult,
  { paths, identical }: MergeAsk,
): DirectoriesResult {
  const isTouched = (row: DirectoryRow): boolean =>
    pathsOf(row).some((own) => paths.some((path) => isAtOrBelow(own, path)));
  const dropped = whole.rows.filter(isTouched);
  const kept = whole.rows.filter((row) => !isTouched(row));
  const before = new Map(dropped.map((row) => [row.path, row]));
  // Folders on the way are told again.
  const told = new Set(kept.map(keyOf));
  const news = part.rows.filter((row) => !told.has(keyOf(row)));
  const known = whole.rowsLeftOut > 0 ? news.filter(({ path }) => before.has(path)) : news;
  const counts: { -readonly [Kind in keyof Counts]: number } = { ...whole.counts };
  for (const { difference } of dropped) counts[difference] -= 1;
  for (const { difference } of known) if (difference !== 'same') counts[difference] += 1;
  counts.same += changeOfSame(before, known, identical);
  const rows = [...kept, ...(identical ? known : known.filter(({ difference }) => difference !== 'same'))];
  return { ...whole, counts, rows: rows.sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

function keyOf({ difference, path }: DirectoryRow): string {
  return `${difference}:${path}`;
}

/** How many are the same now that were not, less those that no longer are. */
function changeOfSame(
  before: ReadonlyMap<string, DirectoryRow>,
  now: readonly DirectoryRow[],
  identical: boolean,
): number {
  const same = now.filter(({ difference }) => difference === 'same');
  // With rows for them, they were taken off by those.
  if (identical) return same.length;
  const alone = [...before.values()].filter(({ inside }) => inside !== null).map(({ path }) => path);
  const become = same.filter(({ path }) => before.has(path) || alone.some((folder) => isAtOrBelow(path, folder)));
  const ceased = now.filter(
    ({ path, difference, left, right }) =>
      difference !== 'same' && left !== null && right !== null && left.kind !== 'directory' && !before.has(path),
  );
  return become.length - ceased.length;
}
