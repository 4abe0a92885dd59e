import * as l10n from '@vscode/l10n';
import type { FileFailure, WalkOptions } from '../../../../machine/machine';
import { depthOf } from '../../../../machine/treePaths';
import type { TreeEntry, TreeListing } from '../trees/entry';
import { DamagedArchive } from './damaged';

/** More would not stay in memory; nothing of what is in them does. */
const MOST_MEMBERS = 1_000_000;

/** What an archive holds, as folders: a member of the same name that comes later takes the place of an earlier one. */
export class ArchiveTable {
  /** Contents that were to be kept, by their paths. */
  readonly kept = new Map<string, Buffer>();
  /** Files that are another name of one that came before: the path of that. */
  readonly hardLinks = new Map<string, string>();
  private readonly folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]]);
  private readonly refused = new Map<string, FileFailure>();
  private members = 0;

  add(name: string, entry: Omit<TreeEntry, 'name'>): void {
    if ((this.members += 1) > MOST_MEMBERS) {
      throw new DamagedArchive(l10n.t('it has more than {0} members', MOST_MEMBERS));
    }
    const path = memberPath(name);
    if (path === null) return this.refuse(name, l10n.t('its path leads out of the archive'));
    if (path === '') return;
    const [folderPath, own] = parted(path);
    const folder = this.folder(folderPath);
    const isChanged = this.folders.has(path) !== (entry.kind === 'directory') && folder?.has(own) === true;
    if (folder === null || isChanged) {
      return this.refuse(name, l10n.t('the archive has a folder and something else in the same place'));
    }
    folder.set(own, { ...entry, name: own });
    if (entry.kind === 'directory' && !this.folders.has(path)) this.folders.set(path, new Map());
  }

  find(path: string): TreeEntry | null {
    const [folder, name] = parted(path);
    return this.folders.get(folder)?.get(name) ?? null;
  }

  hasFolder(path: string): boolean {
    return this.folders.has(path);
  }

  /** As walk has them. */
  *listings(root: string, { skipNames = [], maxDepth = Infinity }: WalkOptions): Generator<TreeListing> {
    const skipped = new Set(skipNames);
    for (const [path, entries] of this.folders) {
      if (path !== root && root !== '' && !path.startsWith(`${root}/`)) continue;
      const relative = path === root ? '' : path.slice(root === '' ? 0 : root.length + 1);
      if (depthOf(relative) > maxDepth || relative.split('/').some((name) => skipped.has(name))) continue;
      yield { path: relative, entries: [...entries.values()], failure: null };
    }
    if (root !== '') return;
    for (const [path, failure] of this.refused) yield { path, entries: [], failure };
  }

  /** The folder of that path, made with those above it where it is not there yet; null where that cannot be. */
  private folder(path: string): Map<string, TreeEntry> | null {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const [above, name] = parted(path);
    const parent = this.folder(above);
    if (parent === null || parent.has(name)) return null;
    parent.set(name, { name, kind: 'directory', stat: null, linkTarget: null, failure: null });
    const made = new Map<string, TreeEntry>();
    this.folders.set(path, made);
    return made;
  }

  private refuse(name: string, message: string): void {
    this.refused.set(name, { kind: 'failure', code: 'failed', message });
  }
}

/** Below the root of an archive, where an absolute path starts too; null: out of it, or a name that no system has. */
export function memberPath(name: string): string | null {
  const names = name.split('/').filter((part) => part !== '' && part !== '.');
  return names.includes('..') || name.includes('\0') ? null : names.join('/');
}

function parted(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [slash === -1 ? '' : path.slice(0, slash), path.slice(slash + 1)];
}
