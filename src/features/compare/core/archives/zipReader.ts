import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { messageOf } from '../../../../lib/errors';
import { ByteReader } from './byteReader';
import { DamagedArchive } from './damaged';
import type { ZipPlace } from '../trees/entry';

const PORTION_BYTES = 65_536;
/** Up to here a content is unpacked at one go. */
const SMALL_BYTES = 1_048_576;
/** What is nearer is read over, rather than that a new stream is begun. */
const WORTH_READING = 4 * 1_048_576;

export interface ZipContent extends ZipPlace {
  readonly sizeBytes: number;
}

/** Reads here and there in a file; in ascending order it is read once. */
export class ZipReader {
  private open: { readonly stream: Readable; readonly reader: ByteReader; readonly start: number } | null = null;

  constructor(
    private readonly streamFrom: (start: number) => Promise<Readable>,
    private readonly onBytes: (bytes: number) => void,
  ) {}

  /** The bytes from there on. */
  async at(offset: number): Promise<ByteReader> {
    const { open } = this;
    const ahead = open === null ? -1 : offset - open.start - open.reader.position;
    if (open !== null && ahead >= 0 && ahead <= WORTH_READING) {
      await open.reader.skip(ahead);
      return open.reader;
    }
    this.close();
    const stream = await this.streamFrom(offset);
    // Thrown where it is read; what comes later is nobody's.
    stream.on('error', () => undefined);
    this.open = { stream, reader: new ByteReader(stream, this.onBytes), start: offset };
    return this.open.reader;
  }

  close(): void {
    this.open?.stream.destroy();
    this.open = null;
  }

  /** The content of a member, portion by portion. Throws DamagedArchive. */
  async *content(member: ZipContent): AsyncGenerator<Buffer, void, undefined> {
    const { packedBytes, sizeBytes } = member;
    const reader = await this.packed(member);
    let left = sizeBytes;
    for await (const part of unpacked(reader, member)) {
      left -= part.length;
      // Else a small archive could keep one busy for ever.
      if (left < 0) throw new DamagedArchive(l10n.t('a content is longer than its size'));
      yield part;
    }
    if (left > 0) throw new DamagedArchive(l10n.t('a content is shorter than its size'));
    // How far a large one has been read is not known.
    if (packedBytes > SMALL_BYTES) this.close();
  }

  async sha256(member: ZipContent): Promise<string> {
    const hash = createHash('sha256');
    for await (const part of this.content(member)) hash.update(part);
    return hash.digest('hex');
  }

  private async packed({ offset, method, isEncrypted }: ZipContent): Promise<ByteReader> {
    if (isEncrypted) throw new DamagedArchive(l10n.t('a content is encrypted'));
    if (method !== 0 && method !== 8)
      throw new DamagedArchive(l10n.t('method {0} of packing is not read here', method));
    const reader = await this.at(offset);
    const head = await reader.exactly(30);
    const isHeader = head.length === 30 && head.readUInt32LE(0) === 0x04034b50;
    if (!isHeader || !(await reader.skip(head.readUInt16LE(26) + head.readUInt16LE(28)))) throw cutOff();
    return reader;
  }
}

async function* unpacked(reader: ByteReader, { method, packedBytes, sizeBytes }: ZipContent): AsyncGenerator<Buffer> {
  if (method === 0) return yield* portions(reader, packedBytes);
  if (packedBytes <= SMALL_BYTES && sizeBytes <= 8 * SMALL_BYTES) {
    const bytes = await reader.exactly(packedBytes);
    if (bytes.length < packedBytes) throw cutOff();
    yield inflated(() => inflateRawSync(bytes, { maxOutputLength: Math.max(1, sizeBytes + 1) }));
    return;
  }
  const inflate = createInflateRaw();
  const source = Readable.from(portions(reader, packedBytes), { objectMode: false });
  const done = pipeline(source, inflate);
  done.catch(() => undefined);
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) yield part;
  } catch (error) {
    throw error instanceof DamagedArchive ? error : notInflated(error);
  } finally {
    source.destroy();
  }
}

function inflated(inflate: () => Buffer): Buffer {
  try {
    return inflate();
  } catch (error) {
    throw notInflated(error);
  }
}

function notInflated(error: unknown): DamagedArchive {
  return new DamagedArchive(l10n.t('a content cannot be unpacked: {0}', messageOf(error)));
}

async function* portions(reader: ByteReader, bytes: number): AsyncGenerator<Buffer, void, undefined> {
  for (let left = bytes; left > 0;) {
    const part = await reader.some(Math.min(left, PORTION_BYTES));
    if (part === null) throw cutOff();
    left -= part.length;
    yield part;
  }
}

function cutOff(): DamagedArchive {
  return new DamagedArchive(l10n.t('it ends in the middle'));
}
