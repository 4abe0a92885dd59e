/** PATH_MAX of Linux. */
const MAX_PATH_BYTES = 4_096;
const CANCELLED_AT = 0;
const PATH_LENGTH_AT = 1;
const STEPS_AT = 2;
const PATH_AT = 12;

/**
 * Memory that the reading thread shares with its owner, for what a message cannot tell while the thread is busy: which
 * batch is not wanted any more, and which path it is at when it hangs. Three int32, then the path in the system's bytes.
 */
export class ReadShared {
  private readonly numbers: Int32Array;
  private readonly path: Buffer;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(PATH_AT + MAX_PATH_BYTES)) {
    this.numbers = new Int32Array(memory, 0, 3);
    this.path = Buffer.from(memory, PATH_AT);
  }

  /** Batches are numbered from 1. */
  cancel(batchId: number): void {
    Atomics.store(this.numbers, CANCELLED_AT, batchId);
  }

  isCancelled(batchId: number): boolean {
    return Atomics.load(this.numbers, CANCELLED_AT) === batchId;
  }

  /** Called by the thread before it touches a path. */
  enter(path: string | Buffer): void {
    const length = typeof path === 'string' ? this.path.write(path, 'utf8') : path.copy(this.path);
    Atomics.store(this.numbers, PATH_LENGTH_AT, length);
    Atomics.add(this.numbers, STEPS_AT, 1);
  }

  /** How many paths have been touched so far. */
  steps(): number {
    return Atomics.load(this.numbers, STEPS_AT);
  }

  /** Called by the owner when the thread does not answer. Every character is one byte. */
  currentPath(): string {
    return this.path.toString('latin1', 0, Atomics.load(this.numbers, PATH_LENGTH_AT));
  }
}
