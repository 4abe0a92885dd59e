import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { machineWords } from '../../../../machine/fileErrors';
import type { Machine } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';
import { ByteReader } from './byteReader';
import { DamagedArchive } from './damaged';
import { readTar, type TableOptions } from './readTar';
import { ArchiveTable, memberPath } from './table';
import { END_BYTES, findDirectory, nextMember, type ZipMember } from './zipDirectory';
import { ZipReader } from './zipReader';

export type ArchiveFormat = 'tar' | 'tar.gz' | 'zip';

const LONGEST_LINK = 65_536;

/** Told of bytes that were read of the archive, and of those of them that came over the network. */
export type OnBytes = (readBytes: number, movedBytes: number) => void;

/** A file that holds others. It is read where it is, and never unpacked to a disk. */
export class Archive {
  constructor(
    private readonly machine: Machine,
    /** Absolute. */
    private readonly path: string,
    readonly format: ArchiveFormat,
    private readonly sizeBytes: number,
    private readonly onBytes: OnBytes = () => undefined,
  ) {}

  /** What is in it. Throws ExpectedError('malformed'). */
  async table(options: TableOptions, signal: AbortSignal): Promise<ArchiveTable> {
    return this.understood(() =>
      this.format === 'zip' ? this.zipTable(options, signal) : this.tarTable(options, signal),
    );
  }

  /** For contents of a zip archive. */
  zipReader(signal: AbortSignal): ZipReader {
    return new ZipReader((start) => this.machine.files.stream(this.path, { signal, start }), this.counted);
  }

  private async tarTable(options: TableOptions, signal: AbortSignal): Promise<ArchiveTable> {
    const stream = await this.machine.files.stream(this.path, { signal });
    const unpacked = this.format === 'tar' ? stream : gunzipped(stream, this.counted);
    try {
      return await readTar(new ByteReader(unpacked, this.format === 'tar' ? this.counted : undefined), options);
    } finally {
      unpacked.destroy();
      stream.on('error', () => undefined).destroy();
    }
  }

  private async zipTable({ keep }: TableOptions, signal: AbortSignal): Promise<ArchiveTable> {
    const zip = this.zipReader(signal);
    try {
      const end = await (await zip.at(Math.max(0, this.sizeBytes - END_BYTES))).exactly(END_BYTES);
      const { members, offset, shift } = findDirectory(end, this.sizeBytes);
      const table = new ArchiveTable();
      const wanted: ZipMember[] = [];
      const reader = await zip.at(offset);
      for (let left = members; left > 0; left -= 1) {
        const member = await nextMember(reader, shift);
        table.add(member.name, toldOf(member));
        const path = memberPath(member.name) ?? '';
        if (member.kind === 'symlink' || (member.kind === 'file' && keep(path, member.stat.sizeBytes)))
          wanted.push(member);
      }
      for (const member of wanted.sort((one, other) => one.packed.offset - other.packed.offset)) {
        await addContent(zip, table, member);
      }
      return table;
    } finally {
      zip.close();
    }
  }

  private readonly counted = (bytes: number): void => this.onBytes(bytes, this.machine.name === localName ? 0 : bytes);

  /** What is wrong with the archive is told with its name. */
  async understood<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isPacking = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
      if (!(error instanceof DamagedArchive) && !isPacking) throw error;
      const text = l10n.t(
        'The archive {0} on {1} cannot be read: {2}.',
        shownPath(this.path),
        machineWords(this.machine.name),
        error.message,
      );
      throw new ExpectedError('malformed', text, { cause: error });
    }
  }
}

function gunzipped(stream: Readable, onBytes: (bytes: number) => void): Readable {
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error)).on('data', (chunk: Buffer) => onBytes(chunk.length));
  return stream.pipe(gunzip);
}

function toldOf({ kind, stat, packed }: ZipMember): Parameters<ArchiveTable['add']>[1] {
  return { kind, stat, packed, linkTarget: null, failure: null };
}

/** Where a link leads stands in its content. */
async function addContent(zip: ZipReader, table: ArchiveTable, member: ZipMember): Promise<void> {
  const parts: Buffer[] = [];
  const { sizeBytes } = member.stat;
  if (member.kind === 'symlink' && sizeBytes > LONGEST_LINK)
    throw new DamagedArchive(l10n.t('a symbolic link is too long'));
  for await (const part of zip.content({ ...member.packed, sizeBytes })) parts.push(Buffer.from(part));
  const content = Buffer.concat(parts);
  if (member.kind !== 'symlink') table.kept.set(memberPath(member.name) ?? '', content);
  else table.add(member.name, { ...toldOf(member), linkTarget: decodePath(content) });
}
