import { decodePath } from '../../../../lib/bytePath';

export const BLOCK_BYTES = 512;

/** What a header block says (pax(1), "ustar Interchange Format"; tar(5) for GNU's). */
export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** typeflag; '0' also where there is none. */
  readonly type: string;
  readonly linkName: string;
}

/** null: not a header, or one that was changed since it was written. */
export function tarHeader(block: Buffer): TarHeader | null {
  if (block.length < BLOCK_BYTES || !hasItsSum(block)) return null;
  const name = text(block, 0, 100);
  // GNU's old format has other things where POSIX has the beginning of a long name.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 155) : '';
  const flag = String.fromCharCode(block[156] ?? 0);
  const type = flag === '\0' || flag === '7' ? '0' : flag;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(block, 100, 8) & 0o7777,
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    sizeBytes: number(block, 124, 12),
    modifiedMs: number(block, 136, 12) * 1_000,
    // Before there were flags, a folder was told by the end of its name.
    type: type === '0' && name.endsWith('/') ? '5' : type,
    linkName: text(block, 157, 100),
  };
}

/** The sum of all bytes, its own taken as blanks; some have summed signed ones. */
function hasItsSum(block: Buffer): boolean {
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  const told = number(block, 148, 8);
  return told === unsigned || told === signed;
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return decodePath(end === -1 ? field : field.subarray(0, end));
}

/** Octal digits, or (GNU) base 256 with the highest bit set. */
function number(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first < 0x80)
    return (
      parseInt(
        block
          .toString('latin1', start, start + length)
          .replace(/[\0 ]+/g, ' ')
          .trim(),
        8,
      ) || 0
    );
  let value = first === 0xff ? -1 : first & 0x7f;
  for (let at = start + 1; at < start + length; at += 1) value = value * 256 + (block[at] ?? 0);
  return value;
}

/** Records of an extended header, 'LENGTH KEY=VALUE\n' each; null where it is damaged. */
export function paxRecords(bytes: Buffer): ReadonlyMap<string, Buffer> | null {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    const length = Number(bytes.toString('latin1', at, blank === -1 ? at : blank));
    const equals = bytes.indexOf(0x3d, blank);
    const end = at + length;
    if (blank === -1 || !(length > 0) || equals === -1 || equals > end || bytes[end - 1] !== 10) return null;
    records.set(bytes.toString('latin1', blank + 1, equals), bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
