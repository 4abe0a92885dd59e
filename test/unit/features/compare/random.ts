/** The same numbers in each run, 0 to below 1 (the generator mulberry32). */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  list<T>(length: number, make: (at: number) => T): T[] {
    return Array.from({ length }, (_none, at) => make(at));
  }
}

/** Some elements are changed, dropped or put in, each with that chance. */
export function edited<T>(random: Random, elements: readonly T[], chance: number, make: (old: T) => T): T[] {
  const result: T[] = [];
  for (const element of elements) {
    if (random.next() >= chance) result.push(element);
    else {
      const kind = random.below(3);
      if (kind === 0) result.push(make(element));
      if (kind === 1) result.push(element, make(element));
    }
  }
  return result;
}
