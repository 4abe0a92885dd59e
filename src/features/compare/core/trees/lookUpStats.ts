import { ExpectedError } from '../../../../lib/errors';
import { mapPool } from '../../../../lib/pool';
import { below } from '../../../../machine/treePaths';
import { factsOf, SIDES, type Side } from './entry';
import type { DirectoryRow } from './schema';
import type { TreeSide } from './side';
import type { Tally } from './tally';

/** Rows of which sizes are looked up when all is compared. */
const MOST_STATS = 2_000;
const STATS_AT_ONCE = 16;

/** Where nothing was looked at but content, sizes and times are told of what is shown. */
export async function lookUpStats(
  sides: Readonly<Record<Side, TreeSide>>,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  await mapPool(tally.withoutStat(MOST_STATS), STATS_AT_ONCE, async (row) => {
    const [left = null, right = null] = await Promise.all(SIDES.map((side) => lookUp(sides[side], row, side, signal)));
    tally.replace(row, { ...row, left, right });
  });
}

async function lookUp(
  { machine, root, told }: TreeSide,
  row: DirectoryRow,
  side: Side,
  signal: AbortSignal,
): Promise<DirectoryRow[Side]> {
  const known = row[side];
  if (known === null || known.mode !== null || told.source !== 'folder') return known;
  const path = side === 'right' ? (row.movedTo ?? row.path) : row.path;
  try {
    const stat = await machine.files.stat(below(root, path), signal);
    return factsOf({ name: '', kind: known.kind, stat, linkTarget: known.linkTarget, failure: null });
  } catch (error) {
    // It has gone meanwhile; what is known of it stays.
    if (error instanceof ExpectedError) return known;
    throw error;
  }
}
