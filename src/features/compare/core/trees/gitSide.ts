import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../../lib/bytePath';
import type { Machine, WalkOptions } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';
import { ByteReader } from '../archives/byteReader';
import { GIT_ENVIRONMENT, openGit, refused, runGit, type GitPlace } from '../sources/git';
import { joined } from '../../../../machine/treePaths';
import type { TreeListing } from './entry';
import { GitObjects } from './gitObjects';
import { LsTree } from './lsTree';
import { counted, newSide, type HashedFile, type Told, type TreeSide } from './side';

/** A folder as a commit has it. Throws ExpectedError. */
export async function gitSide(
  machine: Machine,
  { ref, path }: { readonly ref: string; readonly path: string },
  signal: AbortSignal,
): Promise<TreeSide> {
  const place = await openGit(machine, ref, path, signal);
  const label = `git:${ref}:${place.place}`;
  const { folder, commit, committedMs } = place;
  const kind = await runGit(machine, folder, ['cat-file', '-t', treeOf(place)], { signal });
  if (kind.exitCode !== 0) throw refused(machine, kind, shownPath(label));
  if (decodePath(kind.stdout).trim() !== 'tree') {
    throw refused(machine, { stderr: Buffer.from(l10n.t('it is no folder there')) }, shownPath(label));
  }
  const told: Told = { ...newSide(machine, label), source: 'git', takenAtMs: committedMs, commit };
  const onBytes = (bytes: number): void => void (told.movedBytes += machine.name === localName ? 0 : bytes);
  const side = new GitTree(place, told, onBytes);
  return {
    machine,
    root: label,
    told,
    listings: (options) => side.listings(options),
    hashes: (files, options) => side.hashes(files, options.signal, options.onRead),
    read: (inner, within) => side.read(inner, within),
  };
}

class GitTree {
  private readers: Promise<GitObjects> | null = null;

  constructor(
    private readonly place: GitPlace,
    private readonly told: Told,
    private readonly onBytes: (bytes: number) => void,
  ) {}

  async *listings(options: WalkOptions): AsyncGenerator<readonly TreeListing[], void, undefined> {
    const { machine, folder } = this.place;
    const { signal, maxDepth } = options;
    this.told.listedBy = 'git';
    const recursion = maxDepth === 0 ? [] : ['-r', '-t'];
    const words = ['git', '-C', folder, 'ls-tree', '--full-tree', ...recursion, '-z', '-l', treeOf(this.place)];
    const command = await machine.start(words, { signal, env: { ...GIT_ENVIRONMENT, LC_ALL: 'C' } });
    command.stderr.resume();
    const reader = new ByteReader(command.stdout, this.onBytes);
    const tree = new LsTree(options);
    for (let bytes = await reader.until(0); bytes !== null; bytes = await reader.until(0)) {
      for (const listing of tree.add(bytes)) yield [counted(this.told, await this.withLinks(listing, signal))];
    }
    const { exitCode } = await command.ended;
    if (exitCode !== 0) throw new Error(`git ls-tree ended with code ${exitCode}`);
    for (const listing of tree.finish()) yield [counted(this.told, await this.withLinks(listing, signal))];
  }

  async *hashes(
    files: AsyncIterable<readonly HashedFile[]>,
    signal: AbortSignal,
    onRead: (bytes: number) => void = () => undefined,
  ): ReturnType<TreeSide['hashes']> {
    this.told.readBy = 'git';
    const { machine, folder } = this.place;
    const objects = await GitObjects.open(machine, folder, signal, this.onBytes);
    try {
      for await (const some of files) {
        objects.ask(some.map(({ entry }) => entry.blob ?? ''));
        const outcomes = [];
        for (const { path, entry } of some) {
          outcomes.push({ path, outcome: await objects.hash() });
          onRead(entry.stat?.sizeBytes ?? 0);
        }
        yield outcomes;
      }
    } finally {
      objects.close();
    }
  }

  async read(path: string, signal: AbortSignal): Promise<Uint8Array | null> {
    // No question can hold a line break.
    if (path.includes('\n')) return null;
    const objects = await this.reader(signal);
    const { commit, path: root } = this.place;
    const [content = null] = await objects.contents([`${commit}:${joined(root, path)}`]);
    return content;
  }

  /** Where a link leads is its content. */
  private async withLinks(listing: TreeListing, signal: AbortSignal): Promise<TreeListing> {
    const links = listing.entries.filter(({ kind }) => kind === 'symlink');
    if (links.length === 0) return listing;
    const objects = await this.reader(signal);
    const targets = await objects.contents(links.map(({ blob = '' }) => blob));
    const entries = listing.entries.map((entry) => {
      const target = targets[links.indexOf(entry)] ?? null;
      return target === null ? entry : { ...entry, linkTarget: decodePath(target) };
    });
    return { ...listing, entries };
  }

  private reader(signal: AbortSignal): Promise<GitObjects> {
    const { machine, folder } = this.place;
    return (this.readers ??= GitObjects.open(machine, folder, signal, this.onBytes));
  }
}

function treeOf({ commit, path }: GitPlace): string {
  return `${commit}:${path}`;
}
