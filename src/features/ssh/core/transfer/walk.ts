import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Excluder } from '../../../../lib/globs';
import { mapPool } from '../../../../lib/pool';
import { isConnectionLost } from '../../../../machine/copy/connectionLost';
import type { SourceEntry } from '../../../../machine/copy/entry';
import type { DirectoryEntry, FileStat, Machine, Platform } from '../../../../machine/machine';
import { joined } from '../../../../machine/treePaths';
import { nameKey, refusedName } from './paths';

const AT_ONCE = 64;
const MOST_ENTRIES = 1_000_000;

/** What is not copied, and why. */
export interface LeftOut {
  readonly relative: string;
  readonly state: 'skipped' | 'failed';
  readonly reason: string;
}

export interface SourceTree {
  /** Folders before what is in them. */
  readonly entries: readonly SourceEntry[];
  readonly left: readonly LeftOut[];
}

export interface WalkOptions {
  readonly machine: Machine;
  readonly root: string;
  /** A root that is a link stands for what it leads to. */
  readonly followsRoot: boolean;
  /** Where the names will be made. */
  readonly targetPlatform: Platform;
  readonly links: 'keep' | 'follow' | 'skip';
  readonly excluded: Excluder;
  readonly signal: AbortSignal;
}

interface Folder {
  readonly relative: string;
  /** Paths without links of it and of all above it, the root first: only where links are followed. */
  readonly chain: readonly string[];
}

/** A name in a folder. */
interface Found {
  readonly folder: Folder;
  readonly entry: DirectoryEntry;
}

/** Everything that is to be copied. Throws ExpectedError where the root itself cannot be read. */
export async function walkSource(options: WalkOptions): Promise<SourceTree> {
  const { machine, signal, followsRoot } = options;
  const root = followsRoot ? await machine.files.resolve(options.root, signal) : options.root;
  const stat = await machine.files.stat(root, signal);
  const walk = new Walk({ ...options, root });
  if (stat.kind === 'symlink') {
    walk.entries.push({ ...entryOf('', 'link', stat), linkTarget: await machine.files.readLink(root, signal) });
  } else if (stat.kind !== 'directory' && stat.kind !== 'file') throw specialRoot(options);
  else if (stat.kind === 'file') walk.entries.push(entryOf('', 'file', stat));
  else await walk.folders(stat, root);
  return walk;
}

function specialRoot({ machine, root }: WalkOptions): ExpectedError {
  const text = l10n.t('{0} on {1} is neither a file nor a folder. Choose one.', shownPath(root), machine.name);
  return new ExpectedError('not-a-file', text);
}

class Walk implements SourceTree {
  readonly entries: SourceEntry[] = [];
  readonly left: LeftOut[] = [];

  constructor(private readonly options: WalkOptions) {}

  async folders(stat: FileStat, realRoot: string): Promise<void> {
    this.entries.push(entryOf('', 'folder', stat));
    let level: readonly Folder[] = [{ relative: '', chain: [realRoot] }];
    while (level.length > 0) {
      const found = (await mapPool(level, AT_ONCE, (folder) => this.list(folder))).flat();
      const below = await mapPool(found, AT_ONCE, ({ folder, entry }) => this.look(folder, entry));
      level = below.filter((folder) => folder !== null);
    }
  }

  private async list(folder: Folder): Promise<readonly Found[]> {
    const { machine, root, signal } = this.options;
    try {
      const listed = await machine.files.list(joined(root, folder.relative), signal);
      const entries = this.usable(folder, listed).sort((one, other) => (one.name < other.name ? -1 : 1));
      return entries.map((entry) => ({ folder, entry }));
    } catch (error) {
      if (folder.relative === '') throw error;
      this.fail(folder.relative, error);
      return [];
    }
  }

  /** What a server lists is not to be believed: no name may lead out, none may stand for two things. */
  private usable({ relative }: Folder, listed: readonly DirectoryEntry[]): DirectoryEntry[] {
    const { targetPlatform, excluded } = this.options;
    const seen = new Set<string>();
    const usable: DirectoryEntry[] = [];
    for (const entry of listed) {
      const { name, kind } = entry;
      const path = joined(relative, name);
      const key = nameKey(name, targetPlatform);
      const refused = refusedName(name, targetPlatform);
      if (refused !== null) this.left.push({ relative: path, state: 'failed', reason: refused });
      else if (excluded(path, kind === 'directory')) continue;
      else if (seen.has(key)) {
        this.left.push({ relative: path, state: 'failed', reason: l10n.t('another one there has the same name') });
      } else usable.push(entry);
      seen.add(key);
    }
    return usable;
  }

  /** The folder that it is, if it is one. */
  private async look(folder: Folder, { name, stat: told }: DirectoryEntry): Promise<Folder | null> {
    const { machine, root, signal, links } = this.options;
    const relative = joined(folder.relative, name);
    const path = joined(root, relative);
    try {
      const stat = told ?? (await machine.files.stat(path, signal));
      if (stat.kind !== 'symlink') return this.add(folder, relative, stat, joined(folder.chain.at(-1) ?? '', name));
      if (links === 'skip') this.skip(relative, l10n.t('a symbolic link'));
      else if (links === 'keep') {
        this.push({ ...entryOf(relative, 'link', stat), linkTarget: await machine.files.readLink(path, signal) });
      } else {
        const real = await machine.files.resolve(path, signal);
        return this.add(folder, relative, await machine.files.stat(real, signal), real);
      }
    } catch (error) {
      this.fail(relative, error);
    }
    return null;
  }

  private add({ chain }: Folder, relative: string, stat: FileStat, real: string): Folder | null {
    if (stat.kind === 'file') this.push(entryOf(relative, 'file', stat));
    else if (stat.kind !== 'directory') this.skip(relative, l10n.t('neither a file, nor a folder, nor a link'));
    else if (chain.some((above) => above === real)) {
      this.left.push({ relative, state: 'failed', reason: l10n.t('the link leads back to a folder above it') });
    } else {
      this.push(entryOf(relative, 'folder', stat));
      return { relative, chain: this.options.links === 'follow' ? [...chain, real] : [real] };
    }
    return null;
  }

  private push(entry: SourceEntry): void {
    this.entries.push(entry);
    if (this.entries.length <= MOST_ENTRIES) return;
    throw new ExpectedError('too-large', l10n.t('There are more than {0} entries. Copy it in parts.', MOST_ENTRIES));
  }

  private skip(relative: string, reason: string): void {
    this.left.push({ relative, state: 'skipped', reason });
  }

  private fail(relative: string, error: unknown): void {
    if (!(error instanceof ExpectedError) || error.code === 'too-large' || isConnectionLost(error)) throw error;
    this.left.push({ relative, state: 'failed', reason: error.message });
  }
}

function entryOf(relative: string, kind: SourceEntry['kind'], stat: FileStat): SourceEntry {
  const { sizeBytes, mode, modifiedMs } = stat;
  return { relative, kind, sizeBytes: kind === 'file' ? sizeBytes : 0, mode, modifiedMs, linkTarget: null };
}
