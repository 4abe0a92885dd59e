/** The least code point that needs so many bytes; one written longer than needed is no UTF-8. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];
const GREATEST = 0x10ffff;
const REPLACEMENT_DIGITS = 2;

/**
 * A text in which every character stands for a byte, as readMany gives it with `encoding: 'bytes'`, as UTF-8. File
 * names and arguments need not be UTF-8: a byte that is none stands as \xHH.
 */
export function decodeBytes(text: string): string {
  let plain = 0;
  while (plain < text.length && text.charCodeAt(plain) < 0x80) plain++;
  if (plain === text.length) return text;
  let decoded = text.slice(0, plain);
  for (let at = plain; at < text.length;) {
    const length = sequenceLength(text.charCodeAt(at));
    const point = length === 0 ? -1 : codePoint(text, at, length);
    decoded += point < 0 ? escaped(text.charCodeAt(at)) : String.fromCodePoint(point);
    at += point < 0 ? 1 : length;
  }
  return decoded;
}

/** How many bytes the character takes that begins with this byte; 0 where none does. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** The character of so many bytes, or -1 where they are not one. */
function codePoint(text: string, start: number, length: number): number {
  const first = text.charCodeAt(start);
  if (length === 1) return first;
  let point = first & (0x7f >> length);
  for (let at = start + 1; at < start + length; at++) {
    // NaN, beyond the end, gives 0.
    const next = text.charCodeAt(at);
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (LEAST[length] ?? 0) || point > GREATEST || surrogate ? -1 : point;
}

function escaped(byte: number): string {
  return `\\x${byte.toString(16).padStart(REPLACEMENT_DIGITS, '0')}`;
}
