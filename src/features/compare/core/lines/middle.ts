/** A box of the edit graph: left [leftStart, leftEnd) against right [rightStart, rightEnd). */
export interface Box {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/** A point on a path through a box, which is divided there. */
export interface Middle {
  readonly left: number;
  readonly right: number;
  /** false: the search was given up, and the point is only a good one. */
  readonly isOptimal: boolean;
}

/** A cost is looked at only so often. */
const ROUNDS_BETWEEN_LOOKS = 64;

/**
 * Finds where a shortest path crosses the middle of a box, from both of its corners at once, in linear space
 * (E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1, 1986, section 4b).
 *
 * A diagonal is left minus right. For each one the vectors keep how far (in `left`) a path of the present cost
 * comes: from the start as far as possible, from the end as near to the start as possible.
 */
export class MiddleSearch {
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  /** Index of diagonal 0; there is one more at either end, so that neighbours always exist. */
  private readonly zero: number;

  constructor(
    private readonly left: Int32Array,
    private readonly right: Int32Array,
    /** Edits after which the search within one box is given up from either side. */
    private readonly costCap: number,
    /** Asked now and then in a search without a cap; once true, the search is given up. */
    private readonly isLate: () => boolean,
  ) {
    this.forward = new Int32Array(left.length + right.length + 3);
    this.backward = new Int32Array(left.length + right.length + 3);
    this.zero = right.length + 1;
  }

  /** Of a box with both sides not empty, whose first and whose last elements differ. */
  find(box: Box): Middle {
    const { forward, backward, zero } = this;
    const lowest = box.leftStart - box.rightEnd;
    const highest = box.leftEnd - box.rightStart;
    const start = box.leftStart - box.rightStart;
    const end = box.leftEnd - box.rightEnd;
    const isOdd = ((end - start) & 1) !== 0;
    const ahead: Span = { low: start, high: start };
    const behind: Span = { low: end, high: end };
    forward[zero + start] = box.leftStart;
    backward[zero + end] = box.leftEnd;
    for (let cost = 1; ; cost++) {
      widen(ahead, lowest, highest, forward, zero, -1);
      const met = this.advance(box, ahead, isOdd ? behind : null);
      if (met !== null) return met;
      widen(behind, lowest, highest, backward, zero, 0x7fffffff);
      const metBehind = this.retreat(box, behind, isOdd ? null : ahead);
      if (metBehind !== null) return metBehind;
      if (cost >= this.costCap || (cost % ROUNDS_BETWEEN_LOOKS === 0 && this.isLate())) {
        return this.best(box, ahead, behind);
      }
    }
  }

  /** Every path from the start by one edit further. */
  private advance(box: Box, { low, high }: Span, behind: Span | null): Middle | null {
    const { forward, backward, zero, left, right } = this;
    const { leftEnd, rightEnd } = box;
    for (let diagonal = high; diagonal >= low; diagonal -= 2) {
      const below = forward[zero + diagonal - 1] as number;
      const above = forward[zero + diagonal + 1] as number;
      let x = below < above ? above : below + 1;
      let y = x - diagonal;
      while (x < leftEnd && y < rightEnd && left[x] === right[y]) {
        x += 1;
        y += 1;
      }
      forward[zero + diagonal] = x;
      if (behind !== null && diagonal >= behind.low && diagonal <= behind.high) {
        if ((backward[zero + diagonal] as number) <= x) return { left: x, right: y, isOptimal: true };
      }
    }
    return null;
  }

  /** Every path from the end by one edit further back. */
  private retreat(box: Box, { low, high }: Span, ahead: Span | null): Middle | null {
    const { forward, backward, zero, left, right } = this;
    const { leftStart, rightStart } = box;
    for (let diagonal = high; diagonal >= low; diagonal -= 2) {
      const below = backward[zero + diagonal - 1] as number;
      const above = backward[zero + diagonal + 1] as number;
      let x = below < above ? below : above - 1;
      let y = x - diagonal;
      while (x > leftStart && y > rightStart && left[x - 1] === right[y - 1]) {
        x -= 1;
        y -= 1;
      }
      backward[zero + diagonal] = x;
      if (ahead !== null && diagonal >= ahead.low && diagonal <= ahead.high) {
        if (x <= (forward[zero + diagonal] as number)) return { left: x, right: y, isOptimal: true };
      }
    }
    return null;
  }

  /** The point that has come furthest from its corner, of all that either side has reached. */
  private best(box: Box, ahead: Span, behind: Span): Middle {
    const { forward, backward, zero } = this;
    const { leftStart, leftEnd, rightStart, rightEnd } = box;
    let best: Middle = { left: leftStart, right: rightStart, isOptimal: false };
    let most = -1;
    const consider = (x: number, y: number, come: number): void => {
      if (come <= most) return;
      most = come;
      best = { left: x, right: y, isOptimal: false };
    };
    for (let diagonal = ahead.high; diagonal >= ahead.low; diagonal -= 2) {
      const x = Math.min(forward[zero + diagonal] as number, leftEnd, rightEnd + diagonal);
      const y = x - diagonal;
      if (x >= leftStart && y >= rightStart) consider(x, y, x - leftStart + (y - rightStart));
    }
    for (let diagonal = behind.high; diagonal >= behind.low; diagonal -= 2) {
      const x = Math.max(backward[zero + diagonal] as number, leftStart, rightStart + diagonal);
      const y = x - diagonal;
      if (x <= leftEnd && y <= rightEnd) consider(x, y, leftEnd - x + (rightEnd - y));
    }
    return best;
  }
}

/** Diagonals that were reached. */
interface Span {
  low: number;
  high: number;
}

/** By one diagonal at either end, or narrower by one where the box ends; what lies beyond is `unreached`. */
function widen(span: Span, lowest: number, highest: number, vector: Int32Array, zero: number, unreached: number): void {
  if (span.low > lowest) {
    span.low -= 1;
    vector[zero + span.low - 1] = unreached;
  } else {
    span.low += 1;
  }
  if (span.high < highest) {
    span.high += 1;
    vector[zero + span.high + 1] = unreached;
  } else {
    span.high -= 1;
  }
}
