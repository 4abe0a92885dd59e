import { isCharacterJunk } from '../difflib/characters';
import { Differ } from '../difflib/differ';
import type { Opcode } from '../lines/opcode';
import type { TextComparison, TextHunk, TextSide } from '../text/schema';
import { partsOf, unifiedHead } from './sides';

/** Guides below longer lines would take very long to find and help nobody. */
const LONGEST_GUIDED = 2_000;
/** Longer texts are told from the changes as they were found; what difflib would find can take minutes. */
const MOST_LINES = 20_000;

/**
 * As Python's ndiff, with guides below lines that were changed a little: of whole texts where the comparison has all
 * lines as context, else hunk by hunk, each with its head.
 */
export function ndiffText({ left, right, hunks, options }: TextComparison): string {
  const differ = new Differ({ characterJunk: isCharacterJunk, longestAlike: LONGEST_GUIDED });
  const lines: string[] = [];
  for (const hunk of hunks) {
    if (options.contextLines !== -1) lines.push(`${unifiedHead(hunk)}\n`);
    const lefts = endedLines(left, hunk.leftLines, hunk.leftStart);
    const rights = endedLines(right, hunk.rightLines, hunk.rightStart);
    const isSmall = lefts.length + rights.length <= MOST_LINES;
    const delta = isSmall ? differ.compare(lefts, rights) : differ.told(lefts, rights, opcodesWithin(hunk));
    for (const line of delta) lines.push(line.endsWith('\n') ? line : `${line}\n`);
  }
  return lines.join('');
}

/** With a line feed each, but for a last line that has none. */
function endedLines(side: TextSide, lines: readonly string[], start: number): string[] {
  return lines.map((line, at) => (start + at === side.lines - 1 && !side.endsWithNewline ? line : `${line}\n`));
}

function opcodesWithin(hunk: TextHunk): Opcode[] {
  return partsOf(hunk).map((part) => ({
    kind: part.kind === 'equal' ? 'equal' : 'replace',
    leftStart: part.leftStart - hunk.leftStart,
    leftEnd: part.leftEnd - hunk.leftStart,
    rightStart: part.rightStart - hunk.rightStart,
    rightEnd: part.rightEnd - hunk.rightStart,
  }));
}
