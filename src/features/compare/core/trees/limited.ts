import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { mapPool } from '../../../../lib/pool';
import { failureFrom } from '../../../../machine/fileErrors';
import type { Machine, WalkOptions } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';
import { below, joined } from '../../../../machine/treePaths';
import type { TreeEntry, TreeListing } from './entry';
import type { TreeSide } from './side';

const AT_ONCE = 32;

/** The same folder, of which only these paths, and what is below them, are looked at. Throws ExpectedError. */
export function limitedTo(side: TreeSide, paths: readonly string[]): TreeSide {
  const names = namesByFolder(paths);
  return { ...side, listings: (options) => listingsOf(side, names, options) };
}

async function* listingsOf(
  { machine, root, told }: TreeSide,
  names: ReadonlyMap<string, readonly string[]>,
  options: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  told.listedBy = machine.name === localName ? 'threads' : 'sftp';
  for (const [folder, some] of names) {
    const found = await mapPool(some, AT_ONCE, (name) => entryOf(machine, below(root, folder), name, options.signal));
    const entries = found.filter((entry) => entry !== null);
    yield [{ path: folder, entries, failure: null }];
    for (const { name, kind } of entries) {
      if (kind !== 'directory') continue;
      const path = joined(folder, name);
      for await (const { movedBytes, folders } of machine.files.walk(below(root, path), options)) {
        told.movedBytes += movedBytes;
        yield folders.map((listing) => ({ ...listing, path: inFolder(path, listing.path) }));
      }
    }
  }
}

function inFolder(folder: string, path: string): string {
  return path === '' ? folder : joined(folder, path);
}

/** As it stands in a listing of its folder; null where it is not there. */
async function entryOf(machine: Machine, folder: string, name: string, signal: AbortSignal): Promise<TreeEntry | null> {
  const path = below(folder, name);
  try {
    const stat = await machine.files.stat(path, signal);
    const linkTarget = stat.kind === 'symlink' ? await machine.files.readLink(path, signal) : null;
    return { name, kind: stat.kind, stat, linkTarget, failure: null };
  } catch (error) {
    if (error instanceof ExpectedError && ['missing', 'not-a-folder'].includes(error.code)) return null;
    return { name, kind: 'unknown', stat: null, linkTarget: null, failure: failureFrom(error) };
  }
}

/** A path below another one of them goes with that. */
function namesByFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const wanted = new Set(paths);
  const names = new Map<string, string[]>();
  for (const path of wanted) {
    const parts = path.split('/');
    if (path === '' || parts.some((part) => ['', '.', '..'].includes(part) || part.includes('\0'))) throw outside(path);
    if (parts.some((_, at) => at > 0 && wanted.has(parts.slice(0, at).join('/')))) continue;
    const folder = parts.slice(0, -1).join('/');
    const others = names.get(folder);
    if (others === undefined) names.set(folder, [parts.at(-1) ?? '']);
    else others.push(parts.at(-1) ?? '');
  }
  return names;
}

function outside(path: string): ExpectedError {
  const text = l10n.t('“{0}” is no path below the folders. Give paths as the comparison shows them.', shownPath(path));
  return new ExpectedError('invalid-input', text);
}
