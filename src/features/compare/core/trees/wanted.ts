import ignore, { type Ignore } from 'ignore';
import { excluder, type Excluder } from '../../../../lib/globs';
import { joined, nameOf, parentOf } from '../../../../machine/treePaths';
import type { TreeEntry } from './entry';
import { ignoredNames, type DirectoriesInput } from './inputs';
import type { TreeSide } from './side';

type Choice = Pick<DirectoriesInput, 'ignore' | 'include' | 'exclude' | 'gitignore'>;

/** Which paths take part. */
export class Wanted {
  private readonly ignored: ReadonlySet<string>;
  private readonly isExcluded: Excluder | null;
  private readonly isIncluded: Excluder | null;
  private readonly rules: GitRules | null;
  private readonly folders = new Map<string, boolean>([['', true]]);

  constructor(choice: Choice, sides: readonly TreeSide[], signal: AbortSignal) {
    this.ignored = new Set(ignoredNames(choice.ignore));
    this.isExcluded = excluderOf(choice.exclude);
    this.isIncluded = excluderOf(choice.include);
    this.rules = choice.gitignore ? new GitRules(sides, signal) : null;
  }

  /** Whether a folder takes part, by itself and by all above it. What is within it can be judged then. */
  async folder(path: string): Promise<boolean> {
    const known = this.folders.get(path);
    if (known !== undefined) {
      if (path === '') await this.rules?.load('');
      return known;
    }
    const above = parentOf(path);
    const isWanted = (await this.folder(above)) && this.has(above, nameOf(path), 'directory');
    if (isWanted) await this.rules?.load(path);
    this.folders.set(path, isWanted);
    return isWanted;
  }

  /** A name in a folder that takes part and was asked for. Where no path is asked about, none is made. */
  has(folder: string, name: string, kind: TreeEntry['kind']): boolean {
    if (this.ignored.has(name)) return false;
    if (this.isExcluded === null && this.isIncluded === null && this.rules === null) return true;
    const path = joined(folder, name);
    const isFolder = kind === 'directory';
    if (this.isExcluded?.(path, isFolder) === true) return false;
    if (!isFolder && this.isIncluded !== null && !this.isIncluded(path, isFolder)) return false;
    return this.rules === null || !this.rules.isIgnored(path, isFolder);
  }
}

function excluderOf(patterns: string): Excluder | null {
  return patterns.trim() === '' ? null : excluder(patterns);
}

/** The .gitignore files of a tree (gitignore(5)): those of the left side, else those of the right. */
class GitRules {
  private readonly files = new Map<string, Promise<Ignore | null>>();
  private readonly loaded = new Map<string, Ignore | null>();

  constructor(
    private readonly sides: readonly TreeSide[],
    private readonly signal: AbortSignal,
  ) {}

  async load(folder: string): Promise<void> {
    const file = this.files.get(folder) ?? this.read(folder);
    this.files.set(folder, file);
    this.loaded.set(folder, await file);
  }

  /** The nearest file that says something decides. */
  isIgnored(path: string, isFolder: boolean): boolean {
    for (let at = path.lastIndexOf('/'); ; at = path.lastIndexOf('/', at - 1)) {
      const rules = this.loaded.get(at === -1 ? '' : path.slice(0, at)) ?? null;
      const { ignored, unignored } = rules?.test(`${path.slice(at + 1)}${isFolder ? '/' : ''}`) ?? {};
      if (ignored === true) return true;
      if (unignored === true || at === -1) return false;
    }
  }

  private async read(folder: string): Promise<Ignore | null> {
    for (const side of this.sides) {
      const bytes = await side.read(joined(folder, '.gitignore'), this.signal);
      if (bytes !== null) return ignore({ allowRelativePaths: true }).add(Buffer.from(bytes).toString('utf8'));
    }
    return null;
  }
}
