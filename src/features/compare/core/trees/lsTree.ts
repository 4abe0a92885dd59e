import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../../lib/bytePath';
import type { WalkOptions } from '../../../../machine/machine';
import { depthOf } from '../../../../machine/treePaths';
import type { TreeEntry, TreeListing } from './entry';

interface Open {
  readonly path: string;
  readonly entries: TreeEntry[];
}

/** Puts together folders from `git ls-tree -r -t -z -l`, which goes into each folder where it names it. */
export class LsTree {
  private readonly open: Open[] = [{ path: '', entries: [] }];
  private readonly skipped: ReadonlySet<string>;
  private readonly maxDepth: number;

  constructor({ skipNames = [], maxDepth = Infinity }: WalkOptions) {
    this.skipped = new Set(skipNames);
    this.maxDepth = maxDepth;
  }

  /** 'MODE TYPE NAME SIZE\tPATH'; the folders that it ends. */
  *add(line: Buffer): Generator<TreeListing> {
    const tab = line.indexOf(9);
    const [mode = '', type = '', blob = '', size = ''] = line.toString('latin1', 0, tab).split(/ +/);
    const path = decodePath(line.subarray(tab + 1));
    const slash = path.lastIndexOf('/');
    const folder = slash === -1 ? '' : path.slice(0, slash);
    while (!isWithin(folder, this.open.at(-1)?.path ?? '')) yield* this.end();
    const at = this.open.at(-1);
    // It lies in a folder that is not entered.
    if (at === undefined || at.path !== folder) return;
    const name = path.slice(slash + 1);
    at.entries.push(entryOf(name, { mode, blob, size }));
    if (type === 'commit') yield submodule(path);
    else if (type === 'tree' && this.isEntered(name, path)) this.open.push({ path, entries: [] });
  }

  /** Those that are open still. */
  *finish(): Generator<TreeListing> {
    while (this.open.length > 0) yield* this.end();
  }

  private *end(): Generator<TreeListing> {
    const ended = this.open.pop();
    if (ended !== undefined) yield { ...ended, failure: null };
  }

  private isEntered(name: string, path: string): boolean {
    return !this.skipped.has(name) && depthOf(path) <= this.maxDepth;
  }
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function entryOf(
  name: string,
  told: { readonly mode: string; readonly blob: string; readonly size: string },
): TreeEntry {
  const common = { name, linkTarget: null, failure: null };
  const sizeBytes = Number(told.size) || 0;
  const unknown = { sizeBytes, mode: null, modifiedMs: null, uid: null, gid: null };
  switch (told.mode) {
    case '040000':
    case '160000':
      return { ...common, kind: 'directory', stat: unknown };
    case '120000':
      return { ...common, kind: 'symlink', stat: unknown, blob: told.blob };
    default:
      // git keeps of the permissions only whether it can be run.
      return { ...common, kind: 'file', stat: { ...unknown, mode: parseInt(told.mode, 8) & 0o777 }, blob: told.blob };
  }
}

function submodule(path: string): TreeListing {
  const message = l10n.t('a submodule, whose content is in a repository of its own');
  return { path, entries: [], failure: { kind: 'failure', code: 'failed', message } };
}
