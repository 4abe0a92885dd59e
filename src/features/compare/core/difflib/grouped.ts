import type { Opcode } from '../lines/opcode';

/** Opcodes of a whole comparison → groups of changes that are at most twice `context` apart, with so much around them. */
export function grouped(opcodes: readonly Opcode[], context: number): Opcode[][] {
  const groups: Opcode[][] = [];
  let group: Opcode[] = [];
  opcodes.forEach((opcode, at) => {
    if (opcode.kind !== 'equal') {
      group.push(opcode);
      return;
    }
    const isFirst = at === 0;
    const isLast = at === opcodes.length - 1;
    const length = opcode.leftEnd - opcode.leftStart;
    if (isFirst) {
      group.push(lastOf(opcode, context));
    } else if (isLast) {
      group.push(firstOf(opcode, context));
    } else if (length > 2 * context) {
      group.push(firstOf(opcode, context));
      groups.push(group);
      group = [lastOf(opcode, context)];
    } else {
      group.push(opcode);
    }
  });
  if (group.some(({ kind }) => kind !== 'equal')) groups.push(group);
  return groups;
}

function firstOf(opcode: Opcode, count: number): Opcode {
  const size = Math.min(count, opcode.leftEnd - opcode.leftStart);
  return { ...opcode, leftEnd: opcode.leftStart + size, rightEnd: opcode.rightStart + size };
}

function lastOf(opcode: Opcode, count: number): Opcode {
  const size = Math.min(count, opcode.leftEnd - opcode.leftStart);
  return { ...opcode, leftStart: opcode.leftEnd - size, rightStart: opcode.rightEnd - size };
}
