import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { errnoOf } from '../errors';
import { kindOf, OPEN_TO_READ } from '../kinds';
import { fsPath } from '../localPath';
import { isKernelText, ReadError } from '../text';
import { CHANGED, type PackedDifference } from './protocol';

/** A file that ends within it is told without another look: what stat(2) costs is more than reading so little. */
const FIRST_BYTES = 65_536;
const CHUNK_BYTES = 1_048_576;
/** What takes long enough that others are not to wait for it. */
const LARGE_BYTES = 33_554_432;
/** A link that has taken the place of a file is not followed. Windows has no such flag. */
const OPEN = OPEN_TO_READ | (fs.constants.O_NOFOLLOW ?? 0);

/** Who is told while it reads, and asked whether it is to go on. */
export interface Reading {
  read(bytes: number): void;
  isStopped(): boolean;
}

/** Thrown out of the middle of a file whose answer is not wanted any more. */
export class Stopped extends Error {}

/** Thrown in place of reading files that are large, where they may be left for later. */
export class Postponed extends Error {}

interface CompareWays {
  /** What the kernel makes. */
  readonly isPiecemeal: boolean;
  readonly isSoon: boolean;
  /** Told of which side is read. */
  readonly at: (side: 'left' | 'right') => void;
}

/** Reads files in pieces, always into the same memory. */
export class ContentReader {
  private readonly left = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private readonly right = Buffer.allocUnsafeSlow(CHUNK_BYTES);

  constructor(private readonly reading: Reading) {}

  /** null where both have the same bytes. With `isSoon`, Postponed is thrown for what would take long. */
  compare(leftPath: string, rightPath: string, isSoon: boolean): PackedDifference | null {
    let left: number | undefined;
    let right: number | undefined;
    let side: 'left' | 'right' = 'left';
    const isPiecemeal = isKernelText(leftPath) || isKernelText(rightPath);
    try {
      left = open(leftPath);
      side = 'right';
      right = open(rightPath);
      return this.compareOpen(left, right, { isPiecemeal, isSoon, at: (of) => (side = of) });
    } catch (error) {
      if (error instanceof Stopped || error instanceof Postponed) throw error;
      return { kind: 'unreadable', side, errno: errnoOf(error) ?? String(error) };
    } finally {
      if (left !== undefined) fs.closeSync(left);
      if (right !== undefined) fs.closeSync(right);
    }
  }

  /** In hex. Throws errors that have a code. */
  hash(path: string): string {
    const fd = open(path);
    try {
      const count = fs.readSync(fd, this.left, 0, FIRST_BYTES, null);
      this.reading.read(count);
      const before = isSuspicious(count) > 0 ? regular(fd) : undefined;
      if (count > 0 && count < FIRST_BYTES && !isKernelText(path)) return sha256(this.left.subarray(0, count));
      const hash = createHash('sha256').update(this.left.subarray(0, count));
      for (let more = count; more > 0;) {
        this.checkStop();
        more = fs.readSync(fd, this.left, 0, CHUNK_BYTES, null);
        this.reading.read(more);
        hash.update(this.left.subarray(0, more));
      }
      if (!isKernelText(path)) requireUnchanged(fd, before);
      return hash.digest('hex');
    } finally {
      fs.closeSync(fd);
    }
  }

  private compareOpen(left: number, right: number, { isPiecemeal, isSoon, at }: CompareWays): PackedDifference | null {
    let before: readonly [fs.Stats, fs.Stats] | undefined;
    for (let offset = 0, length = FIRST_BYTES; ; offset += length, length = CHUNK_BYTES) {
      at('left');
      const leftCount = this.fill(left, this.left, length, isPiecemeal);
      at('right');
      const rightCount = this.fill(right, this.right, length, isPiecemeal);
      this.reading.read(leftCount + rightCount);
      const common = Math.min(leftCount, rightCount);
      if (offset === 0 && isSuspicious(leftCount) + isSuspicious(rightCount) > 0) {
        at('left');
        const leftStats = regular(left);
        at('right');
        before = [leftStats, regular(right)];
        if (isSoon && leftStats.size > LARGE_BYTES && before[1].size > LARGE_BYTES) throw new Postponed();
      }
      const isEnd = leftCount < length || rightCount < length;
      const difference = sameBytes(this.left, this.right, common)
        ? common
        : firstDifference(this.left, this.right, common);
      if (difference < common || leftCount !== rightCount) return { kind: 'differs', offset: offset + difference };
      if (isEnd) {
        if (before !== undefined && offset > 0 && !isPiecemeal) {
          at('left');
          requireUnchanged(left, before[0]);
          at('right');
          requireUnchanged(right, before[1]);
        }
        return null;
      }
      this.checkStop();
    }
  }

  /** What the kernel makes comes in pieces of any length; a file's read is short at its end only. */
  private fill(fd: number, buffer: Buffer, length: number, isPiecemeal: boolean): number {
    let count = fs.readSync(fd, buffer, 0, length, null);
    while (isPiecemeal && count < length) {
      const more = fs.readSync(fd, buffer, count, length - count, null);
      if (more === 0) break;
      count += more;
    }
    return count;
  }

  private checkStop(): void {
    if (this.reading.isStopped()) throw new Stopped();
  }
}

/** In one go where this Node can: for a small file, to make and to finish a hash takes longer than to hash. */
function sha256(bytes: Uint8Array): string {
  return typeof crypto.hash === 'function'
    ? crypto.hash('sha256', bytes, 'hex')
    : createHash('sha256').update(bytes).digest('hex');
}

function open(path: string): number {
  return fs.openSync(fsPath(path), OPEN);
}

/** Nothing, or more than a little: it may be a pipe or a device that has taken the place of the file. */
function isSuspicious(count: number): number {
  return count === 0 || count === FIRST_BYTES ? 1 : 0;
}

function regular(fd: number): fs.Stats {
  const stats = fs.fstatSync(fd);
  if (!stats.isFile()) throw new ReadError(`kind:${kindOf(stats)}`);
  return stats;
}

/** What was written to meanwhile is neither its old nor its new content. */
function requireUnchanged(fd: number, before: fs.Stats | undefined): void {
  if (before === undefined) return;
  const after = fs.fstatSync(fd);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw new ReadError(CHANGED);
}

function sameBytes(left: Buffer, right: Buffer, length: number): boolean {
  return left.compare(right, 0, length, 0, length) === 0;
}

/** Halves what holds it: comparing is much faster than looking at each byte. */
function firstDifference(left: Buffer, right: Buffer, length: number): number {
  let from = 0;
  let to = length;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (left.compare(right, from, middle, from, middle) === 0) from = middle;
    else to = middle;
  }
  return from;
}
