import { ExpectedError } from '../../../../lib/errors';
import type { WalkOptions } from '../../../../machine/machine';
import { below, depthOf, joined } from '../../../../machine/treePaths';
import type { TreeListing } from './entry';
import { walkFolder } from './folderSide';
import type { TreeSide } from './side';

/** A tree as if nothing were in it but these paths, what is below them, and the folders that lead there. */
export function narrowed(side: TreeSide, paths: readonly string[]): TreeSide {
  const wanted = new WantedPaths(paths);
  const listings = side.told.source === 'folder' ? fromFolder : fromAll;
  return { ...side, listings: (options) => listings(side, wanted, options) };
}

/** Paths, one a line. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

class WantedPaths {
  /** Those on the way to a path, with the names that are wanted of each. */
  private readonly names = new Map<string, Set<string>>();
  private readonly whole: ReadonlySet<string>;

  constructor(paths: readonly string[]) {
    this.whole = new Set(paths);
    for (const path of paths) {
      let folder = '';
      for (const name of path.split('/')) {
        const names = this.names.get(folder) ?? new Set();
        this.names.set(folder, names.add(name));
        folder = joined(folder, name);
      }
    }
  }

  /** Everything below it is wanted. */
  isWhole(path: string): boolean {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (this.whole.has(path.slice(0, at))) return true;
    }
    return false;
  }

  of(listing: TreeListing): TreeListing | null {
    if (this.isWhole(listing.path)) return listing;
    const names = this.names.get(listing.path);
    if (names === undefined) return null;
    return { ...listing, entries: listing.entries.filter(({ name }) => names.has(name)) };
  }
}

/** What has to be read anyway. */
async function* fromAll(
  side: TreeSide,
  wanted: WantedPaths,
  options: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  for await (const listings of side.listings(options)) {
    yield listings.map((listing) => wanted.of(listing)).filter((listing) => listing !== null);
  }
}

/** Folder by folder on the way, each with the one question; whole trees below the paths. No link is followed. */
async function* fromFolder(
  side: TreeSide,
  wanted: WantedPaths,
  options: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  for (let folders: readonly string[] = ['']; folders.length > 0;) {
    const next: string[] = [];
    for (const folder of folders) {
      for await (const listings of walkBelow(side, folder, { ...options, maxDepth: 0 })) {
        const ours = listings.map((listing) => wanted.of(listing)).filter((listing) => listing !== null);
        yield ours;
        next.push(...ours.flatMap(foldersIn));
      }
    }
    const entered = next.filter((path) => isEntered(path, options));
    for (const folder of entered.filter((path) => wanted.isWhole(path))) {
      const left = (options.maxDepth ?? Infinity) - depthOf(folder);
      yield* walkBelow(side, folder, left === Infinity ? options : { ...options, maxDepth: left });
    }
    folders = entered.filter((path) => !wanted.isWhole(path));
  }
}

function foldersIn({ path, entries }: TreeListing): readonly string[] {
  return entries.filter(({ kind }) => kind === 'directory').map(({ name }) => joined(path, name));
}

function isEntered(path: string, { skipNames = [], maxDepth = Infinity }: WalkOptions): boolean {
  return depthOf(path) <= maxDepth && !skipNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

async function* walkBelow(
  { machine, root, told }: TreeSide,
  folder: string,
  options: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  try {
    for await (const listings of walkFolder(machine, below(root, folder), told, options)) {
      yield folder === '' ? listings : listings.map((one) => ({ ...one, path: below(folder, one.path) }));
    }
  } catch (error) {
    if (folder === '' || !(error instanceof ExpectedError)) throw error;
    const { code, message } = error;
    // What is missing has gone since its name was read.
    if (code === 'denied') yield [{ path: folder, entries: [], failure: { kind: 'failure', code, message } }];
    else if (code !== 'missing') throw error;
  }
}
