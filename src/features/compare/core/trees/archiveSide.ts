import { basename } from 'node:path/posix';
import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { machineWords } from '../../../../machine/fileErrors';
import type { ContentOptions, Machine } from '../../../../machine/machine';
import { joined } from '../../../../machine/treePaths';
import { Archive, type ArchiveFormat } from '../archives/archive';
import { DamagedArchive } from '../archives/damaged';
import type { ArchiveTable } from '../archives/table';
import type { TreeListing } from './entry';
import {
  counted,
  newSide,
  noHashes,
  type FileHash,
  type HashedFile,
  type SideWalkOptions,
  type Told,
  type TreeSide,
} from './side';

const LARGEST_READ_BYTES = 1_048_576;

export interface ArchivePlace {
  readonly machine: Machine;
  /** Absolute. */
  readonly file: string;
  readonly format: ArchiveFormat;
  readonly sizeBytes: number;
  /** A folder within it; '' for all of it. */
  readonly root: string;
}

/** What is in an archive. A tar archive is read once, and its files are hashed on the way. */
export function archiveSide(place: ArchivePlace, hash: boolean): TreeSide {
  const { machine, file, root } = place;
  const told: Told = {
    ...newSide(machine, root === '' ? file : `archive:${file}:${root}`),
    source: 'archive',
    listedBy: 'archive',
    readBy: hash ? 'archive' : null,
  };
  const tree = new ArchiveTree(place, told, hash);
  return {
    machine,
    root: told.path,
    told,
    listings: (options) => tree.listings(options),
    hashes: (files, options) => tree.hashes(files, options),
    read: async (path, signal) => (await tree.table(signal)).kept.get(joined(root, path)) ?? null,
  };
}

class ArchiveTree {
  private readonly archive: Archive;
  private made: Promise<ArchiveTable> | null = null;
  private onRead: () => void = () => undefined;

  constructor(
    private readonly place: ArchivePlace,
    private readonly told: Told,
    private readonly hash: boolean,
  ) {
    const { machine, file, format, sizeBytes } = place;
    this.archive = new Archive(machine, file, format, sizeBytes, (readBytes, movedBytes) => {
      told.readBytes += readBytes;
      told.movedBytes += movedBytes;
      this.onRead();
    });
  }

  /** Whoever asks first starts it. */
  table(signal: AbortSignal): Promise<ArchiveTable> {
    const keep = (path: string, sizeBytes: number): boolean =>
      basename(path) === '.gitignore' && sizeBytes <= LARGEST_READ_BYTES;
    return (this.made ??= this.archive.table({ hash: this.hash, keep }, signal));
  }

  async *listings(options: SideWalkOptions): AsyncGenerator<readonly TreeListing[], void, undefined> {
    this.onRead = options.onRead ?? this.onRead;
    const { machine, file, root } = this.place;
    const table = await this.table(options.signal);
    if (!table.hasFolder(root)) {
      const text = l10n.t(
        'The archive {0} on {1} has no folder {2}.',
        shownPath(file),
        machineWords(machine.name),
        root,
      );
      throw new ExpectedError('missing', text);
    }
    for (const listing of table.listings(root, options)) yield [counted(this.told, listing)];
  }

  /** Of a tar archive all is known that can be; of a zip archive each file is found by itself. */
  async *hashes(
    files: AsyncIterable<readonly HashedFile[]>,
    { signal }: ContentOptions,
  ): AsyncGenerator<readonly FileHash[], void, undefined> {
    const zip = this.archive.zipReader(signal);
    try {
      for await (const some of files) {
        const inOrder = [...some].sort((one, other) => offsetOf(one) - offsetOf(other));
        const outcomes: FileHash[] = [];
        for (const { path, entry } of inOrder) {
          const { packed, stat } = entry;
          if (packed === undefined || stat === null) outcomes.push(...noHashes([{ path, entry }], l10n.t('no hash')));
          else
            outcomes.push({
              path,
              outcome: await outcomeOf(() => zip.sha256({ ...packed, sizeBytes: stat.sizeBytes })),
            });
        }
        yield outcomes;
      }
    } finally {
      zip.close();
    }
  }
}

function offsetOf({ entry }: HashedFile): number {
  return entry.packed?.offset ?? 0;
}

/** One file that is damaged is a value in its place. */
async function outcomeOf(hash: () => Promise<string>): Promise<FileHash['outcome']> {
  try {
    return { kind: 'hash', sha256: await hash() };
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    return { kind: 'failure', code: 'failed', message: error.message };
  }
}
