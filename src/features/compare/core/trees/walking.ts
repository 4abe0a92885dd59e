import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../../../../lib/errors';
import { joined } from '../../../../machine/treePaths';
import type { ClosureLists } from './closure';
import { ByteStage, type ContentItem, type ContentOutcome, type ContentParts, type ContentStage } from './content';
import { otherSide, SIDES, type Pair, type Side, type TreeEntry, type TreeListing } from './entry';
import { HashStage } from './hashStage';
import { countOf, NOTHING_INSIDE } from './inside';
import { ignoredNames, metadataOf, type DirectoriesInput } from './inputs';
import type { FolderJoin, FolderPair } from './join';
import {
  judge,
  metadataDifferences,
  RUNNABLE,
  sided,
  WHOLE_SECOND_MS,
  type JudgeOptions,
  type Judgement,
} from './judge';
import { lookUpStats } from './lookUpStats';
import type { MovedFiles } from './moved';
import { pairNames } from './pairing';
import type { DifferenceKind, DirectoriesResult } from './schema';
import type { SideWalkOptions, TreeSide } from './side';
import type { Tally } from './tally';
import type { Turns } from './turns';
import { Wanted } from './wanted';

/** Of a folder with very many names, so many are judged before contents are waited for. */
const MOST_AT_ONCE = 1_024;
const CLOSURE_DEPTH = { none: Infinity, top: 0, partial: 1, full: Infinity };

export interface WalkingParts {
  readonly input: DirectoriesInput;
  readonly sides: Readonly<Record<Side, TreeSide>>;
  readonly tally: Tally;
  readonly join: FolderJoin;
  readonly turns: Turns<Side>;
  readonly moved: MovedFiles | null;
  readonly closure: ClosureLists | null;
  readonly alone: Readonly<Record<Side, Map<string, DifferenceKind | null>>>;
  readonly contentBy: DirectoriesResult['contentBy'];
  readonly rowsInside: boolean;
  readonly signal: AbortSignal;
  readonly stop: () => void;
  readonly changed: () => void;
}

/** One run over both trees. */
export class Walking {
  private readonly content: ContentStage;
  private readonly wanted: Wanted;
  private readonly judging: JudgeOptions;

  constructor(private readonly parts: WalkingParts) {
    const { input, sides, signal, contentBy, changed } = parts;
    const tell = (item: ContentItem, outcome: ContentOutcome): void => this.decided(item, outcome);
    const content: ContentParts = { sides, signal, tell, changed };
    this.content = contentBy === 'bytes' ? new ByteStage(content) : new HashStage(content);
    this.wanted = new Wanted(input, [sides.left, sides.right], signal);
    this.judging = {
      mode: input.mode,
      metadata: metadataOf(input.metadata),
      toleranceMs: input.timeTolerance * 1_000,
      modeMask: SIDES.some((side) => sides[side].told.source === 'git') ? RUNNABLE : 0o7777,
    };
  }

  async run(): Promise<void> {
    const { sides, tally, join, signal } = this.parts;
    await this.walkBoth();
    for (const { side, listing } of join.rest()) await this.unpaired(side, listing);
    await this.content.finish();
    await this.findMoved();
    await lookUpStats(sides, tally, signal);
  }

  /** Neither goes on when the other has failed. */
  private async walkBoth(): Promise<void> {
    const walks = await Promise.allSettled(SIDES.map((side) => this.walk(side)));
    const failed = walks.filter((walk) => walk.status === 'rejected');
    const first = failed.find(({ reason }) => !isCancelled(reason)) ?? failed[0];
    if (first !== undefined) throw first.reason;
  }

  private async walk(side: Side): Promise<void> {
    const { sides, turns, changed } = this.parts;
    const { told } = sides[side];
    try {
      for await (const listings of sides[side].listings(this.walkOptions())) {
        for (const listing of listings) await this.take(side, listing);
        changed();
        await this.content.room();
        await turns.wait(side);
      }
    } catch (error) {
      if (error instanceof ExpectedError) told.stopReason = error.message;
      this.parts.stop();
      throw error;
    } finally {
      turns.end(side);
    }
  }

  private walkOptions(): SideWalkOptions {
    const { input, contentBy, signal, moved, changed } = this.parts;
    const needsStat =
      contentBy !== 'bytes' || input.mode !== 'deep' || this.judging.metadata.length > 0 || moved !== null;
    const maxDepth = input.recursive ? CLOSURE_DEPTH[input.closure] : 0;
    return {
      signal,
      onRead: changed,
      detail: needsStat ? 'stat' : 'kinds',
      skipNames: ignoredNames(input.ignore),
      oneFileSystem: input.oneFileSystem,
      ...(maxDepth === Infinity ? {} : { maxDepth }),
    };
  }

  private async take(side: Side, listing: TreeListing): Promise<void> {
    if (!(await this.wanted.folder(listing.path))) return;
    const result = this.parts.join.add(side, listing);
    if (result.kind === 'pair') await this.pair(result.pair);
    else if (result.kind === 'inside') this.inside(side, result.root, listing);
    this.parts.turns.moved();
  }

  private async pair(folders: FolderPair): Promise<void> {
    const { left, right } = folders;
    const failed = left.failure === null ? (right.failure === null ? null : right) : left;
    if (failed !== null) {
      this.failedFolder(failed === left ? 'left' : 'right', failed);
      // What the other side has in it is neither there nor not there.
      for (const side of SIDES) this.leaveBelow(side, folders[side]);
      return;
    }
    const { ignoreCase } = this.parts.input;
    const pairs = pairNames(folders, {
      wanted: (folder, { name, kind }) => this.wanted.has(folder, name, kind),
      ignoreCase,
      twin: (side, path, entry) => this.twin(side, path, entry),
    });
    let judged = 0;
    for (const pair of pairs) {
      this.judge(pair);
      if ((judged += 1) % MOST_AT_ONCE === 0) await this.content.room();
    }
  }

  private twin(side: Side, path: string, entry: TreeEntry): void {
    this.add('error', onSide(side, path, entry), sided(side, l10n.t('another name there differs only in case')));
    if (entry.kind === 'directory') this.setAlone(side, path, null);
  }

  private judge(pair: Pair): void {
    const { left, right } = pair;
    if (left === null || right === null) return this.oneSided(pair, left === null ? 'right' : 'left');
    const judgement = judge(left, right, this.judgingOf());
    const metadata = metadataDifferences(left, right, this.judgingOf());
    if (judgement.kind === 'read') this.content.add({ pair, metadata });
    else this.conclude(pair, judgement, metadata);
  }

  /** Sides of which one has whole seconds are compared by those. */
  private judgingOf(): JudgeOptions {
    const { sides } = this.parts;
    const isCoarse = SIDES.some((side) => ['stat', 'sftp', 'archive'].includes(sides[side].told.listedBy ?? ''));
    return isCoarse
      ? { ...this.judging, toleranceMs: Math.max(WHOLE_SECOND_MS, this.judging.toleranceMs) }
      : this.judging;
  }

  private conclude(
    pair: Pair,
    judgement: Exclude<Judgement, { kind: 'read' }>,
    metadata: ContentItem['metadata'],
  ): void {
    const { tally, closure } = this.parts;
    switch (judgement.kind) {
      case 'same':
        closure?.add('same', pair.path);
        return tally.same(pair, metadata);
      case 'folders':
        closure?.add('commonFolders', pair.path);
        tally.commonFolders += 1;
        if (metadata.length > 0) tally.add('metadata', pair, { metadata });
        return;
      case 'differs':
        return this.add('differs', pair, judgement.reason, metadata);
      case 'kind':
        this.add('kind', pair, judgement.reason);
        return this.setFoldersAlone(pair, 'kind');
      case 'error':
        this.add('error', pair, judgement.reason);
        return this.setFoldersAlone(pair, null);
    }
  }

  private decided({ pair, metadata }: ContentItem, outcome: ContentOutcome): void {
    if (outcome === null) this.conclude(pair, { kind: 'same' }, metadata);
    else if (outcome.kind === 'differs') this.add('differs', pair, differenceText(pair, outcome.offset), metadata);
    else this.add('error', pair, sided(outcome.side, outcome.failure.message));
  }

  private oneSided(pair: Pair, side: Side): void {
    const difference = side === 'left' ? 'leftOnly' : 'rightOnly';
    const entry = pair[side];
    const isFolder = entry?.kind === 'directory';
    this.parts.closure?.add(difference, pair.path);
    this.parts.tally.add(difference, pair, isFolder ? { inside: NOTHING_INSIDE } : {});
    if (isFolder) this.setAlone(side, pair.path, difference);
    else this.parts.moved?.add(side, pair);
  }

  private add(
    difference: 'differs' | 'kind' | 'error',
    pair: Pair,
    reason: string | null,
    metadata: ContentItem['metadata'] = [],
  ): void {
    const list = { differs: 'differing', kind: 'commonFunny', error: 'funnyFiles' } as const;
    if (pair.left !== null && pair.right !== null) this.parts.closure?.add(list[difference], pair.path);
    this.parts.tally.add(difference, pair, { reason, metadata });
  }

  private setFoldersAlone(pair: Pair, difference: DifferenceKind | null): void {
    for (const side of SIDES) {
      if (pair[side]?.kind !== 'directory') continue;
      this.setAlone(side, side === 'left' ? pair.path : pair.rightPath, difference);
    }
  }

  private setAlone(side: Side, path: string, difference: DifferenceKind | null): void {
    this.parts.alone[side].set(path, difference);
    for (const listing of this.parts.join.setAlone(side, path)) this.inside(side, path, listing);
  }

  /** What is in a folder that only one side has. */
  private inside(side: Side, root: string, listing: TreeListing): void {
    const difference = this.parts.alone[side].get(root) ?? null;
    if (difference === null) return;
    if (listing.failure !== null) this.failedFolder(side, listing);
    const entries = listing.entries.filter(({ name, kind }) => this.wanted.has(listing.path, name, kind));
    if (this.parts.rowsInside) this.addInside(difference, side, listing.path, entries);
    else this.parts.tally.countInside(difference, root, countOf(entries));
    if (this.parts.moved === null || difference === 'kind') return;
    for (const entry of entries) this.parts.moved.add(side, onSide(side, joined(listing.path, entry.name), entry));
  }

  private addInside(difference: DifferenceKind, side: Side, folder: string, entries: readonly TreeEntry[]): void {
    for (const entry of entries) {
      const pair = onSide(side, joined(folder, entry.name), entry);
      if (entry.failure === null) this.parts.tally.add(difference, pair);
      else this.add('error', pair, sided(side, entry.failure.message));
    }
  }

  private failedFolder(side: Side, { path, failure }: TreeListing): void {
    const entry: TreeEntry = { name: '', kind: 'directory', stat: null, linkTarget: null, failure };
    this.add('error', onSide(side, path, entry), sided(side, failure?.message ?? ''));
  }

  private leaveBelow(side: Side, { path, entries }: TreeListing): void {
    for (const { name, kind } of entries) if (kind === 'directory') this.setAlone(side, joined(path, name), null);
  }

  /** The other side was not entered there, or has gone. */
  private async unpaired(side: Side, listing: TreeListing): Promise<void> {
    if (listing.failure !== null) return this.failedFolder(side, listing);
    if (listing.entries.length === 0 || !(await this.wanted.folder(listing.path))) return;
    const text = l10n.t('its content could be listed on the other side only');
    const entry: TreeEntry = { name: '', kind: 'directory', stat: null, linkTarget: null, failure: null };
    this.add('error', onSide(side, listing.path, entry), sided(otherSide(side), text));
  }

  private async findMoved(): Promise<void> {
    const { moved, sides, signal, tally, changed } = this.parts;
    if (moved === null) return;
    for (const [left, right] of await moved.find(sides, { signal }, changed)) tally.setMoved(left, right);
  }
}

function onSide(side: Side, path: string, entry: TreeEntry): Pair {
  return { path, rightPath: path, left: side === 'left' ? entry : null, right: side === 'right' ? entry : null };
}

function differenceText({ left, right }: Pair, offset: number | null): string | null {
  if (offset === null) return null;
  const sizes = [left?.stat?.sizeBytes, right?.stat?.sizeBytes];
  return sizes[0] !== undefined && sizes.includes(offset)
    ? l10n.t('one goes on where the other ends')
    : l10n.t('from byte {0} on', offset);
}
