/**
 * Memory for the chunks of a stream, used again: hundreds of megabytes of chunks would be hundreds of garbage
 * collections. Who has a chunk gives it back when nobody needs its bytes any more, or never.
 */
export class ChunkPool {
  private readonly free: Buffer<ArrayBuffer>[] = [];
  private readonly own = new WeakSet<ArrayBuffer>();

  /** What is in it is of no meaning. */
  take(bytes: number): Buffer<ArrayBuffer> {
    const at = this.free.findIndex(({ length }) => length === bytes);
    const [found] = at < 0 ? [] : this.free.splice(at, 1);
    if (found !== undefined) return found;
    const made = Buffer.allocUnsafeSlow(bytes);
    this.own.add(made.buffer);
    return made;
  }

  /** A chunk, or a part of one, once. What is not of this pool is left alone. */
  giveBack({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && this.own.has(buffer)) this.free.push(Buffer.from(buffer));
  }
}
