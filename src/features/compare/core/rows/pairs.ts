import { SequenceMatcher } from '../difflib/sequenceMatcher';
import { wordsOf } from './words';

/** Lines that share less than this (by words) are two lines, not one that was changed. */
const ALIKE = 0.5;
/** So many lines up and down of where a line stood are looked at. */
const WINDOW = 5;
/** Longer lines are only compared with the line that stands at the same place. */
const LONGEST_COMPARED = 1_000;

export interface Pair {
  readonly left: number;
  readonly right: number;
}

/** Which removed line became which added one: ascending on both sides. */
export function alikeLines(left: readonly string[], right: readonly string[]): Pair[] {
  const words = left.map((line) => (line.length > LONGEST_COMPARED ? null : wordsOf(line)));
  const pairs: Pair[] = [];
  let firstFree = 0;
  right.forEach((line, at) => {
    const best = mostAlike(words, line, Math.max(firstFree, at - WINDOW), Math.min(left.length, at + WINDOW + 1), at);
    if (best === null) return;
    pairs.push({ left: best, right: at });
    firstFree = best + 1;
  });
  return pairs;
}

function mostAlike(
  words: readonly (readonly string[] | null)[],
  line: string,
  start: number,
  end: number,
  opposite: number,
): number | null {
  if (start >= end) return null;
  if (line.length > LONGEST_COMPARED) return opposite >= start && words[opposite] === null ? opposite : null;
  const matcher = new SequenceMatcher<string>([], wordsOf(line), { isJunk: (word) => /^\s+$/.test(word) });
  let best: number | null = null;
  let most = ALIKE;
  for (let at = start; at < end; at++) {
    const candidate = words[at];
    if (candidate === null || candidate === undefined) continue;
    matcher.setLeft(candidate);
    if (matcher.realQuickRatio() < most || matcher.quickRatio() < most) continue;
    const ratio = matcher.ratio();
    if (ratio > most || (best === null && ratio === most)) [best, most] = [at, ratio];
  }
  return best;
}
