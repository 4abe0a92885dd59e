import type { ContentOptions, HashOutcome, Machine, WalkOptions } from '../../../../machine/machine';
import type { TreeEntry, TreeListing } from './entry';
import type { SideResult } from './schema';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What is told of a side; it grows. */
export type Told = Mutable<SideResult>;

/** One of the trees. */
export interface TreeSide {
  readonly machine: Machine;
  /** Of a folder its absolute path without links; of what is none how it is called. */
  readonly root: string;
  readonly told: Told;
  /** Throws ExpectedError. */
  listings(options: SideWalkOptions): AsyncIterable<readonly TreeListing[]>;
  /** SHA-256 of files that were listed, as they are asked for. Throws ExpectedError. */
  hashes(files: AsyncIterable<readonly HashedFile[]>, options: ContentOptions): AsyncIterable<readonly FileHash[]>;
  /** What is in a small file; null where there is none. Throws ExpectedError. */
  read(path: string, signal: AbortSignal): Promise<Uint8Array | null>;
}

export interface SideWalkOptions extends WalkOptions {
  /** Told now and then, where a listing needs the whole content. */
  readonly onRead?: () => void;
}

/** A file that was listed, and what its side told of it. */
export interface HashedFile {
  readonly path: string;
  readonly entry: TreeEntry;
}

export interface FileHash {
  readonly path: string;
  readonly outcome: HashOutcome;
}

export function newSide(machine: Machine, path: string): Told {
  return {
    machine: machine.name,
    path,
    source: 'folder',
    listedBy: null,
    readBy: null,
    movedBytes: 0,
    readBytes: 0,
    files: 0,
    folders: 0,
    others: 0,
    stopReason: null,
    takenAtMs: null,
    commit: null,
    xattrs: null,
  };
}

export function counted(told: Told, listing: TreeListing): TreeListing {
  for (const { kind } of listing.entries) {
    if (kind === 'file') told.files += 1;
    else if (kind === 'directory') told.folders += 1;
    else told.others += 1;
  }
  return listing;
}

/** As a side answers that knows no more than it has listed. */
export function noHashes(files: readonly HashedFile[], message: string): readonly FileHash[] {
  return files.map(({ path }) => ({ path, outcome: { kind: 'failure', code: 'missing', message } }));
}
