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
  let starts = new Int32Array(1_024);
  let hashes = new Int32Array(1_024);
  let count = 0;
  let hash = 0;
  let start = 0;
  const length = bytes.length;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte !== LINE_FEED) {
      hash = Math.imul(hash ^ byte, 0x01000193) ^ (hash >>> 15);
      continue;
    }
    if (count + 2 > starts.length) [starts, hashes] = [doubled(starts), doubled(hashes)];
    starts[count] = start;
    hashes[count] = hash;
    count += 1;
    start = at + 1;
    hash = 0;
  }
  const endsWithNewline = start === length;
  if (!endsWithNewline) {
    starts[count] = start;
    hashes[count] = hash;
    count += 1;
  }
  if (count + 1 > starts.length) starts = doubled(starts);
  starts[count] = endsWithNewline ? length : length + 1;
  return { bytes, count, starts: starts.subarray(0, count + 1), hashes: hashes.subarray(0, count), endsWithNewline };
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
