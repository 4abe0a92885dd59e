import { linesOf, type LineBytes } from './lineBytes';
import type { TextChange, TextHunk } from './schema';

/**
 * Changes with the lines around them, `context` of them before and after. Changes that are at most twice that far from
 * each other share a hunk, an ignored one joins if it comes nearer than `context`; a hunk of ignored ones only is left out
 * (as in GNU diff). With a context without end there is one hunk, of everything.
 */
export function hunksOf(
  changes: readonly TextChange[],
  left: LineBytes,
  right: LineBytes,
  context: number,
): TextHunk[] {
  if (context === Infinity) return [wholeHunk(changes, left, right)];
  return groupsOf(changes, context)
    .filter((group) => group.some(({ ignored }) => !ignored))
    .map((group) => hunkOf(group, left, right, context));
}

function wholeHunk(changes: readonly TextChange[], left: LineBytes, right: LineBytes): TextHunk {
  const leftLines = linesOf(left, 0, left.count);
  return { leftStart: 0, leftLines, rightStart: 0, rightLines: linesOf(right, 0, right.count), changes: [...changes] };
}

function groupsOf(changes: readonly TextChange[], context: number): TextChange[][] {
  const groups: TextChange[][] = [];
  let group: TextChange[] = [];
  for (const change of changes) {
    const before = group.at(-1);
    if (before !== undefined && !isNear(before, change, context)) {
      groups.push(group);
      group = [];
    }
    group.push(change);
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

function isNear(before: TextChange, change: TextChange, context: number): boolean {
  const between = change.leftStart - before.leftEnd;
  return change.ignored ? between < context : between <= 2 * context;
}

function hunkOf(changes: TextChange[], left: LineBytes, right: LineBytes, context: number): TextHunk {
  const first = changes[0] as TextChange;
  const last = changes.at(-1) as TextChange;
  const before = Math.min(context, first.leftStart, first.rightStart);
  const after = Math.min(context, left.count - last.leftEnd, right.count - last.rightEnd);
  return {
    leftStart: first.leftStart - before,
    leftLines: linesOf(left, first.leftStart - before, last.leftEnd + after),
    rightStart: first.rightStart - before,
    rightLines: linesOf(right, first.rightStart - before, last.rightEnd + after),
    changes,
  };
}
