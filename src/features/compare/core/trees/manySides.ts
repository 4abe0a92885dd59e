import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { LiveWork } from '../../../../lib/liveResults';
import { mapPool } from '../../../../lib/pool';
import type { HashOutcome } from '../../../../machine/machine';
import { hashAll } from './content';
import { joined } from '../../../../machine/treePaths';
import { factsOf, type TreeEntry } from './entry';
import { ignoredNames, metadataOf, type DirectoriesInput, type Metadata } from './inputs';
import { foldedName } from './pairing';
import type { DirectoriesResult, DirectoryRow } from './schema';
import type { HashedFile, TreeSide } from './side';
import { Tally } from './tally';
import { Wanted } from './wanted';

const SIDES_AT_ONCE = 8;
const FILES_AT_ONCE = 4_096;

/** What a side has at one path, in so few words that the same is the same text; the entry to show. */
interface Held {
  readonly entry: TreeEntry;
  signature: string;
}

/** Three trees or more: each path by who has the same, and who has not. */
export class ManySides implements LiveWork<DirectoriesResult> {
  private readonly startedMs = Date.now();
  private readonly startedAt = performance.now();
  private elapsedMs: number | null = null;
  private state: DirectoriesResult['state'] = 'comparing';
  private readonly tally: Tally;
  private readonly paths = new Map<string, (Held | undefined)[]>();
  private readonly metadata: readonly Metadata[];

  constructor(
    private readonly input: DirectoriesInput,
    private readonly sides: readonly TreeSide[],
  ) {
    this.tally = new Tally(input.identical);
    this.metadata = metadataOf(input.metadata);
  }

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    try {
      const wanted = new Wanted(this.input, this.sides, signal);
      await mapPool(this.sides, SIDES_AT_ONCE, (side, index) => this.readSide(side, index, wanted, signal, changed));
      this.group();
      this.state = this.sides.some(({ told }) => told.stopReason !== null) ? 'stopped' : 'done';
    } catch (error) {
      if (!signal.aborted || !isCancelled(error)) throw error;
      this.state = 'cancelled';
    } finally {
      this.elapsedMs = Math.round(performance.now() - this.startedAt);
      changed();
    }
  }

  result(): DirectoriesResult {
    return {
      state: this.state,
      mode: this.input.mode,
      contentBy: this.hashes() ? 'hash' : 'none',
      sides: this.sides.map(({ told }) => ({ ...told })),
      counts: { ...this.tally.counts },
      commonFolders: this.tally.commonFolders,
      rows: this.tally.rows(),
      rowsLeftOut: this.tally.rowsLeftOut,
      closure: null,
      ignored: [...ignoredNames(this.input.ignore)],
      startedMs: this.startedMs,
      elapsedMs: this.elapsedMs ?? Math.round(performance.now() - this.startedAt),
    };
  }

  private hashes(): boolean {
    return this.input.mode === 'deep' || this.input.mode === 'hash';
  }

  /** A side that cannot be read to its end is left out of the comparison, and told. */
  private async readSide(
    side: TreeSide,
    index: number,
    wanted: Wanted,
    signal: AbortSignal,
    changed: () => void,
  ): Promise<void> {
    try {
      const unread: HashedFile[] = [];
      const hashUnread = async (): Promise<void> => this.hash(side, index, unread.splice(0), signal, changed);
      const maxDepth = this.input.recursive ? {} : { maxDepth: 0 };
      const options = { signal, skipNames: ignoredNames(this.input.ignore), oneFileSystem: this.input.oneFileSystem };
      for await (const listings of side.listings({ ...options, ...maxDepth })) {
        for (const { path, entries, failure } of listings) {
          if (!(await wanted.folder(path))) continue;
          if (failure !== null) this.hold(index, path, failedEntry(failure));
          for (const entry of entries) {
            const below = joined(path, entry.name);
            if (!wanted.has(below, entry.kind)) continue;
            const isRead = this.hold(index, below, entry);
            if (!isRead) unread.push({ path: below, entry });
          }
        }
        if (unread.length >= FILES_AT_ONCE) await hashUnread();
        changed();
      }
      await hashUnread();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      side.told.stopReason = error.message;
    }
  }

  /** Whether what is known of it says all. */
  private hold(index: number, path: string, entry: TreeEntry): boolean {
    const key = this.input.ignoreCase ? foldedName(path) : path;
    let held = this.paths.get(key);
    if (held === undefined) this.paths.set(key, (held = []));
    const needsHash = entry.kind === 'file' && entry.failure === null && this.hashes() && entry.sha256 === undefined;
    held[index] = { entry, signature: this.signatureOf(entry, entry.sha256 ?? '') };
    return !needsHash;
  }

  private async hash(
    side: TreeSide,
    index: number,
    files: readonly HashedFile[],
    signal: AbortSignal,
    changed: () => void,
  ): Promise<void> {
    const onRead = (bytes: number): void => void (side.told.readBytes += bytes);
    const sizeBytes = files.reduce((sum, { entry }) => sum + (entry.stat?.sizeBytes ?? 0), 0);
    for (const [path, outcome] of await hashAll(
      side,
      files,
      { signal, onRead, pendingBytes: () => sizeBytes },
      changed,
    )) {
      const held = this.heldAt(index, path);
      if (held !== undefined) held.signature = this.signatureOf(held.entry, hashText(outcome));
    }
  }

  private heldAt(index: number, path: string): Held | undefined {
    return this.paths.get(this.input.ignoreCase ? foldedName(path) : path)?.[index];
  }

  private signatureOf({ kind, stat, linkTarget, failure }: TreeEntry, hash: string): string {
    const parts: (string | number)[] = [kind, failure?.message ?? '', hash, linkTarget ?? ''];
    if (kind === 'file' && !this.hashes()) parts.push(stat?.sizeBytes ?? '');
    const withTime = this.metadata.includes('mtime') || (kind === 'file' && this.input.mode === 'shallow');
    if (withTime) parts.push(Math.floor((stat?.modifiedMs ?? 0) / (1_000 * Math.max(1, this.input.timeTolerance))));
    if (this.metadata.includes('mode') && kind !== 'symlink') parts.push(stat?.mode ?? '');
    if (this.metadata.includes('owner')) parts.push(stat?.uid ?? '', stat?.gid ?? '');
    return parts.join('\0');
  }

  private group(): void {
    const read = this.sides.map((_side, index) => index).filter((index) => this.sides[index]?.told.stopReason === null);
    for (const [path, held] of this.paths) {
      if (path === '') continue;
      const missing = read.filter((index) => held[index] === undefined);
      const groups = groupsOf(held, read);
      if (missing.length === 0 && groups.length === 1) this.addSame(path, held);
      else this.tally.push(rowOf(path, held, groups, missing));
    }
    this.paths.clear();
  }

  private addSame(path: string, held: readonly (Held | undefined)[]): void {
    const entry = held.find((one) => one !== undefined)?.entry ?? null;
    if (entry?.kind === 'directory') this.tally.commonFolders += 1;
    else this.tally.same({ path, rightPath: path, left: entry, right: entry }, []);
  }
}

/** The sides that hold the same, the largest group first; of equal ones that with the first side. */
function groupsOf(held: readonly (Held | undefined)[], read: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const index of read) {
    const signature = held[index]?.signature;
    if (signature !== undefined) groups.set(signature, [...(groups.get(signature) ?? []), index]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length);
}

function rowOf(path: string, held: readonly (Held | undefined)[], groups: number[][], missing: number[]): DirectoryRow {
  const shown = held[groups[0]?.[0] ?? 0]?.entry ?? null;
  const other = held[groups[1]?.[0] ?? -1]?.entry ?? null;
  const failure = held.find((one) => one !== undefined && one.entry.failure !== null)?.entry.failure;
  return {
    path,
    difference: failure === undefined || failure === null ? 'outlier' : 'error',
    left: factsOf(shown),
    right: factsOf(other),
    reason: failure?.message ?? null,
    metadata: [],
    movedTo: null,
    inside: null,
    groups,
    missing,
  };
}

function failedEntry(failure: NonNullable<TreeEntry['failure']>): TreeEntry {
  return { name: '', kind: 'directory', stat: null, linkTarget: null, failure };
}

function hashText(outcome: HashOutcome): string {
  return outcome.kind === 'hash' ? outcome.sha256 : outcome.message;
}
