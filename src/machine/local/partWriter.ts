import * as fs from 'node:fs';
import { USUAL_BYTES, type BufferPool } from './bufferPool';
import { MOST_VALUES, NO_ITEM, VALUE_WORDS, type ReadPart } from './readProtocol';

const FIRST_BYTES = 65_536;
/** What most files of /proc fit in: with less room left, the part is sent and another begun. */
const LEAST_ROOM = 8_192;
const LEAST_SENT_EARLY = 16_384;
/** A part with one long value grows by this factor. */
const GROWTH = 4;
/** More different errors than this do not occur; they would be told as the last of them. */
const MOST_ERRORS = 255;

/**
 * Collects values in a buffer, into which files are read without a copy in between. A part is handed to `send` when it
 * is full, at the border of a value.
 */
export class PartWriter {
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private start = 0;
  private end = 0;
  private bases: string[] = [];
  private readonly values = new Uint32Array(MOST_VALUES * VALUE_WORDS);
  private count = 0;
  private errors: string[] = [];

  constructor(
    private readonly send: (part: ReadPart) => void,
    private readonly pool: BufferPool,
  ) {}

  /** Begins a value. */
  begin(): void {
    const full = this.end >= USUAL_BYTES || this.buffer.length - this.end < LEAST_ROOM;
    if (full || this.count === MOST_VALUES) this.flush();
    this.start = this.end;
  }

  /** Ends it. */
  commit(base: string, itemIndex: number = NO_ITEM): void {
    this.add(base, itemIndex, 0);
  }

  /** In place of a value. */
  fail(errno: string, base: string, itemIndex: number = NO_ITEM): void {
    this.drop();
    this.add(base, itemIndex, 1 + this.errorIndex(errno));
  }

  /** Forgets what has been written of it. */
  drop(): void {
    this.end = this.start;
  }

  text(value: string, encoding: 'latin1' | 'utf8'): void {
    this.reserve(encoding === 'latin1' ? value.length : value.length * 3);
    this.end += this.buffer.write(value, this.end, encoding);
  }

  /**
   * The rest of an open file; false when it is cut at maxBytes. A read that gives fewer bytes than `lessIsEnd` came to
   * the end.
   */
  file(fd: number, maxBytes: number, lessIsEnd: number): boolean {
    for (;;) {
      const left = maxBytes - (this.end - this.start);
      if (left <= 0) return false;
      if (this.end === this.buffer.length) this.reserve(LEAST_ROOM);
      const room = Math.min(this.buffer.length - this.end, left);
      const count = fs.readSync(fd, this.buffer, this.end, room, null);
      this.end += count;
      if (count === 0 || (count < lessIsEnd && count < room)) return true;
    }
  }

  /** Takes back an incomplete UTF-8 character at the end of a value that was cut. */
  trimCharacter(): void {
    const from = Math.max(this.start, this.end - 3);
    for (let at = this.end - 1; at >= from; at--) {
      const byte = this.buffer[at] ?? 0;
      if ((byte & 0xc0) === 0x80) continue;
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      if (byte < 0xf8 && at + length > this.end) this.end = at;
      return;
    }
  }

  /** Sends the last part. Nothing can be written any more. */
  finish(unread: readonly string[]): void {
    this.sendPart(unread);
  }

  /** Where there is enough for a message of its own. Not within a value. */
  flushLarge(): void {
    if (this.end >= LEAST_SENT_EARLY) this.flush();
  }

  /** Sends what is complete, and begins another part with what is not. */
  flush(): void {
    const begun = this.buffer.subarray(this.start, this.end);
    const next = this.pool.take(begun.length * GROWTH);
    begun.copy(next);
    // Sending takes the memory away, and with it the length.
    const begunLength = begun.length;
    this.sendPart(null);
    this.buffer = next;
    this.end = begunLength;
    this.start = 0;
    this.bases = [];
    this.count = 0;
    this.errors = [];
  }

  private sendPart(unread: readonly string[] | null): void {
    const { bases, errors } = this;
    const values = this.values.slice(0, this.count * VALUE_WORDS);
    const bytes = this.buffer.buffer;
    this.send({ kind: 'part', bytes, usedBytes: this.start, bases, values, errors, unread });
  }

  private add(base: string, itemIndex: number, code: number): void {
    if (this.bases.at(-1) !== base) this.bases.push(base);
    const at = this.count * VALUE_WORDS;
    this.values[at] = this.end;
    this.values[at + 1] = this.bases.length - 1;
    this.values[at + 2] = itemIndex;
    this.values[at + 3] = code;
    this.count++;
    this.start = this.end;
  }

  private errorIndex(errno: string): number {
    const known = this.errors.indexOf(errno);
    if (known >= 0) return known;
    return this.errors.length === MOST_ERRORS ? MOST_ERRORS - 1 : this.errors.push(errno) - 1;
  }

  private reserve(count: number): void {
    if (this.buffer.length - this.end >= count) return;
    if (this.count > 0) this.flush();
    if (this.buffer.length - this.end >= count) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * GROWTH, this.end + count));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}
