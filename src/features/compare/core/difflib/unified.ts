import type { Opcode } from '../lines/opcode';
import { SequenceMatcher } from './sequenceMatcher';

export interface DeltaOptions {
  readonly leftName?: string;
  readonly rightName?: string;
  /** Dates or anything else that stands after a name. */
  readonly leftDate?: string;
  readonly rightDate?: string;
  /** Default 3. */
  readonly context?: number;
  /** After the lines that are not taken from the texts. Default a line feed; '' where the lines of the texts have none. */
  readonly lineEnd?: string;
}

/** As diff -u would show what SequenceMatcher finds; nothing where both are equal. Same as Python's unified_diff. */
export function* unifiedDiff(
  left: readonly string[],
  right: readonly string[],
  options: DeltaOptions = {},
): Generator<string> {
  const { lineEnd = '\n' } = options;
  let isFirst = true;
  for (const group of new SequenceMatcher(left, right).groupedOpcodes(options.context)) {
    if (isFirst) {
      yield `--- ${named(options.leftName, options.leftDate)}${lineEnd}`;
      yield `+++ ${named(options.rightName, options.rightDate)}${lineEnd}`;
      isFirst = false;
    }
    const first = group[0] as Opcode;
    const last = group.at(-1) as Opcode;
    yield `@@ -${unifiedRange(first.leftStart, last.leftEnd)} +${unifiedRange(first.rightStart, last.rightEnd)} @@${lineEnd}`;
    for (const { kind, leftStart, leftEnd, rightStart, rightEnd } of group) {
      const code = kind === 'equal' ? ' ' : '-';
      if (kind !== 'insert') for (let at = leftStart; at < leftEnd; at++) yield code + (left[at] as string);
      if (kind === 'equal') continue;
      for (let at = rightStart; at < rightEnd; at++) yield `+${right[at] as string}`;
    }
  }
}

/** Indices → line numbers: 'start,count', only 'start' for one line; the line before it for none. */
export function unifiedRange(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return `${start + 1}`;
  return `${count === 0 ? start : start + 1},${count}`;
}

/** A name with its date. */
export function named(name = '', date = ''): string {
  return date === '' ? name : `${name}\t${date}`;
}
