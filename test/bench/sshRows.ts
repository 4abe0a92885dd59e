import type { BenchRow } from './row';
import { median } from './statistics';

/** A row of times in milliseconds, which are to be short. `peer` begins with the name that its budget is of. */
export function ratioRow(
  what: string,
  own: readonly number[],
  peer: string,
  theirs: readonly number[],
  budget: number | null,
): BenchRow {
  const ratio = median(own) / median(theirs);
  return {
    what,
    ours: timeText(median(own)),
    peer: `${peer} ${timeText(median(theirs))}`,
    ratio,
    budget: budget === null ? '' : `≤ ${budget} × ${peer.split(' ')[0] ?? ''}`,
    met: budget === null ? null : ratio <= budget,
  };
}

function timeText(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}
