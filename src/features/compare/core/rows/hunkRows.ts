import { type LineRow, NO_LINE, type RowLine, type SpanChange } from '../difflib/rows';
import { type Part, partsOf } from '../formats/sides';
import type { TextHunk } from '../text/schema';
import { alikeLines } from './pairs';
import { pairSpans } from './words';

/** A hunk with its sides beside each other: lines that were changed opposite what they became. */
export function hunkRows(hunk: TextHunk): LineRow[] {
  const rows: LineRow[] = [];
  for (const part of partsOf(hunk)) {
    for (const row of part.kind === 'equal' ? equalRows(hunk, part) : changedRows(hunk, part)) rows.push(row);
  }
  return rows;
}

function* equalRows(hunk: TextHunk, { leftStart, leftEnd, rightStart }: Part): Generator<LineRow> {
  for (let at = 0; at < leftEnd - leftStart; at++) {
    yield {
      left: wholeLine(hunk, 'left', leftStart + at, null),
      right: wholeLine(hunk, 'right', rightStart + at, null),
      isChanged: false,
    };
  }
}

function* changedRows(hunk: TextHunk, { leftStart, leftEnd, rightStart, rightEnd }: Part): Generator<LineRow> {
  const pairs = alikeLines(
    hunk.leftLines.slice(leftStart - hunk.leftStart, leftEnd - hunk.leftStart),
    hunk.rightLines.slice(rightStart - hunk.rightStart, rightEnd - hunk.rightStart),
  );
  let left = leftStart;
  let right = rightStart;
  for (const pair of pairs) {
    yield* unlikeRows(hunk, left, leftStart + pair.left, right, rightStart + pair.right);
    [left, right] = [leftStart + pair.left, rightStart + pair.right];
    const spans = pairSpans(textOf(hunk, 'left', left), textOf(hunk, 'right', right));
    yield {
      left: { number: left + 1, spans: spans.left },
      right: { number: right + 1, spans: spans.right },
      isChanged: true,
    };
    left += 1;
    right += 1;
  }
  yield* unlikeRows(hunk, left, leftEnd, right, rightEnd);
}

/** Removed lines beside added ones, as far as there are both. */
function* unlikeRows(
  hunk: TextHunk,
  left: number,
  leftEnd: number,
  right: number,
  rightEnd: number,
): Generator<LineRow> {
  for (let at = 0; at < Math.max(leftEnd - left, rightEnd - right); at++) {
    yield {
      left: left + at < leftEnd ? wholeLine(hunk, 'left', left + at, 'removed') : NO_LINE,
      right: right + at < rightEnd ? wholeLine(hunk, 'right', right + at, 'added') : NO_LINE,
      isChanged: true,
    };
  }
}

function wholeLine(hunk: TextHunk, side: 'left' | 'right', index: number, change: SpanChange | null): RowLine {
  return { number: index + 1, spans: [{ text: textOf(hunk, side, index), change }] };
}

function textOf(hunk: TextHunk, side: 'left' | 'right', index: number): string {
  return (side === 'left' ? hunk.leftLines[index - hunk.leftStart] : hunk.rightLines[index - hunk.rightStart]) ?? '';
}
