import type { Readable } from 'node:stream';

const NOTHING = Buffer.alloc(0);
const LONGEST_LINE = 1_048_576;

/** Takes the bytes of a stream in the portions in which they are needed; holds one chunk at most. */
export class ByteReader {
  /** How many have been taken, from where the stream began. */
  position = 0;
  private rest: Buffer = NOTHING;
  private readonly chunks: AsyncIterator<Buffer, undefined>;

  constructor(
    stream: Readable,
    private readonly onBytes: (bytes: number) => void = () => undefined,
  ) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** The next ones, at most so many; null at the end. They are the caller's until the next call. */
  async some(most: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const { done, value } = await this.chunks.next();
      if (done === true) return null;
      this.rest = value;
      this.onBytes(value.length);
    }
    const taken = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(taken.length);
    this.position += taken.length;
    return taken;
  }

  /** So many; fewer only at the end. */
  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === null) break;
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts);
  }

  /** Whether there were so many. */
  async skip(count: number): Promise<boolean> {
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === null) return false;
      missing -= part.length;
    }
    return true;
  }

  /** Up to that byte, without it; null where none comes within `most` bytes. */
  async until(byte: number, most = LONGEST_LINE): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (let length = 0; length <= most;) {
      const part = await this.some(this.ahead(byte));
      if (part === null) return null;
      length += part.length;
      if (part.at(-1) === byte) return Buffer.concat([...parts, part.subarray(0, -1)]);
      parts.push(part);
    }
    return null;
  }

  /** How many of the bytes at hand are before the end of what is looked for. */
  private ahead(byte: number): number {
    const end = this.rest.indexOf(byte);
    return end === -1 ? Math.max(1, this.rest.length) : end + 1;
  }
}
