import { type Box, MiddleSearch } from './middle';

export interface ScriptOptions {
  /** Edits after which the search within one box settles for a good point; Infinity finds a shortest script. */
  readonly costCap: number;
  /** Asked now and then; once true, the rest is no longer searched for the shortest script. */
  readonly isLate: () => boolean;
}

/** 1 for each element that is deleted or inserted. */
export interface Script {
  readonly deleted: Uint8Array;
  readonly inserted: Uint8Array;
  /** Whether no script is shorter. */
  readonly isMinimal: boolean;
}

/** Divides the box of both sequences until nothing is left to compare; a stack of its own, however deep that goes. */
export function editScript(left: Int32Array, right: Int32Array, options: ScriptOptions): Script {
  const deleted = new Uint8Array(left.length);
  const inserted = new Uint8Array(right.length);
  const search = new MiddleSearch(left, right, options.costCap, options.isLate);
  const boxes: Box[] = [{ leftStart: 0, leftEnd: left.length, rightStart: 0, rightEnd: right.length }];
  let isMinimal = true;
  for (let box = boxes.pop(); box !== undefined; box = boxes.pop()) {
    const rest = trimmed(left, right, box);
    if (rest.leftStart === rest.leftEnd) inserted.fill(1, rest.rightStart, rest.rightEnd);
    else if (rest.rightStart === rest.rightEnd) deleted.fill(1, rest.leftStart, rest.leftEnd);
    else {
      const middle = search.find(rest);
      isMinimal &&= middle.isOptimal;
      boxes.push(
        { ...rest, leftStart: middle.left, rightStart: middle.right },
        { ...rest, leftEnd: middle.left, rightEnd: middle.right },
      );
    }
  }
  return { deleted, inserted, isMinimal };
}

/** Without what is equal at its start and at its end. */
function trimmed(left: Int32Array, right: Int32Array, box: Box): Box {
  let { leftStart, leftEnd, rightStart, rightEnd } = box;
  while (leftStart < leftEnd && rightStart < rightEnd && left[leftStart] === right[rightStart]) {
    leftStart += 1;
    rightStart += 1;
  }
  while (leftStart < leftEnd && rightStart < rightEnd && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  return { leftStart, leftEnd, rightStart, rightEnd };
}
