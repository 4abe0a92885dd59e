import { freeMemory } from '../lib/freeMemory';

/** Elements of a long array that become one string. */
const SLICE = 32;
/** The report, its blocks, a block, its rows. */
const MOST_DEPTH = 3;
/** What a table that is sent again and again may have grown by. */
const SPARE_BYTES = 32_768;
const GROWTH = 1.5;
const ROUND_BYTES = 262_144;

/**
 * What JSON.stringify gives, in UTF-8, at the start of memory of its own. Of a table of thousands of rows the one string,
 * and what an encoder sets aside for it, would be ten times the bytes, each time that a live table is sent. `likelyBytes`
 * is how long it will be, as far as that is known.
 */
export function jsonBytes(value: object, likelyBytes = 0): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(rounded(likelyBytes + SPARE_BYTES));
  let length = 0;
  for (const piece of pieces(value, 0)) {
    let done = encoder.encodeInto(piece, bytes.subarray(length));
    if (done.read < piece.length) {
      bytes = larger(bytes, length + Buffer.byteLength(piece));
      done = encoder.encodeInto(piece, bytes.subarray(length));
    }
    length += done.written;
  }
  return bytes.subarray(0, length);
}

/** Memory of the same size fits where the last one was: of many sizes, each would be put behind the others. */
function rounded(bytes: number): number {
  return Math.ceil(bytes / ROUND_BYTES) * ROUND_BYTES;
}

/** `bytes` are gone. */
function larger(bytes: Uint8Array<ArrayBuffer>, leastBytes: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(rounded(Math.max(leastBytes, bytes.length * GROWTH)));
  more.set(bytes);
  freeMemory(bytes.buffer);
  return more;
}

function* pieces(value: unknown, depth: number): Generator<string> {
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) yield JSON.stringify(value);
  else if (Array.isArray(value)) yield* ofArray(value, depth);
  else yield* ofObject(value, depth);
}

function* ofArray(values: readonly unknown[], depth: number): Generator<string> {
  yield '[';
  if (values.length > SLICE || depth === MOST_DEPTH) {
    for (let at = 0; at < values.length; at += SLICE) {
      const slice = JSON.stringify(values.slice(at, at + SLICE));
      yield (at === 0 ? '' : ',') + slice.slice(1, -1);
    }
  } else {
    for (const [index, value] of values.entries()) {
      if (index > 0) yield ',';
      yield* pieces(value ?? null, depth + 1);
    }
  }
  yield ']';
}

function* ofObject(value: object, depth: number): Generator<string> {
  yield '{';
  let isFirst = true;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${isFirst ? '' : ','}${JSON.stringify(name)}:`;
    isFirst = false;
    yield* pieces(member, depth + 1);
  }
  yield '}';
}
