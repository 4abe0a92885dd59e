const LINE_FEED = 10;

/** A text in UTF-8 with where its lines are; a line becomes a string only when somebody looks at it. */
export interface LineBytes {
  readonly bytes: Buffer;
  readonly count: number;
  /** Where each line begins, and after the last one where the next would begin. */
  readonly starts: Int32Array;
  /** Of each line without its line feed. */
  readonly hashes: Int32Array;
  /** Whether the last line ends with a line feed; true of an empty text. */
  readonly endsWithNewline: boolean;
}

/** Lines end with a line feed only, as for diff(1); a carriage return is part of its line. */
export function findLines(bytes: Buffer): LineBytes {
  const view = viewOf(bytes);
  const { length } = bytes;
  let starts = new Int32Array(1_024);
  let hashes = new Int32Array(1_024);
  let count = 0;
  let start = 0;
  while (start < length) {
    if (count + 2 > starts.length) [starts, hashes] = [doubled(starts), doubled(hashes)];
    let hash = 0;
    let at = start;
    // Four bytes at a time, as long as none of them is a line feed.
    for (; at + 4 <= length; at += 4) {
      const word = view.getInt32(at, true);
      if (hasLineFeed(word)) break;
      hash = mixed(hash, word);
    }
    for (; at < length && bytes[at] !== LINE_FEED; at++) hash = mixed(hash, bytes[at] as number);
    starts[count] = start;
    hashes[count] = hash;
    count += 1;
    start = at + 1;
  }
  starts[count] = start;
  const endsWithNewline = start === length || length === 0;
  return { bytes, count, starts: starts.subarray(0, count + 1), hashes: hashes.subarray(0, count), endsWithNewline };
}

/** Numbers of four bytes are read from it much faster than from the Buffer. */
export function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Whether one of its four bytes is a line feed: only then does the subtraction borrow from a byte that had no high bit. */
function hasLineFeed(word: number): boolean {
  const zeroAtLineFeed = word ^ 0x0a0a0a0a;
  return ((zeroAtLineFeed - 0x01010101) & ~zeroAtLineFeed & 0x80808080) !== 0;
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** Lines [from, to) without their line feeds. Bytes that are no UTF-8 become U+FFFD. */
export function linesOf({ bytes, starts }: LineBytes, from: number, to: number): string[] {
  if (from >= to) return [];
  return bytes.toString('utf8', starts[from], (starts[to] as number) - 1).split('\n');
}
