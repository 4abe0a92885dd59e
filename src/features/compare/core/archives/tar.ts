import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../../lib/bytePath';
import type { ByteReader } from './byteReader';
import { DamagedArchive } from './damaged';
import { BLOCK_BYTES, paxRecords, tarHeader, type TarHeader } from './tarHeader';

/** One member, with what extended headers say of it. */
export interface TarMember extends TarHeader {
  /** Only its parts that are no holes are there, in a form of their own. */
  readonly isSparse: boolean;
  /** The content, portion by portion; null at its end. What is left of it when the next member is asked for is skipped. */
  some(): Promise<Buffer | null>;
}

const PORTION_BYTES = 65_536;
const LONGEST_EXTENSION = 1_048_576;

interface Extensions {
  records: ReadonlyMap<string, Buffer>;
  name?: string;
  linkName?: string;
}

/** The members of a tar archive (ustar, pax, GNU and older ones) in their order. Throws DamagedArchive. */
export async function* tarMembers(reader: ByteReader): AsyncGenerator<TarMember, void, undefined> {
  const lasting = new Map<string, Buffer>();
  let extensions: Extensions = { records: lasting };
  for (let first = true; ; first = false) {
    const header = await nextHeader(reader, first);
    if (header === null) return;
    const padding = (BLOCK_BYTES - (header.sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES;
    if ('xgLK'.includes(header.type)) {
      extensions = extended(extensions, header.type, await extension(reader, header.sizeBytes), lasting);
      await skip(reader, padding);
      continue;
    }
    const member = memberOf(header, extensions, reader);
    extensions = { records: lasting };
    yield member;
    await skip(reader, member.left() + ((BLOCK_BYTES - (member.sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES));
  }
}

async function nextHeader(reader: ByteReader, first: boolean): Promise<TarHeader | null> {
  const at = reader.position;
  const block = await reader.exactly(BLOCK_BYTES);
  // Two blocks of zeros are its end; some writers leave them out, or one of them.
  if (block.length === 0 || block.every((byte) => byte === 0)) return null;
  const header = tarHeader(block);
  if (header !== null && header.sizeBytes >= 0) {
    await skipMaps(reader, block, header);
    return header;
  }
  if (first) throw new DamagedArchive(l10n.t('what is in it is no tar archive'));
  throw block.length < BLOCK_BYTES ? cutOff() : new DamagedArchive(l10n.t('there is no header at byte {0}', at));
}

/** More of where the holes of GNU's sparse files are, in blocks that no size tells. */
async function skipMaps(reader: ByteReader, header: Buffer, { type }: TarHeader): Promise<void> {
  let isMore = type === 'S' && header[482] !== 0;
  while (isMore) {
    const block = await reader.exactly(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw cutOff();
    isMore = block[504] !== 0;
  }
}

async function extension(reader: ByteReader, sizeBytes: number): Promise<Buffer> {
  if (sizeBytes > LONGEST_EXTENSION) throw new DamagedArchive(l10n.t('an extended header is too long'));
  const bytes = await reader.exactly(sizeBytes);
  if (bytes.length < sizeBytes) throw cutOff();
  return bytes;
}

function extended(extensions: Extensions, type: string, bytes: Buffer, lasting: Map<string, Buffer>): Extensions {
  if (type === 'L' || type === 'K') {
    const end = bytes.indexOf(0);
    const long = decodePath(end === -1 ? bytes : bytes.subarray(0, end));
    return type === 'L' ? { ...extensions, name: long } : { ...extensions, linkName: long };
  }
  const records = paxRecords(bytes);
  if (records === null) throw new DamagedArchive(l10n.t('an extended header cannot be understood'));
  if (type === 'x') return { ...extensions, records: new Map([...extensions.records, ...records]) };
  for (const [key, value] of records) lasting.set(key, value);
  return { ...extensions, records: new Map([...lasting, ...extensions.records]) };
}

function memberOf(
  header: TarHeader,
  { records, name, linkName }: Extensions,
  reader: ByteReader,
): TarMember & { left(): number } {
  const path = (key: string): string | undefined => {
    const value = records.get(key);
    return value === undefined ? undefined : decodePath(value);
  };
  const number = (key: string, otherwise: number): number => {
    const value = Number(records.get(key)?.toString('latin1') ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  };
  const sizeBytes = number('size', header.sizeBytes);
  // What is told of links, devices and folders is no content.
  let left = /[1-6]/.test(header.type) ? 0 : sizeBytes;
  return {
    ...header,
    name: path('GNU.sparse.name') ?? path('path') ?? name ?? header.name,
    linkName: path('linkpath') ?? linkName ?? header.linkName,
    uid: number('uid', header.uid),
    gid: number('gid', header.gid),
    modifiedMs: number('mtime', header.modifiedMs / 1_000) * 1_000,
    sizeBytes: left,
    isSparse: header.type === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.')),
    left: () => left,
    async some() {
      if (left === 0) return null;
      const part = await reader.some(Math.min(left, PORTION_BYTES));
      if (part === null) throw cutOff();
      left -= part.length;
      return part;
    },
  };
}

async function skip(reader: ByteReader, bytes: number): Promise<void> {
  if (!(await reader.skip(bytes))) throw cutOff();
}

function cutOff(): DamagedArchive {
  return new DamagedArchive(l10n.t('it ends in the middle'));
}
