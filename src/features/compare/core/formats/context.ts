import { contextRange } from '../difflib/context';
import type { TextComparison, TextHunk } from '../text/schema';
import { type DeltaNames, headName, hunksThatCount, leftLine, type Part, partsOf, rightLine } from './sides';

/** As diff -c; '' where nothing differs that counts. */
export function contextText(comparison: TextComparison, names: DeltaNames = {}): string {
  const hunks = hunksThatCount(comparison);
  if (hunks.length === 0) return '';
  const lines = [`*** ${headName(comparison.left, names.left)}`, `--- ${headName(comparison.right, names.right)}`];
  for (const hunk of hunks) for (const line of hunkLines(comparison, hunk)) lines.push(line);
  return `${lines.join('\n')}\n`;
}

function* hunkLines(comparison: TextComparison, hunk: TextHunk): Generator<string> {
  const { leftStart, leftLines, rightStart, rightLines } = hunk;
  const parts = partsOf(hunk);
  yield '***************';
  yield `*** ${contextRange(leftStart, leftStart + leftLines.length)} ****`;
  if (parts.some((part) => part.kind === 'change' && part.leftStart < part.leftEnd)) {
    for (const part of parts) {
      const code = codeOf(part, '- ');
      for (let at = part.leftStart; at < part.leftEnd; at++) yield code + leftLine(comparison, hunk, at);
    }
  }
  yield `--- ${contextRange(rightStart, rightStart + rightLines.length)} ----`;
  if (parts.some((part) => part.kind === 'change' && part.rightStart < part.rightEnd)) {
    for (const part of parts) {
      const code = codeOf(part, '+ ');
      for (let at = part.rightStart; at < part.rightEnd; at++) yield code + rightLine(comparison, hunk, at);
    }
  }
}

/** '!' where both sides have lines that the other has not. */
function codeOf({ kind, leftStart, leftEnd, rightStart, rightEnd }: Part, alone: string): string {
  if (kind === 'equal') return '  ';
  return leftStart < leftEnd && rightStart < rightEnd ? '! ' : alone;
}
