import { kindOf } from '../lines/opcode';
import type { TextChange, TextComparison } from '../text/schema';
import { changesThatCount, leftLine, rightLine } from './sides';

const LETTERS = { replace: 'c', delete: 'd', insert: 'a' } as const;

/** As diff without options; '' where nothing differs that counts. */
export function normalText(comparison: TextComparison): string {
  const lines: string[] = [];
  for (const hunk of comparison.hunks) {
    for (const change of changesThatCount(hunk)) {
      const { leftStart, leftEnd, rightStart, rightEnd } = change;
      lines.push(commandOf(change));
      for (let at = leftStart; at < leftEnd; at++) lines.push(`< ${leftLine(comparison, hunk, at)}`);
      if (kindOf(change) === 'replace') lines.push('---');
      for (let at = rightStart; at < rightEnd; at++) lines.push(`> ${rightLine(comparison, hunk, at)}`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** '5a6,7', '2,3c4', '8d7'. */
function commandOf(change: TextChange): string {
  const { leftStart, leftEnd, rightStart, rightEnd } = change;
  return `${rangeOf(leftStart, leftEnd)}${LETTERS[kindOf(change)]}${rangeOf(rightStart, rightEnd)}`;
}

/** Only the line before it where it is empty. */
function rangeOf(start: number, end: number): string {
  return end - start <= 1 ? `${end}` : `${start + 1},${end}`;
}
