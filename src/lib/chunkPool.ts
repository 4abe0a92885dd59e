import { freeMemory } from './freeMemory';

/**
 * Memory for the chunks of a stream, used again: hundreds of megabytes of chunks would be hundreds of garbage
 * collections. Who has a chunk gives it back when nobody needs its bytes any more, or never.
 */
export class ChunkPool {
  private readonly free: Buffer<ArrayBuffer>[] = [];
  private readonly own = new WeakSet<ArrayBuffer>();
  private readonly lent = new WeakSet<ArrayBufferLike>();

  /** What is in it is of no meaning. */
  take(bytes: number): Buffer<ArrayBuffer> {
    const at = this.free.findIndex(({ length }) => length === bytes);
    const [found] = at < 0 ? [] : this.free.splice(at, 1);
    if (found !== undefined) return found;
    const made = Buffer.allocUnsafeSlow(bytes);
    this.own.add(made.buffer);
    return made;
  }

  /** All there is in its memory, which is freed when it is given back. */
  lend({ buffer }: Uint8Array): void {
    this.lent.add(buffer);
  }

  /** A chunk, or a part of one, once. What is not of this pool is left alone. */
  giveBack({ buffer }: Uint8Array): void {
    if (this.lent.delete(buffer)) freeMemory(buffer);
    else if (buffer instanceof ArrayBuffer && this.own.has(buffer)) this.free.push(Buffer.from(buffer));
  }
}
