/** Sequences at least this long have popular elements left out, unless that was switched off. */
const AUTOJUNK_LENGTH = 200;

/** Where each element of a sequence stands, but for what is not worth looking for. */
export interface MatcherIndex<T> {
  /** Ascending. */
  readonly places: ReadonlyMap<T, readonly number[]>;
  readonly junk: ReadonlySet<T>;
  /** More than one in a hundred (and one more) of a long sequence is this element. */
  readonly popular: ReadonlySet<T>;
}

export function indexOf<T>(
  sequence: readonly T[],
  isJunk: ((element: T) => boolean) | null,
  autojunk: boolean,
): MatcherIndex<T> {
  const places = new Map<T, number[]>();
  sequence.forEach((element, at) => {
    const there = places.get(element);
    if (there === undefined) places.set(element, [at]);
    else there.push(at);
  });
  const junk = new Set<T>(isJunk === null ? [] : [...places.keys()].filter(isJunk));
  for (const element of junk) places.delete(element);
  const popular = new Set<T>();
  if (autojunk && sequence.length >= AUTOJUNK_LENGTH) {
    const limit = Math.floor(sequence.length / 100) + 1;
    for (const [element, there] of places) if (there.length > limit) popular.add(element);
    for (const element of popular) places.delete(element);
  }
  return { places, junk, popular };
}
