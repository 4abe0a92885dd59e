import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../../lib/bytePath';
import type { FileKind } from '../../../../machine/machine';
import type { TreeStat, ZipPlace } from '../trees/entry';
import type { ByteReader } from './byteReader';
import { DamagedArchive } from './damaged';

export interface ZipMember {
  readonly name: string;
  readonly kind: FileKind;
  readonly stat: TreeStat;
  readonly packed: ZipPlace;
}

/** The end of the central directory, with the longest comment that it can have and what comes before it in ZIP64. */
export const END_BYTES = 22 + 65_535 + 20 + 56;

export interface DirectoryPlace {
  readonly members: number;
  readonly offset: number;
  /** What stands before the archive in its file, such as a program that unpacks it. */
  readonly shift: number;
}

/** Where the central directory is (APPNOTE.TXT 6.3, 4.3.14 to 4.3.16), from the last bytes of the file. */
export function findDirectory(end: Buffer, sizeBytes: number): DirectoryPlace {
  const at = end.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at === -1 || at + 22 > end.length)
    throw new DamagedArchive(l10n.t('its directory is missing: it may be cut off'));
  const start = sizeBytes - end.length;
  const short = {
    members: end.readUInt16LE(at + 10),
    bytes: end.readUInt32LE(at + 12),
    offset: end.readUInt32LE(at + 16),
  };
  const isLong = short.members === 0xffff || short.bytes === 0xffffffff || short.offset === 0xffffffff;
  const long = isLong ? end.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1'), at) : -1;
  const told =
    long === -1 || long + 56 > at
      ? { ...short, at }
      : {
          members: Number(end.readBigUInt64LE(long + 32)),
          bytes: Number(end.readBigUInt64LE(long + 40)),
          offset: Number(end.readBigUInt64LE(long + 48)),
          at: long,
        };
  const offset = start + told.at - told.bytes;
  if (offset < 0 || offset < told.offset) throw new DamagedArchive(l10n.t('its directory is not where it says'));
  return { members: told.members, offset, shift: offset - told.offset };
}

/** The next member of the central directory. */
export async function nextMember(reader: ByteReader, shift: number): Promise<ZipMember> {
  const head = await reader.exactly(46);
  if (head.length < 46 || head.readUInt32LE(0) !== 0x02014b50) throw damagedDirectory();
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((at) => head.readUInt16LE(at)) as [
    number,
    number,
    number,
  ];
  const name = await reader.exactly(nameBytes);
  const extra = await reader.exactly(extraBytes);
  if (extra.length < extraBytes || !(await reader.skip(commentBytes))) throw damagedDirectory();
  const told = { sizeBytes: head.readUInt32LE(24), packedBytes: head.readUInt32LE(20), offset: head.readUInt32LE(42) };
  const more = extraFields(extra, told);
  const isUnix = [3, 19].includes(head[5] ?? 0);
  const unixMode = isUnix ? head.readUInt16LE(40) : 0;
  const text = decodePath(name);
  const path = isUnix ? text : text.replaceAll('\\', '/');
  return {
    name: path,
    kind: kindOf(unixMode, path),
    stat: {
      sizeBytes: more.sizeBytes,
      mode: unixMode === 0 ? null : unixMode & 0o7777,
      modifiedMs: more.modifiedMs,
      uid: more.uid,
      gid: more.gid,
    },
    packed: {
      offset: more.offset + shift,
      packedBytes: more.packedBytes,
      method: head.readUInt16LE(10),
      isEncrypted: (head.readUInt16LE(8) & 1) !== 0,
    },
  };
}

function kindOf(unixMode: number, path: string): FileKind {
  if (path.endsWith('/')) return 'directory';
  const kinds: Readonly<Record<number, FileKind>> = {
    1: 'fifo',
    2: 'character',
    4: 'directory',
    6: 'block',
    10: 'symlink',
    12: 'socket',
  };
  return kinds[unixMode >>> 12] ?? 'file';
}

interface Sizes {
  readonly sizeBytes: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** ZIP64's sizes, and what unzip's authors have added: times in UTC, where those of the directory have no zone, and owners. */
function extraFields(
  extra: Buffer,
  told: Sizes,
): Sizes & { readonly modifiedMs: number | null; readonly uid: number | null; readonly gid: number | null } {
  const found = { ...told, modifiedMs: null as number | null, uid: null as number | null, gid: null as number | null };
  for (let at = 0; at + 4 <= extra.length;) {
    const id = extra.readUInt16LE(at);
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    at += 4 + extra.readUInt16LE(at + 2);
    if (id === 0x0001) Object.assign(found, longSizes(field, told));
    if (id === 0x5455 && field.length >= 5 && ((field[0] ?? 0) & 1) !== 0)
      found.modifiedMs = field.readInt32LE(1) * 1_000;
    if (id === 0x7875 && field[1] === 4 && field[6] === 4 && field.length >= 11) {
      [found.uid, found.gid] = [field.readUInt32LE(2), field.readUInt32LE(7)];
    }
  }
  return found;
}

/** Only those that did not fit stand there, in this order. */
function longSizes(field: Buffer, told: Sizes): Partial<Sizes> {
  let at = 0;
  const next = (short: number): number => {
    if (short !== 0xffffffff || at + 8 > field.length) return short;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  };
  return { sizeBytes: next(told.sizeBytes), packedBytes: next(told.packedBytes), offset: next(told.offset) };
}

function damagedDirectory(): DamagedArchive {
  return new DamagedArchive(l10n.t('its directory is damaged'));
}
