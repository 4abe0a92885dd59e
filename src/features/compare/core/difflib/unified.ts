import { delta, type DeltaOptions } from './delta';

/** As diff -u would show what SequenceMatcher finds; nothing where both are equal. Same as Python's unified_diff. */
export function unifiedDiff(
  left: readonly string[],
  right: readonly string[],
  options: DeltaOptions = {},
): Generator<string> {
  return delta(left, right, options, ['---', '+++'], function* (group, lineEnd) {
    yield `@@ -${unifiedRange(...group.left)} +${unifiedRange(...group.right)} @@${lineEnd}`;
    for (const { kind, leftStart, leftEnd, rightStart, rightEnd } of group.opcodes) {
      const code = kind === 'equal' ? ' ' : '-';
      if (kind !== 'insert') for (let at = leftStart; at < leftEnd; at++) yield code + (left[at] as string);
      if (kind === 'equal') continue;
      for (let at = rightStart; at < rightEnd; at++) yield `+${right[at] as string}`;
    }
  });
}

/** Indices → line numbers: 'start,count', only 'start' for one line; the line before it for none. */
export function unifiedRange(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return `${start + 1}`;
  return `${count === 0 ? start : start + 1},${count}`;
}
