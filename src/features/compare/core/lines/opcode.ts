/** A place where two sequences differ: half-open ranges, one of which may be empty. */
export interface Change {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/** How a range of the left sequence becomes one of the right; all opcodes together cover both, in order. */
export interface Opcode extends Change {
  readonly kind: 'equal' | 'replace' | 'delete' | 'insert';
}

/** The changes, ascending and not touching each other, with what is equal between them. */
export function opcodesOf(changes: readonly Change[], leftLength: number, rightLength: number): Opcode[] {
  const opcodes: Opcode[] = [];
  let left = 0;
  let right = 0;
  const equalUpTo = (leftEnd: number, rightEnd: number): void => {
    if (left < leftEnd) {
      opcodes.push({ kind: 'equal', leftStart: left, leftEnd, rightStart: right, rightEnd });
    }
  };
  for (const change of changes) {
    equalUpTo(change.leftStart, change.rightStart);
    opcodes.push({ kind: kindOf(change), ...rangesOf(change) });
    left = change.leftEnd;
    right = change.rightEnd;
  }
  equalUpTo(leftLength, rightLength);
  return opcodes;
}

export function kindOf({ leftStart, leftEnd, rightStart, rightEnd }: Change): Exclude<Opcode['kind'], 'equal'> {
  if (leftStart === leftEnd) return 'insert';
  return rightStart === rightEnd ? 'delete' : 'replace';
}

function rangesOf({ leftStart, leftEnd, rightStart, rightEnd }: Change): Change {
  return { leftStart, leftEnd, rightStart, rightEnd };
}
