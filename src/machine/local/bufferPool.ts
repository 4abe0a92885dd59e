import { freeMemory } from '../../lib/freeMemory';

/** Of the buffer of a part; only where one value is longer it is larger. */
export const USUAL_BYTES = 262_144;
/** 2 MiB. The thread that they belong to ends when it is not used. */
const MOST_KEPT = 8;

/**
 * The buffers of a reading thread. A live view reads the same megabytes every two seconds: without this, what it has
 * read would pile up until the owner's next full garbage collection.
 */
export class BufferPool {
  private readonly free: Buffer<ArrayBuffer>[] = [];

  /** `collect` is called when there is none: it may give some that have come back. */
  constructor(private readonly collect: () => void = () => undefined) {}

  /** One with room for so many bytes, or for the usual number; what is in it is of no meaning. */
  take(leastBytes: number): Buffer<ArrayBuffer> {
    if (leastBytes > USUAL_BYTES) return Buffer.allocUnsafeSlow(leastBytes);
    if (this.free.length === 0) this.collect();
    return this.free.pop() ?? Buffer.allocUnsafeSlow(USUAL_BYTES);
  }

  give(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) {
      if (buffer.byteLength === USUAL_BYTES && this.free.length < MOST_KEPT) this.free.push(Buffer.from(buffer));
      else freeMemory(buffer);
    }
  }
}
