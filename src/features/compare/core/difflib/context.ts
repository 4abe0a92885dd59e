import type { Opcode } from '../lines/opcode';
import { delta, type DeltaOptions } from './delta';

const CODES = { equal: '  ', replace: '! ', delete: '- ', insert: '+ ' } as const;

/** As diff -c would show what SequenceMatcher finds; nothing where both are equal. Same as Python's context_diff. */
export function contextDiff(
  left: readonly string[],
  right: readonly string[],
  options: DeltaOptions = {},
): Generator<string> {
  return delta(left, right, options, ['***', '---'], function* (group, lineEnd) {
    yield `***************${lineEnd}`;
    yield `*** ${contextRange(...group.left)} ****${lineEnd}`;
    yield* sideLines(left, group.opcodes, 'left');
    yield `--- ${contextRange(...group.right)} ----${lineEnd}`;
    yield* sideLines(right, group.opcodes, 'right');
  });
}

/** Nothing where that side has no change. */
function* sideLines(lines: readonly string[], group: readonly Opcode[], side: 'left' | 'right'): Generator<string> {
  const absent = side === 'left' ? 'insert' : 'delete';
  if (!group.some(({ kind }) => kind !== 'equal' && kind !== absent)) return;
  for (const opcode of group) {
    if (opcode.kind === absent) continue;
    const [start, end] = side === 'left' ? [opcode.leftStart, opcode.leftEnd] : [opcode.rightStart, opcode.rightEnd];
    for (let at = start; at < end; at++) yield CODES[opcode.kind] + (lines[at] as string);
  }
}

/** Indices → line numbers: 'first,last', only 'last' for one line or none (then the line before it). */
export function contextRange(start: number, end: number): string {
  return end - start <= 1 ? `${end}` : `${start + 1},${end}`;
}
