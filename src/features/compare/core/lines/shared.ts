/** What of a sequence the other side has too. */
export interface Kept {
  readonly numbers: Int32Array;
  /** Where each of them stands in the whole sequence. */
  readonly places: Int32Array;
}

/** An element that the other side does not have is changed for certain, and costs the search much: it is left out. */
export function keepShared(sequence: Int32Array, other: Int32Array, distinct: number): Kept {
  const isThere = new Uint8Array(distinct);
  for (let at = 0; at < other.length; at++) isThere[other[at] as number] = 1;
  const numbers = new Int32Array(sequence.length);
  const places = new Int32Array(sequence.length);
  let count = 0;
  for (let at = 0; at < sequence.length; at++) {
    const number = sequence[at] as number;
    if (isThere[number] === 0) continue;
    numbers[count] = number;
    places[count] = at;
    count += 1;
  }
  return { numbers: numbers.subarray(0, count), places: places.subarray(0, count) };
}
