import type { FindAlike } from './alike';

/** Just below three quarters, which still count. */
const LIMIT = 0.74999;
const WINDOW = 10;

/** For each line of the right the one that is most like it among those of the left that stand at most ten lines away. */
export const alikeNear: FindAlike = function* (left, right, change, ratios) {
  let firstFree = change.leftStart;
  for (let at = change.rightStart; at < change.rightEnd; at++) {
    const opposite = change.leftStart + (at - change.rightStart);
    const start = Math.max(opposite - WINDOW, firstFree);
    const end = Math.min(opposite + WINDOW + 1, change.leftEnd);
    if (start >= end) return;
    ratios.setRight(right[at] as string);
    let best: number | null = null;
    let limit = LIMIT;
    for (let candidate = start; candidate < end; candidate++) {
      const ratio = ratios.above(limit, left[candidate] as string);
      if (ratio !== null) [best, limit] = [candidate, ratio];
    }
    if (best === null) continue;
    yield { left: best, right: at };
    firstFree = best + 1;
  }
};
