import { ExpectedError } from '../../../../lib/errors';
import type { ContentOptions, Machine, TreeWay } from '../../../../machine/machine';
import { below } from '../../../../machine/treePaths';
import type { TreeListing } from './entry';
import type { SideResult } from './schema';
import {
  counted,
  newSide,
  type FileHash,
  type HashedFile,
  type SideWalkOptions,
  type Told,
  type TreeSide,
} from './side';

const LARGEST_READ_BYTES = 1_048_576;

/** A folder as it is now. */
export function folderSide(machine: Machine, root: string): TreeSide {
  const told = newSide(machine, root);
  return {
    machine,
    root,
    told,
    listings: (options) => walkFolder(machine, root, told, options),
    hashes: (files, options) => hashFiles(machine, root, told, files, options),
    read: (path, signal) => readSmall(machine, below(root, path), signal),
  };
}

/** Counts what it lists. */
export async function* walkFolder(
  machine: Machine,
  root: string,
  told: Told,
  options: SideWalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  for await (const { way, movedBytes, folders } of machine.files.walk(root, options)) {
    told.listedBy = way === 'program' || way === 'read' ? null : way;
    told.movedBytes += movedBytes;
    yield folders.map((folder) => counted(told, folder));
  }
}

async function* hashFiles(
  machine: Machine,
  root: string,
  told: Told,
  files: AsyncIterable<readonly HashedFile[]>,
  options: ContentOptions,
): AsyncGenerator<readonly FileHash[], void, undefined> {
  for await (const { way, movedBytes, hashes } of machine.files.hashMany(root, pathsOf(files), options)) {
    told.readBy = readBy(way);
    told.movedBytes += movedBytes;
    yield hashes;
  }
}

async function* pathsOf(files: AsyncIterable<readonly HashedFile[]>): AsyncGenerator<readonly string[]> {
  for await (const some of files) yield some.map(({ path }) => path);
}

export function readBy(way: TreeWay): SideResult['readBy'] {
  return way === 'threads' || way === 'program' || way === 'read' ? way : null;
}

async function readSmall(machine: Machine, path: string, signal: AbortSignal): Promise<Uint8Array | null> {
  try {
    return await machine.files.read(path, { signal, maxBytes: LARGEST_READ_BYTES });
  } catch (error) {
    if (error instanceof ExpectedError && ['missing', 'denied', 'is-a-folder'].includes(error.code)) return null;
    throw error;
  }
}
