import type { TextComparison, TextHunk } from '../text/schema';
import { type DeltaNames, headName, hunksThatCount, leftLine, partsOf, rightLine, unifiedHead } from './sides';

/** As diff -u; '' where nothing differs that counts. patch(1) and git apply take it where the options ignored nothing. */
export function unifiedText(comparison: TextComparison, names: DeltaNames = {}): string {
  const hunks = hunksThatCount(comparison);
  if (hunks.length === 0) return '';
  const lines = [`--- ${headName(comparison.left, names.left)}`, `+++ ${headName(comparison.right, names.right)}`];
  for (const hunk of hunks) addHunk(lines, comparison, hunk);
  return `${lines.join('\n')}\n`;
}

/** Adds the lines of a hunk with its head; a last line without line feed brings its note along, in the same text. */
export function addHunk(lines: string[], comparison: TextComparison, hunk: TextHunk): void {
  lines.push(unifiedHead(hunk));
  for (const { kind, leftStart, leftEnd, rightStart, rightEnd } of partsOf(hunk)) {
    const code = kind === 'equal' ? ' ' : '-';
    for (let at = leftStart; at < leftEnd; at++) lines.push(code + leftLine(comparison, hunk, at));
    if (kind === 'equal') continue;
    for (let at = rightStart; at < rightEnd; at++) lines.push(`+${rightLine(comparison, hunk, at)}`);
  }
}
