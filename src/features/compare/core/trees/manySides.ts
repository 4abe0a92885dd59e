import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { LiveWork } from '../../../../lib/liveResults';
import { joined } from '../../../../machine/treePaths';
import { factsOf, type TreeEntry } from './entry';
import { ignoredNames, metadataOf, type DirectoriesInput } from './inputs';
import { RUNNABLE, WHOLE_SECOND_MS } from './judge';
import { groupsOf, type GroupOptions, type Held } from './manyGroups';
import { ManyHashes } from './manyHashes';
import { ManyJoin, type FolderOfAll } from './manyJoin';
import { foldedName } from './pairing';
import type { DirectoriesResult, DirectoryRow } from './schema';
import type { SideWalkOptions, TreeSide } from './side';
import { Tally } from './tally';
import { Turns } from './turns';
import { Wanted } from './wanted';

/** One path of all sides. */
interface ManyPath {
  readonly path: string;
  readonly held: (Held | undefined)[];
  /** Of each side as that spells it. */
  readonly paths: string[];
  readonly unknown: Set<number>;
}

/** Three trees or more, compared while all are walked: each path by who has the same, and who has not. */
export class ManySides implements LiveWork<DirectoriesResult> {
  private readonly startedMs = Date.now();
  private readonly startedAt = performance.now();
  private elapsedMs: number | null = null;
  private state: DirectoriesResult['state'] = 'comparing';
  private readonly tally: Tally;
  private readonly join: ManyJoin;
  private readonly turns: Turns<number>;
  private readonly keyOf: (name: string) => string;
  private readonly grouping: GroupOptions;

  constructor(
    private readonly input: DirectoriesInput,
    private readonly sides: readonly TreeSide[],
  ) {
    this.tally = new Tally(input.identical);
    this.keyOf = input.ignoreCase ? foldedName : (name) => name;
    this.join = new ManyJoin(sides.length, this.keyOf);
    const indexes = sides.map((_side, index) => index);
    this.turns = new Turns(indexes, (side) => this.join.ahead(side));
    this.grouping = {
      metadata: metadataOf(input.metadata),
      sizes: !this.hashes(),
      times: input.mode === 'shallow',
      toleranceMs: input.timeTolerance * 1_000,
      modeMask: sides.some(({ told }) => told.source === 'git') ? RUNNABLE : 0o7777,
    };
  }

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    try {
      const wanted = new Wanted(this.input, this.sides, signal);
      const hashes = new ManyHashes(this.sides, signal, changed);
      const walks = this.sides.map((side, index) => this.walk(side, index, { wanted, hashes, signal, changed }));
      const failed = (await Promise.allSettled(walks)).find((walk) => walk.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      this.conclude(this.join.rest(), wanted, hashes);
      await hashes.finish();
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

  /** A side that cannot be read to its end is left out of the comparison from there on, and told. */
  private async walk(side: TreeSide, index: number, run: ManyRun): Promise<void> {
    const { wanted, hashes, signal, changed } = run;
    const { recursive, oneFileSystem, ignore } = this.input;
    const options: SideWalkOptions = {
      signal,
      skipNames: ignoredNames(ignore),
      oneFileSystem,
      onRead: changed,
      ...(recursive ? {} : { maxDepth: 0 }),
    };
    try {
      for await (const listings of side.listings(options)) {
        for (const listing of listings) {
          if (await wanted.folder(listing.path)) this.conclude(this.join.add(index, listing), wanted, hashes);
        }
        this.turns.moved();
        changed();
        await hashes.room();
        await this.turns.wait(index);
      }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      side.told.stopReason = error.message;
    } finally {
      this.turns.end(index);
      this.conclude(this.join.end(index, side.told.stopReason === null), wanted, hashes);
    }
  }

  private conclude(folders: readonly FolderOfAll[], wanted: Wanted, hashes: ManyHashes): void {
    for (const folder of folders) {
      this.failedFolder(folder);
      for (const path of this.pathsIn(folder, wanted)) this.compare(path, hashes);
    }
  }

  /** What is in it is not known of the sides that could not list it. */
  private failedFolder({ path, listings }: FolderOfAll): void {
    const failure = listings.find((listing) => listing !== undefined && listing.failure !== null)?.failure ?? null;
    if (failure === null) return;
    const folder: TreeEntry = { name: '', kind: 'directory', stat: null, linkTarget: null, failure: null };
    const held = listings.map((listing) =>
      listing === undefined ? undefined : { entry: { ...folder, failure: listing.failure }, content: '' },
    );
    const paths = listings.map(() => path);
    this.push({ path, held, paths, unknown: new Set() });
  }

  private pathsIn({ listings, unknown }: FolderOfAll, wanted: Wanted): Iterable<ManyPath> {
    const paths = new Map<string, ManyPath>();
    listings.forEach((listing, side) => {
      for (const entry of listing?.failure === null ? listing.entries : []) {
        const folder = listing?.path ?? '';
        if (!wanted.has(folder, entry.name, entry.kind)) continue;
        const path = joined(folder, entry.name);
        const key = this.keyOf(entry.name);
        const known = paths.get(key) ?? { path, held: [], paths: [], unknown: new Set(unknown) };
        paths.set(key, known);
        known.held[side] = { entry, content: entry.sha256 ?? '' };
        known.paths[side] = path;
      }
    });
    return paths.values();
  }

  private compare(path: ManyPath, hashes: ManyHashes): void {
    const { held, paths } = path;
    const files = held.flatMap((one, side) => (one?.entry.kind === 'file' && one.entry.failure === null ? [side] : []));
    const blobs = files.map((side) => held[side]?.entry.blob);
    const areBlobs = blobs.every((blob) => blob !== undefined && blob.length === blobs[0]?.length);
    if (areBlobs && this.hashes()) for (const side of files) withContent(held[side], held[side]?.entry.blob ?? '');
    const unread = files.filter((side) => held[side]?.content === '');
    // By itself a content is like no other.
    if (!this.hashes() || files.length < 2 || unread.length === 0) return this.push(path);
    let left = unread.length;
    for (const side of unread) {
      const one = held[side];
      if (one === undefined) continue;
      hashes.ask(side, { path: paths[side] ?? '', entry: one.entry }, (outcome) => {
        if (outcome === null) {
          held[side] = undefined;
          path.unknown.add(side);
        } else if (outcome.kind === 'hash') one.content = outcome.sha256;
        else held[side] = { entry: { ...one.entry, failure: outcome }, content: '' };
        if ((left -= 1) === 0) this.push(path);
      });
    }
  }

  private push({ path, held, unknown }: ManyPath): void {
    const sides = this.sides.map((_side, index) => index).filter((index) => !unknown.has(index));
    const missing = sides.filter((index) => held[index] === undefined);
    const groups = groupsOf(held, { ...this.grouping, toleranceMs: this.tolerance() });
    const failure = held.find((one) => one !== undefined && one.entry.failure !== null)?.entry.failure ?? null;
    if (missing.length > 0 || groups.length > 1 || failure !== null) {
      this.tally.push(rowOf(path, held, { groups, missing, failure }));
      return;
    }
    const entry = held.find((one) => one !== undefined)?.entry ?? null;
    if (entry?.kind === 'directory') this.tally.commonFolders += 1;
    else this.tally.same({ path, rightPath: path, left: entry, right: entry }, []);
  }

  /** Sides of which one has whole seconds are compared by those. */
  private tolerance(): number {
    const isCoarse = this.sides.some(({ told }) => ['stat', 'sftp', 'archive'].includes(told.listedBy ?? ''));
    return Math.max(isCoarse ? WHOLE_SECOND_MS : 0, this.input.timeTolerance * 1_000);
  }
}

interface ManyRun {
  readonly wanted: Wanted;
  readonly hashes: ManyHashes;
  readonly signal: AbortSignal;
  readonly changed: () => void;
}

function withContent(held: Held | undefined, content: string): void {
  if (held !== undefined) held.content = content;
}

function rowOf(
  path: string,
  held: ManyPath['held'],
  told: { readonly groups: number[][]; readonly missing: number[]; readonly failure: TreeEntry['failure'] },
): DirectoryRow {
  const { groups, missing, failure } = told;
  return {
    path,
    difference: failure === null ? 'outlier' : 'error',
    left: factsOf(held[groups[0]?.[0] ?? 0]?.entry ?? null),
    right: factsOf(held[groups[1]?.[0] ?? -1]?.entry ?? null),
    reason: failure?.message ?? null,
    metadata: [],
    movedTo: null,
    inside: null,
    groups,
    missing,
  };
}
