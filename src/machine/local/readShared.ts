/** PATH_MAX of Linux. */
const MAX_PATH_BYTES = 4_096;
const CANCELLED_AT = 0;
const PATH_LENGTH_AT = 1;
const PATH_AT = 8;

/**
 * Memory that the reading thread shares with its owner, for what a message cannot tell while the thread is busy: which
 * batch is not wanted any more, and which path it is at when it hangs. Two int32, then the path in UTF-8.
 */
export class ReadShared {
  private readonly numbers: Int32Array;
  private readonly path: Buffer;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(PATH_AT + MAX_PATH_BYTES)) {
    this.numbers = new Int32Array(memory, 0, 2);
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
  enter(path: string): void {
    Atomics.store(this.numbers, PATH_LENGTH_AT, this.path.write(path, 'utf8'));
  }

  /** Called by the owner when the thread does not answer. */
  currentPath(): string {
    return this.path.toString('utf8', 0, Atomics.load(this.numbers, PATH_LENGTH_AT));
  }
}
