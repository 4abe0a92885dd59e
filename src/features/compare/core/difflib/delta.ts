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

/** Changes that are near each other; the ranges are those of both texts, from the first opcode to the last. */
export interface DeltaGroup {
  readonly opcodes: readonly Opcode[];
  readonly left: readonly [start: number, end: number];
  readonly right: readonly [start: number, end: number];
}

/** Two lines that name the texts, then those that `linesOf` makes of each group; nothing where both are equal. */
export function* delta(
  left: readonly string[],
  right: readonly string[],
  { lineEnd = '\n', ...options }: DeltaOptions,
  marks: readonly [left: string, right: string],
  linesOf: (group: DeltaGroup, lineEnd: string) => Iterable<string>,
): Generator<string> {
  let isFirst = true;
  for (const opcodes of new SequenceMatcher(left, right).groupedOpcodes(options.context)) {
    if (isFirst) {
      yield `${marks[0]} ${named(options.leftName, options.leftDate)}${lineEnd}`;
      yield `${marks[1]} ${named(options.rightName, options.rightDate)}${lineEnd}`;
      isFirst = false;
    }
    const first = opcodes[0] as Opcode;
    const last = opcodes.at(-1) as Opcode;
    const group = {
      opcodes,
      left: [first.leftStart, last.leftEnd],
      right: [first.rightStart, last.rightEnd],
    } as const;
    yield* linesOf(group, lineEnd);
  }
}

/** A name with its date. */
function named(name = '', date = ''): string {
  return date === '' ? name : `${name}\t${date}`;
}
