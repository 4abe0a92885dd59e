import type { TextComparison } from './schema';

const WINDOW_BYTES = 32;
const BEFORE_BYTES = 16;
const STEP_BYTES = 65_536;

/** Where two contents differ first, with the bytes around it; null where they are the same. */
export function firstDifference(left: Buffer, right: Buffer): TextComparison['firstDifference'] {
  const offset = differingOffset(left, right);
  if (offset === null) return null;
  const windowStart = Math.max(0, (offset & ~0xf) - BEFORE_BYTES);
  const hex = (bytes: Buffer): string => bytes.toString('hex', windowStart, windowStart + WINDOW_BYTES);
  return { offset, windowStart, left: hex(left), right: hex(right) };
}

function differingOffset(left: Buffer, right: Buffer): number | null {
  const shorter = Math.min(left.length, right.length);
  for (let start = 0; start < shorter; start += STEP_BYTES) {
    const end = Math.min(start + STEP_BYTES, shorter);
    if (left.compare(right, start, end, start, end) === 0) continue;
    for (let at = start; at < end; at++) if (left[at] !== right[at]) return at;
  }
  return left.length === right.length ? null : shorter;
}
