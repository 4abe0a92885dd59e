import { unifiedRange } from '../difflib/unified';
import type { TextChange, TextComparison, TextHunk, TextSide } from '../text/schema';

/** How the sides are called in a delta that a program reads; without it as in the comparison. */
export interface DeltaNames {
  readonly left?: string;
  readonly right?: string;
}

export const NO_NEWLINE = '\\ No newline at end of file';

/** A part of a hunk, in its order: lines of both sides by their index in the whole texts. */
export interface Part {
  readonly kind: 'equal' | 'change';
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/** What stands in a hunk: lines that are equal and changes in turn. */
export function partsOf(hunk: TextHunk): Part[] {
  const parts: Part[] = [];
  let left = hunk.leftStart;
  let right = hunk.rightStart;
  const equal = (leftEnd: number, rightEnd: number): void => {
    if (left < leftEnd) parts.push({ kind: 'equal', leftStart: left, leftEnd, rightStart: right, rightEnd });
  };
  for (const change of hunk.changes) {
    equal(change.leftStart, change.rightStart);
    parts.push({ ...change, kind: 'change' });
    left = change.leftEnd;
    right = change.rightEnd;
  }
  equal(hunk.leftStart + hunk.leftLines.length, hunk.rightStart + hunk.rightLines.length);
  return parts;
}

/** The hunks in which something counts. */
export function hunksThatCount({ hunks }: TextComparison): TextHunk[] {
  return hunks.filter(({ changes }) => changes.some(({ ignored }) => !ignored));
}

export function changesThatCount(hunk: TextHunk): TextChange[] {
  return hunk.changes.filter(({ ignored }) => !ignored);
}

/** A line by its index in the whole text, with the note that no line feed ends it. */
export function leftLine(comparison: TextComparison, hunk: TextHunk, index: number): string {
  return withNote(comparison.left, hunk.leftLines[index - hunk.leftStart] ?? '', index);
}

export function rightLine(comparison: TextComparison, hunk: TextHunk, index: number): string {
  return withNote(comparison.right, hunk.rightLines[index - hunk.rightStart] ?? '', index);
}

function withNote({ lines, endsWithNewline }: TextSide, line: string, index: number): string {
  return index === lines - 1 && !endsWithNewline ? `${line}\n${NO_NEWLINE}` : line;
}

/** A name with a date as in the head of a delta: GNU's spelling of the time, in UTC. */
export function headName(side: TextSide, name: string | undefined): string {
  const quoted = quotedName(name ?? side.label);
  if (name !== undefined || side.modifiedMs === null) return quoted;
  const [day, time] = new Date(side.modifiedMs).toISOString().split(/[TZ]/);
  return `${quoted}\t${day} ${time}000000 +0000`;
}

/** As GNU diff quotes names that would break the line. */
function quotedName(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are what has to be quoted
  if (!/[\u0000-\u001f"\\]/.test(name)) return name;
  // eslint-disable-next-line no-control-regex -- as above
  const escaped = name.replace(/[\u0000-\u001f"\\]/g, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}

export function unifiedHead({ leftStart, leftLines, rightStart, rightLines }: TextHunk): string {
  const left = unifiedRange(leftStart, leftStart + leftLines.length);
  return `@@ -${left} +${unifiedRange(rightStart, rightStart + rightLines.length)} @@`;
}
