import type { Change } from '../lines/opcode';
import type { AlikePair, FindAlike, LineRatios } from './alike';

const LIMIT = 0.74;
const CUTOFF = 0.75;

/** The two lines of the whole change that are most alike, then the same for what is before them and after them. */
export const alikeBest: FindAlike = function* (left, right, change, ratios) {
  const stack: (Change | AlikePair)[] = [change];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ('left' in next) {
      yield next;
      continue;
    }
    if (next.leftStart === next.leftEnd || next.rightStart === next.rightEnd) continue;
    const pair = mostAlike(left, right, next, ratios);
    if (pair === null) continue;
    stack.push({ ...next, leftStart: pair.left + 1, rightStart: pair.right + 1 }, pair, {
      ...next,
      leftEnd: pair.left,
      rightEnd: pair.right,
    });
  }
};

/** The first of the best. Equal lines (which were junk, or they were no change) count only where nothing else is alike. */
function mostAlike(
  left: readonly string[],
  right: readonly string[],
  { leftStart, leftEnd, rightStart, rightEnd }: Change,
  ratios: LineRatios,
): AlikePair | null {
  let best: AlikePair | null = null;
  let equal: AlikePair | null = null;
  let limit = LIMIT;
  for (let rightAt = rightStart; rightAt < rightEnd; rightAt++) {
    ratios.setRight(right[rightAt] as string);
    for (let leftAt = leftStart; leftAt < leftEnd; leftAt++) {
      if (left[leftAt] === right[rightAt]) {
        equal ??= { left: leftAt, right: rightAt };
        continue;
      }
      const ratio = ratios.above(limit, left[leftAt] as string);
      if (ratio !== null) [best, limit] = [{ left: leftAt, right: rightAt }, ratio];
    }
  }
  return limit >= CUTOFF ? best : equal;
}
