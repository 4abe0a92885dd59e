import { type Change, type Opcode, opcodesOf } from '../lines/opcode';
import { grouped } from './grouped';
import { indexOf, type MatcherIndex } from './matcherIndex';

export interface MatcherOptions<T> {
  /** Elements that a match never begins with; it may grow over them. */
  readonly isJunk?: ((element: T) => boolean) | null;
  /** Leaves very frequent elements of long sequences out. Default true. */
  readonly autojunk?: boolean;
}

/** left[left, left + size) equals right[right, right + size). */
export interface Match {
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

/** Part of both sequences, half-open. */
interface Range {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/**
 * Compares sequences as a person would: the longest run that both have, then the same before and after it
 * (Ratcliff and Obershelp, 1988). What it finds is seldom minimal but mostly reads well. Same answers as Python's
 * difflib.SequenceMatcher; quadratic at least, so that whole files are for lines/compareLines.
 */
export class SequenceMatcher<T extends string | number> {
  private readonly isJunk: ((element: T) => boolean) | null;
  private readonly autojunk: boolean;
  private index: MatcherIndex<T>;
  private rightCounts: ReadonlyMap<T, number> | null = null;
  private blocks: readonly Match[] | null = null;
  /**
   * Lengths of the runs that end at each place of the right, counted from 1, and at two places of the left one after
   * the other. All 0 between two searches.
   */
  private lengths: [Int32Array, Int32Array] | null = null;

  constructor(
    private left: readonly T[],
    private right: readonly T[],
    { isJunk = null, autojunk = true }: MatcherOptions<T> = {},
  ) {
    this.isJunk = isJunk;
    this.autojunk = autojunk;
    this.index = indexOf(right, isJunk, autojunk);
  }

  get junk(): ReadonlySet<T> {
    return this.index.junk;
  }

  get popular(): ReadonlySet<T> {
    return this.index.popular;
  }

  setLeft(left: readonly T[]): void {
    this.left = left;
    this.blocks = null;
  }

  /** What is known about it is found out once: compare one right sequence with many left ones. */
  setRight(right: readonly T[]): void {
    this.right = right;
    this.blocks = null;
    this.rightCounts = null;
    this.lengths = null;
    this.index = indexOf(right, this.isJunk, this.autojunk);
  }

  /** Of all longest runs the one that begins first on the left, then first on the right; size 0 where there is none. */
  longestMatch(leftStart = 0, leftEnd = this.left.length, rightStart = 0, rightEnd = this.right.length): Match {
    const range = { leftStart, leftEnd, rightStart, rightEnd };
    const core = this.grown(this.indexedMatch(range), range, (element) => !this.index.junk.has(element));
    return this.grown(core, range, (element) => this.index.junk.has(element));
  }

  /** Ascending, not adjacent, and at last one of size 0 at the end of both. */
  matchingBlocks(): readonly Match[] {
    this.blocks ??= this.findBlocks();
    return this.blocks;
  }

  opcodes(): Opcode[] {
    const changes: Change[] = [];
    let left = 0;
    let right = 0;
    for (const block of this.matchingBlocks()) {
      if (left < block.left || right < block.right) {
        changes.push({ leftStart: left, leftEnd: block.left, rightStart: right, rightEnd: block.right });
      }
      left = block.left + block.size;
      right = block.right + block.size;
    }
    return opcodesOf(changes, this.left.length, this.right.length);
  }

  /** Changes with up to `context` equal elements around them. */
  groupedOpcodes(context = 3): Opcode[][] {
    return grouped(this.opcodes(), context);
  }

  /** 0 to 1: twice the elements that match, divided by all. */
  ratio(): number {
    return this.share(this.matchingBlocks().reduce((sum, { size }) => sum + size, 0));
  }

  /** An upper bound of ratio(): order does not count. */
  quickRatio(): number {
    this.rightCounts ??= countsOf(this.right);
    const available = new Map<T, number>();
    let matches = 0;
    for (const element of this.left) {
      const count = available.get(element) ?? this.rightCounts.get(element) ?? 0;
      available.set(element, count - 1);
      if (count > 0) matches += 1;
    }
    return this.share(matches);
  }

  /** An upper bound of quickRatio(): only lengths count. */
  realQuickRatio(): number {
    return this.share(Math.min(this.left.length, this.right.length));
  }

  private share(matches: number): number {
    const length = this.left.length + this.right.length;
    return length === 0 ? 1 : (2 * matches) / length;
  }

  /** The longest run of elements that are in the index. */
  private indexedMatch({ leftStart, leftEnd, rightStart, rightEnd }: Range): Match {
    let best: Match = { left: leftStart, right: rightStart, size: 0 };
    this.lengths ??= [new Int32Array(this.right.length + 1), new Int32Array(this.right.length + 1)];
    let [lengths, before] = this.lengths;
    let touched: readonly number[] = [];
    for (let at = leftStart; at < leftEnd; at++) {
      const places = this.index.places.get(this.left[at] as T) ?? [];
      for (const place of places) {
        if (place < rightStart) continue;
        if (place >= rightEnd) break;
        const size = (before[place] as number) + 1;
        lengths[place + 1] = size;
        if (size > best.size) best = { left: at - size + 1, right: place - size + 1, size };
      }
      for (const place of touched) before[place + 1] = 0;
      [lengths, before, touched] = [before, lengths, places];
    }
    for (const place of touched) before[place + 1] = 0;
    return best;
  }

  /** By equal elements before and after it, of those that may be taken. */
  private grown({ left, right, size }: Match, range: Range, mayTake: (element: T) => boolean): Match {
    let leftStart = left;
    let leftEnd = left + size;
    const shift = right - left;
    const isSame = (at: number): boolean =>
      this.left[at] === this.right[at + shift] && mayTake(this.right[at + shift] as T);
    while (leftStart > range.leftStart && leftStart + shift > range.rightStart && isSame(leftStart - 1)) leftStart -= 1;
    while (leftEnd < range.leftEnd && leftEnd + shift < range.rightEnd && isSame(leftEnd)) leftEnd += 1;
    return { left: leftStart, right: leftStart + shift, size: leftEnd - leftStart };
  }

  private findBlocks(): Match[] {
    const found: Match[] = [];
    const ranges: Range[] = [{ leftStart: 0, leftEnd: this.left.length, rightStart: 0, rightEnd: this.right.length }];
    for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
      const { left, right, size } = this.longestMatch(range.leftStart, range.leftEnd, range.rightStart, range.rightEnd);
      if (size === 0) continue;
      found.push({ left, right, size });
      if (range.leftStart < left && range.rightStart < right) ranges.push({ ...range, leftEnd: left, rightEnd: right });
      if (left + size < range.leftEnd && right + size < range.rightEnd) {
        ranges.push({ ...range, leftStart: left + size, rightStart: right + size });
      }
    }
    found.sort((one, other) => one.left - other.left || one.right - other.right);
    return [...merged(found), { left: this.left.length, right: this.right.length, size: 0 }];
  }
}

/** Blocks that touch on both sides are one. */
function merged(blocks: readonly Match[]): Match[] {
  const whole: Match[] = [];
  for (const block of blocks) {
    const before = whole.at(-1);
    if (
      before !== undefined &&
      before.left + before.size === block.left &&
      before.right + before.size === block.right
    ) {
      whole[whole.length - 1] = { ...before, size: before.size + block.size };
    } else {
      whole.push(block);
    }
  }
  return whole;
}

function countsOf<T>(sequence: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const element of sequence) counts.set(element, (counts.get(element) ?? 0) + 1);
  return counts;
}
