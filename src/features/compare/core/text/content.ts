import { isUtf8 } from 'node:buffer';
import { toUtf8 } from './decode';
import { type FoundEncoding, findEncoding } from './encoding';
import { findLines, type LineBytes } from './lineBytes';
import type { TextOptions } from './options';
import type { TextSide } from './schema';

/** Of each side, so that both and what is made from them stay in memory. */
export const LARGEST_TEXT_BYTES = 256 * 1024 * 1024;

/** What is compared, and how it is called. */
export interface Content {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  readonly modifiedMs?: number;
  /** Default: a file. */
  readonly origin?: TextSide['origin'];
}

/** A content as its lines. */
export interface ReadText {
  readonly found: FoundEncoding;
  readonly damaged: boolean;
  readonly lineEnds: TextSide['lineEnds'];
  readonly lines: LineBytes;
}

export function bufferOf({ bytes }: Content): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** null where the content is no text. */
export function readText(content: Content, options: TextOptions): ReadText | null {
  const bytes = bufferOf(content);
  const guessed = findEncoding(bytes);
  const found = options.encoding === 'auto' ? guessed : asTold(options.encoding, guessed);
  if (found === null) return null;
  const text = toUtf8(bytes, found.encoding, found.markBytes);
  const lineEnds = lineEndsOf(text);
  const damaged = found.encoding === 'utf-8' ? !isUtf8(text) : found.encoding !== 'bytes' && text.includes('\ufffd');
  const counted = options.ignoreCarriageReturns && lineEnds !== 'lf' ? withoutCarriageReturns(text) : text;
  return { found, damaged, lineEnds, lines: findLines(counted) };
}

/** Its mark is left out only if it is of that encoding. */
function asTold(encoding: FoundEncoding['encoding'], guessed: FoundEncoding | null): FoundEncoding {
  return { encoding, markBytes: guessed?.encoding === encoding ? guessed.markBytes : 0 };
}

function lineEndsOf(text: Buffer): TextSide['lineEnds'] {
  let returns = 0;
  let pairs = 0;
  for (let at = text.indexOf(13); at !== -1; at = text.indexOf(13, at + 1)) {
    returns += 1;
    if (text[at + 1] === 10) pairs += 1;
  }
  if (returns === 0) return text.includes(10) ? 'lf' : 'none';
  let feeds = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) feeds += 1;
  if (pairs === feeds && pairs === returns) return 'crlf';
  return feeds === 0 ? 'cr' : 'mixed';
}

/** Those before a line feed. */
function withoutCarriageReturns(text: Buffer): Buffer {
  const rest = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === 13 && text[at + 1] === 10) continue;
    rest[length] = byte;
    length += 1;
  }
  return rest.subarray(0, length);
}
