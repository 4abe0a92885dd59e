import type { Change } from '../lines/opcode';
import { isBlank } from './keys';
import { linesOf, type LineBytes } from './lineBytes';
import type { TextOptions } from './options';
import type { TextChange } from './schema';

/** Marks the changes in which no line counts: each is blank or matches, as the options have it. */
export function judged(
  changes: readonly Change[],
  left: LineBytes,
  right: LineBytes,
  { ignoreBlankLines, ignoreMatching, whitespace }: TextOptions,
): TextChange[] {
  const pattern = ignoreMatching === '' ? null : new RegExp(ignoreMatching, 'u');
  if (!ignoreBlankLines && pattern === null) return changes.map((change) => ({ ...change, ignored: false }));
  const isTrivial = (line: string): boolean =>
    (ignoreBlankLines && isBlank(line, whitespace)) || (pattern?.test(line) ?? false);
  return changes.map((change) => ({
    ...change,
    ignored:
      linesOf(left, change.leftStart, change.leftEnd).every(isTrivial) &&
      linesOf(right, change.rightStart, change.rightEnd).every(isTrivial),
  }));
}
