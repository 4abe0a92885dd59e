import type { Span, SpanChange } from '../difflib/rows';
import { compareLines } from '../lines/compareLines';

/** Of longer lines only the part that differs is marked, as one. */
const LONGEST_IN_WORDS = 20_000;

/** Words, runs of white space, everything else by itself; Chinese characters one by one. */
const WORD = /\p{Ideographic}|(?:(?!\p{Ideographic})[\p{L}\p{M}\p{N}_])+|\s+|./gsu;

/** A line and what it became, with what is different within them. */
export interface LinePair {
  readonly left: readonly Span[];
  readonly right: readonly Span[];
}

export function pairSpans(left: string, right: string): LinePair {
  if (left.length > LONGEST_IN_WORDS || right.length > LONGEST_IN_WORDS) return pairMiddles(left, right);
  const lefts = new SpanBuilder(wordsOf(left));
  const rights = new SpanBuilder(wordsOf(right));
  for (const { leftStart, leftEnd, rightStart, rightEnd } of compareLines(lefts.words, rights.words).changes) {
    const isBoth = leftStart < leftEnd && rightStart < rightEnd;
    lefts.add(leftStart, leftEnd, isBoth ? 'changed' : 'removed');
    rights.add(rightStart, rightEnd, isBoth ? 'changed' : 'added');
  }
  return { left: lefts.spans(), right: rights.spans() };
}

export function wordsOf(line: string): string[] {
  return line.match(WORD) ?? [];
}

class SpanBuilder {
  private readonly done: Span[] = [];
  private at = 0;

  constructor(readonly words: readonly string[]) {}

  /** What is between the last change and this one is the same on both sides. */
  add(start: number, end: number, change: SpanChange | null): void {
    if (start > this.at) this.push(this.at, start, null);
    if (end > start) this.push(start, end, change);
    this.at = end;
  }

  spans(): readonly Span[] {
    this.add(this.words.length, this.words.length, null);
    return this.done;
  }

  private push(start: number, end: number, change: SpanChange | null): void {
    this.done.push({ text: this.words.slice(start, end).join(''), change });
  }
}

/** What is left when the common start and end are taken away. */
function pairMiddles(left: string, right: string): LinePair {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const isBoth = start + end < shorter;
  const spans = (line: string, change: SpanChange): Span[] =>
    [
      { text: line.slice(0, start), change: null },
      { text: line.slice(start, line.length - end), change: isBoth ? 'changed' : change },
      { text: line.slice(line.length - end), change: null },
    ].filter(({ text }) => text !== '');
  return { left: spans(left, 'removed'), right: spans(right, 'added') };
}
