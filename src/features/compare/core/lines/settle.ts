import type { Change } from './opcode';
import type { Interned } from './intern';

/** 1 for each element that is deleted or inserted → changes, ascending. */
export function changesOf(deleted: Uint8Array, inserted: Uint8Array): Change[] {
  const changes: Change[] = [];
  let left = 0;
  let right = 0;
  while (left < deleted.length || right < inserted.length) {
    const leftStart = left;
    const rightStart = right;
    while (deleted[left] === 1) left += 1;
    while (inserted[right] === 1) right += 1;
    if (left > leftStart || right > rightStart) changes.push({ leftStart, leftEnd: left, rightStart, rightEnd: right });
    left += 1;
    right += 1;
  }
  return changes;
}

/**
 * Where lines are only added or only removed, the same change can often stand a few lines further up or down: each goes
 * up as far as it can, to join the one before it, and then down as far as it can, to join the one after it. No line
 * more or less is changed, and what belongs together is one change, in the place where other tools show it.
 */
export function settled(changes: readonly Change[], { left, right }: Interned): Change[] {
  const done: Change[] = [];
  changes.forEach((change, at) => {
    const whole = movedUp(change, done, left, right);
    const roomBelow = (changes[at + 1]?.leftStart ?? left.length) - whole.leftEnd;
    done.push(shifted(whole, stepsDown(whole, roomBelow, left, right)));
  });
  return done;
}

/** Takes in the changes before it that it comes to touch. */
function movedUp(change: Change, done: Change[], left: Int32Array, right: Int32Array): Change {
  let whole = change;
  for (;;) {
    const before = done.at(-1);
    const room = whole.leftStart - (before?.leftEnd ?? 0);
    const steps = stepsUp(whole, before === undefined ? Math.min(room, whole.rightStart) : room, left, right);
    whole = shifted(whole, -steps);
    if (before === undefined || steps < room) return whole;
    done.pop();
    whole = { ...whole, leftStart: before.leftStart, rightStart: before.rightStart };
  }
}

function stepsUp(change: Change, room: number, left: Int32Array, right: Int32Array): number {
  const moved = movable(change, left, right);
  if (moved === null) return 0;
  const { sequence, start, end } = moved;
  let steps = 0;
  while (steps < room && sequence[start - 1 - steps] === sequence[end - 1 - steps]) steps += 1;
  return steps;
}

function stepsDown(change: Change, room: number, left: Int32Array, right: Int32Array): number {
  const moved = movable(change, left, right);
  if (moved === null) return 0;
  const { sequence, start, end } = moved;
  let steps = 0;
  while (steps < room && sequence[start + steps] === sequence[end + steps]) steps += 1;
  return steps;
}

interface Movable {
  readonly sequence: Int32Array;
  readonly start: number;
  readonly end: number;
}

/** What is only put in or only taken out. */
function movable(change: Change, left: Int32Array, right: Int32Array): Movable | null {
  const { leftStart, leftEnd, rightStart, rightEnd } = change;
  if (rightStart === rightEnd) return { sequence: left, start: leftStart, end: leftEnd };
  return leftStart === leftEnd ? { sequence: right, start: rightStart, end: rightEnd } : null;
}

function shifted(change: Change, by: number): Change {
  if (by === 0) return change;
  return {
    leftStart: change.leftStart + by,
    leftEnd: change.leftEnd + by,
    rightStart: change.rightStart + by,
    rightEnd: change.rightEnd + by,
  };
}
