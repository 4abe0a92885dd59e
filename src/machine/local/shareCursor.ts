/** So many matches are taken at a time: who takes the last of them lets the others wait for no more than that. */
const TAKEN_AT_ONCE = 2;
const NEXT_AT = 0;
const BUSY_AT = 1;
const MOST_HELPERS = 8;
const BEYOND_ALL = 2 ** 30;

/** Where the threads that share a list of matches are in it. Lies in memory that they and their owner share. */
export class ShareCursor {
  private readonly numbers: Int32Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(4 * (BUSY_AT + MOST_HELPERS))) {
    this.numbers = new Int32Array(memory);
  }

  /** The next matches for this thread to read, as [from, to); null when all are taken. */
  take(total: number): readonly [from: number, to: number] | null {
    const from = Atomics.add(this.numbers, NEXT_AT, TAKEN_AT_ONCE);
    return from >= total ? null : [from, Math.min(total, from + TAKEN_AT_ONCE)];
  }

  /** Nobody is to take anything any more. */
  close(): void {
    Atomics.store(this.numbers, NEXT_AT, BEYOND_ALL);
  }

  /** Called by a helper before it takes its first matches, and with false if there were none. */
  setBusy(helper: number, busy: boolean): void {
    Atomics.store(this.numbers, BUSY_AT + helper, busy ? 1 : 0);
  }

  /** Whether the helper has something to answer. When all is taken, one that has not will have nothing. */
  isBusy(helper: number): boolean {
    return Atomics.load(this.numbers, BUSY_AT + helper) === 1;
  }
}
