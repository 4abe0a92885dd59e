import type { Encoding } from './encoding';

/** Code points that are turned into text at a time, well below what a call takes as arguments. */
const CHUNK = 8_192;

/** The text without its byte order mark, in UTF-8. Bytes that are UTF-8 already are given back as they are. */
export function toUtf8(bytes: Buffer, encoding: Encoding, markBytes: number): Buffer {
  const body = bytes.subarray(markBytes);
  switch (encoding) {
    case 'utf-8':
      return body;
    case 'iso-8859-1':
    case 'bytes':
      return Buffer.from(body.toString('latin1'), 'utf8');
    case 'utf-32le':
    case 'utf-32be':
      return Buffer.from(fromUtf32(body, encoding === 'utf-32le'), 'utf8');
    default:
      return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(body), 'utf8');
  }
}

/** No decoder of the platform has it. What is no code point becomes U+FFFD, as does an incomplete last one. */
function fromUtf32(bytes: Buffer, isLittleEndian: boolean): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK * 4) {
    const points: number[] = [];
    for (let at = start; at < Math.min(start + CHUNK * 4, bytes.length); at += 4) {
      const point = at + 4 > bytes.length ? 0xfffd : isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      points.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point);
    }
    parts.push(String.fromCodePoint(...points));
  }
  return parts.join('');
}
