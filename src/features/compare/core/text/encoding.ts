import { isUtf8 } from 'node:buffer';
import { looksLikeGb18030 } from './gb18030';

/** 'bytes' is no guess: every byte is the character of its number. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'gb18030',
  'windows-1252',
  'iso-8859-1',
  'bytes',
] as const;
export type Encoding = (typeof encodings)[number];

export interface FoundEncoding {
  readonly encoding: Encoding;
  /** Length of the byte order mark; 0 without one. */
  readonly markBytes: number;
}

/** What is looked at where a guess has to be made. */
const SAMPLE_BYTES = 65_536;

/** Longer marks first: that of UTF-32 begins with that of UTF-16. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding of a text, or null where the bytes are no text. */
export function findEncoding(bytes: Buffer): FoundEncoding | null {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { encoding, markBytes: mark.length };
  }
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (sample.includes(0)) return wideWithoutMark(bytes, sample);
  return hasManyControls(sample) ? null : { encoding: narrowEncoding(bytes), markBytes: 0 };
}

function narrowEncoding(bytes: Buffer): Encoding {
  if (isUtf8(bytes) || isDamagedUtf8(bytes.subarray(0, SAMPLE_BYTES))) return 'utf-8';
  if (looksLikeGb18030(bytes, SAMPLE_BYTES)) return 'gb18030';
  // Only there do these bytes mean letters and quotation marks; in ISO 8859-1 they are controls.
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'windows-1252' : 'iso-8859-1';
}

/** Mostly ASCII in UTF-16: every second byte is 0, always the same one. */
function wideWithoutMark(bytes: Buffer, sample: Buffer): FoundEncoding | null {
  if (bytes.length % 2 !== 0) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const pairs = Math.floor(sample.length / 2);
  if (even === 0 && odd > pairs * 0.7) return { encoding: 'utf-16le', markBytes: 0 };
  if (odd === 0 && even > pairs * 0.7) return { encoding: 'utf-16be', markBytes: 0 };
  return null;
}

/** Texts have white space, escape sequences and now and then a form feed, but few other controls. */
function hasManyControls(sample: Buffer): boolean {
  let controls = 0;
  for (const byte of sample) {
    if (byte < 32 && (byte < 8 || byte > 13) && byte !== 27) controls += 1;
  }
  return controls > sample.length / 50;
}

/** UTF-8 with a few bytes that are none, such as a log into which somebody wrote in another encoding. */
function isDamagedUtf8(sample: Buffer): boolean {
  let sound = 0;
  let broken = 0;
  for (let at = 0; at < sample.length;) {
    const length = soundLength(sample, at);
    if (length === 0) broken += 1;
    else if (length > 1) sound += 1;
    at += Math.max(1, length);
  }
  return sound > 10 * broken;
}

/** Length of the sequence that begins there (RFC 3629, section 4, without its rarer limits), or 0. */
function soundLength(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next];
    if (byte === undefined || byte < 0x80 || byte >= 0xc0) return 0;
  }
  return length;
}
