import * as fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { kindOf, OPEN_TO_READ } from './kinds';

const USUAL_BYTES = 65_536;
const KEPT_BYTES = 1_048_576;

/**
 * Files of /proc and /sys whose opening has no effect. The others are links into the world of other processes, where
 * devices and pipes are: there, as everywhere else, the kind is looked at before anything is opened.
 */
const KERNEL_TEXT = /^\/(?:proc|sys)\/(?!.*\/(?:fd|root|cwd|exe|map_files|\.\.)(?:\/|$))/;

/** Has a code as system errors have: 'kind:fifo' and the like for what is no regular file. */
export class ReadError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Reads whole files synchronously into one buffer that it keeps. */
export class TextReader {
  private buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);

  /** The file's text up to maxBytes; bytes that are not UTF-8 become U+FFFD. Throws errors that have a code. */
  read(path: string, maxBytes: number): string {
    const ofKernel = KERNEL_TEXT.test(path);
    if (!ofKernel) requireFile(fs.statSync(path));
    const fd = fs.openSync(path, OPEN_TO_READ);
    try {
      if (!ofKernel) requireFile(fs.fstatSync(fd));
      return this.readOpen(fd, maxBytes);
    } finally {
      fs.closeSync(fd);
    }
  }

  /** Gives back the memory that one large file took. */
  shrink(): void {
    if (this.buffer.length > KEPT_BYTES) this.buffer = Buffer.allocUnsafeSlow(USUAL_BYTES);
  }

  /** The size says nothing in /proc, and a short read there is not the end: only an empty one is. */
  private readOpen(fd: number, maxBytes: number): string {
    let length = 0;
    while (length < maxBytes) {
      if (length === this.buffer.length) this.grow(length);
      const room = Math.min(this.buffer.length, maxBytes) - length;
      const count = fs.readSync(fd, this.buffer, length, room, null);
      if (count === 0) return this.buffer.toString('utf8', 0, length);
      length += count;
    }
    // Cut: the decoder keeps back a character whose end may lie beyond.
    return new StringDecoder('utf8').write(this.buffer.subarray(0, length));
  }

  private grow(used: number): void {
    const larger = Buffer.allocUnsafeSlow(used * 4);
    this.buffer.copy(larger, 0, 0, used);
    this.buffer = larger;
  }
}

function requireFile(stats: fs.Stats): void {
  if (!stats.isFile()) throw new ReadError(`kind:${kindOf(stats)}`);
}
