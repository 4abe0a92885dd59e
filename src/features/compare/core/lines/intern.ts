/** Two sequences as numbers: equal elements have the same number, which is smaller than `distinct`. */
export interface Interned {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly distinct: number;
}

/** Lines are compared many times; from here on that is one comparison of numbers. */
export function intern(left: readonly string[], right: readonly string[]): Interned {
  const numbers = new Map<string, number>();
  return { left: numbered(left, numbers), right: numbered(right, numbers), distinct: numbers.size };
}

function numbered(elements: readonly string[], numbers: Map<string, number>): Int32Array {
  const interned = new Int32Array(elements.length);
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at] as string;
    let number = numbers.get(element);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(element, number);
    }
    interned[at] = number;
  }
  return interned;
}
