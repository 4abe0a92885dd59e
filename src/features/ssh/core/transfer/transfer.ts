import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { mapPool } from '../../../../lib/pool';
import { Attempts } from '../../../../machine/copy/attempts';
import { copyFile, GROWN_BYTES, SMALL_BYTES, type CopyWays } from '../../../../machine/copy/copyFile';
import type { SourceEntry } from '../../../../machine/copy/entry';
import { Hashes } from '../../../../machine/copy/hashes';
import { SmallReads } from '../../../../machine/copy/smallReads';
import type { FileStat } from '../../../../machine/machine';
import { statIfThere } from '../../../../machine/statIfThere';
import { joined, parentOf } from '../../../../machine/treePaths';
import { findOut, type Findings, type Journey } from './journey';
import { removeOriginal } from './removeOriginal';
import type { TransferResult } from './schema';
import { byDepth, decide, type Survey } from './survey';
import { Tally } from './tally';

const SMALL_AT_ONCE = 64;
/** Hashes are asked for in batches of what waits for them. */
const HASHED_AT_ONCE = 512;
const LARGE_AT_ONCE = 4;

/** Copies a tree: folders, files, links, and at last what the folders' permissions and times are. */
export class Transfer {
  private readonly tally: Tally;
  private readonly attempts = new Attempts();
  /** Something of the original is not at the target, or not known to be. */
  private isWhole = true;
  private readonly ways: CopyWays;
  /** Folders that are made by this transfer: nothing was in them. */
  private readonly fresh = new Set<string>();
  /** Folders that could not be made. */
  private readonly closed = new Set<string>();

  constructor(
    private readonly journey: Journey,
    private readonly signal: AbortSignal,
    changed: () => void,
  ) {
    const { direction, source, target, from, to, options, moves } = journey;
    const stop = this.attempts.signal;
    const names = { direction, sourceMachine: source.name, targetMachine: target.name, from, to };
    this.tally = new Tally({ ...names, verify: options.verify, moves }, changed);
    const hashes = { source: new Hashes(source, stop), target: new Hashes(target, stop) };
    const small = new SmallReads(source, GROWN_BYTES, stop);
    const resumes = options.onConflict === 'resume';
    this.ways = { source, target, options: { ...options, resumes }, hashes, small, tally: this.tally, signal: stop };
  }

  result(): TransferResult {
    return this.tally.result();
  }

  /** Ends when it is over, also by a cancel. Throws ExpectedError where nothing could be begun. */
  async run(): Promise<void> {
    const { state, stopReason } = await this.attempts.run(
      async () => this.carryOut(await findOut(this.journey, this.attempts.signal)),
      this.signal,
    );
    this.tally.end(state, stopReason);
  }

  private async carryOut({ tree, survey }: Findings): Promise<void> {
    for (const { relative, state, reason } of tree.left) {
      this.isWhole = false;
      this.tally[state === 'failed' ? 'fail' : 'skip'](relative, reason);
    }
    this.tally.begin(tree.entries);
    const of = (kind: SourceEntry['kind']): readonly SourceEntry[] =>
      tree.entries.filter((entry) => entry.kind === kind);
    const folders = byDepth(of('folder'));
    await this.makeParents();
    for (const level of folders) await mapPool(level, SMALL_AT_ONCE, (entry) => this.makeFolder(entry, survey));
    const isLarge = ({ sizeBytes }: SourceEntry): boolean => sizeBytes > SMALL_BYTES;
    const copy = (entry: SourceEntry): Promise<void> => this.attempt(entry, () => this.copy(entry, survey));
    await mapPool(of('file').filter(isLarge), LARGE_AT_ONCE, copy);
    const atOnce = this.journey.options.verify === 'hash' ? HASHED_AT_ONCE : SMALL_AT_ONCE;
    const small = of('file').filter((entry) => !isLarge(entry));
    await mapPool(small, atOnce, copy);
    // Last, so that nothing is ever written through a link which came with the tree.
    await mapPool(of('link'), SMALL_AT_ONCE, (entry) => this.attempt(entry, () => this.makeLink(entry, survey)));
    for (const level of [...folders].reverse()) {
      await mapPool(level, SMALL_AT_ONCE, (entry) => this.attempt(entry, () => this.finishFolder(entry)));
    }
    if (this.journey.moves && this.isWhole) await this.removeOriginal(tree.entries, folders);
  }

  /** What can not be deleted is a row; what is in no folder any more goes before the folders. */
  private async removeOriginal(
    entries: readonly SourceEntry[],
    folders: readonly (readonly SourceEntry[])[],
  ): Promise<void> {
    const { source, from } = this.journey;
    this.tally.beginDeleting();
    const remove = async (entry: SourceEntry): Promise<void> => {
      await removeOriginal(source, joined(from, entry.relative), entry, this.attempts.signal);
      this.tally.deleted();
    };
    const level = (some: readonly SourceEntry[]): Promise<unknown> =>
      mapPool(some, SMALL_AT_ONCE, (entry) =>
        this.attempt(
          entry,
          () => remove(entry),
          (reason) => this.tally.keep(entry.relative, reason),
        ),
      );
    await level(entries.filter(({ kind }) => kind !== 'folder'));
    for (const some of [...folders].reverse()) await level(some);
  }

  /** Folders above the target that are not there. */
  private async makeParents(): Promise<void> {
    const { target, to } = this.journey;
    const { signal } = this.attempts;
    const missing: string[] = [];
    let path = parentOf(to);
    while (path !== '' && path !== parentOf(path) && (await statIfThere(target, path, signal)) === null) {
      missing.unshift(path);
      path = parentOf(path);
    }
    for (const folder of missing) await target.files.makeFolder(folder, signal);
  }

  private async makeFolder(entry: SourceEntry, survey: Survey): Promise<void> {
    const { relative } = entry;
    await this.attempt(entry, async () => {
      const there = survey.kindOf(relative);
      if (there === 'directory') return this.tally.finished(entry, 0);
      // Also a link to a folder: what is copied must not go through it.
      if (there !== null) throw new ExpectedError('exists', l10n.t('something that is no folder has this name'));
      const path = joined(this.journey.to, relative);
      try {
        await this.journey.target.files.makeFolder(path, this.attempts.signal);
      } catch (error) {
        // A folder that may be looked into only by name was not seen before.
        const isThere = error instanceof ExpectedError && error.code === 'exists';
        if (!isThere || (await this.journey.target.files.stat(path, this.attempts.signal)).kind !== 'directory')
          throw error;
        return this.tally.finished(entry, 0);
      }
      this.fresh.add(relative);
      this.tally.finished(entry, 0);
    });
  }

  /** One thing of many: why it fails is a row, unless it is the reason for all. */
  private async attempt(
    entry: SourceEntry,
    work: () => Promise<void>,
    failed = (reason: string): void => this.lack(entry, reason),
  ): Promise<void> {
    const { relative } = entry;
    await this.attempts.attempt(async () => {
      if (relative !== '' && this.closed.has(folderOf(relative))) {
        throw new ExpectedError('missing', l10n.t('its folder could not be made'));
      }
      await work();
    }, failed);
  }

  private lack({ relative, kind }: SourceEntry, reason: string): void {
    if (kind === 'folder') this.closed.add(relative);
    this.isWhole = false;
    this.tally.fail(relative, reason);
  }

  private skip(relative: string, reason: string): void {
    this.isWhole = false;
    this.tally.skip(relative, reason);
  }

  private async copy(entry: SourceEntry, survey: Survey): Promise<void> {
    const { relative } = entry;
    const { from, to, target, options } = this.journey;
    const path = joined(to, relative);
    const there = this.mayBeThere(relative, survey) ? await statIfThere(target, path, this.attempts.signal) : null;
    const decision = decide(options.onConflict, entry, there);
    if (decision.kind === 'fail') throw new ExpectedError('exists', decision.reason);
    if (decision.kind === 'skip' && (await this.isSame(entry, path))) {
      // What was complete already is there like the rest of it.
      if (options.onConflict === 'resume') return this.tally.skip(relative, decision.reason);
      return this.skip(relative, decision.reason);
    }
    await copyFile(this.ways, {
      entry,
      from: joined(from, relative),
      to: path,
      overwrite: there !== null || this.fresh.has(folderOf(relative)),
      replacedMode: there === null || there.kind !== 'file' ? null : there.mode & 0o777,
    });
  }

  /** Nothing is asked about what is in a folder that was just made, or that was listed without it. */
  private mayBeThere(relative: string, survey: Survey): boolean {
    return relative === '' || (!this.fresh.has(folderOf(relative)) && survey.kindOf(relative) !== null);
  }

  /** What looks complete, where hashes are to be compared. */
  private async isSame({ relative, sizeBytes }: SourceEntry, path: string): Promise<boolean> {
    const { options, from } = this.journey;
    if (options.onConflict !== 'resume' || options.verify !== 'hash') return true;
    const { source, target } = this.ways.hashes;
    const [ours, theirs] = await Promise.all([
      source.of(joined(from, relative), sizeBytes),
      target.of(path, sizeBytes),
    ]);
    return ours === theirs;
  }

  private async makeLink(entry: SourceEntry, survey: Survey): Promise<void> {
    const { relative, linkTarget } = entry;
    const { to, target, options } = this.journey;
    const { signal } = this.attempts;
    const path = joined(to, relative);
    const there = this.mayBeThere(relative, survey) ? await statIfThere(target, path, signal) : null;
    const decision = decide(options.onConflict, entry, there);
    if (decision.kind === 'fail') throw new ExpectedError('exists', decision.reason);
    if (decision.kind === 'skip') return this.skip(relative, decision.reason);
    if (there === null) await target.files.makeLink(path, linkTarget ?? '', signal);
    else await this.replaceByLink(path, linkTarget ?? '', there);
    this.tally.finished(entry, 0);
  }

  private async replaceByLink(path: string, linkTarget: string, there: FileStat): Promise<void> {
    const { target } = this.journey;
    const { signal } = this.attempts;
    if (there.kind === 'symlink' && (await target.files.readLink(path, signal)) === linkTarget) return;
    const beside = joined(parentOf(path), `.opsdeck-${randomBytes(12).toString('hex')}.link`);
    await target.files.makeLink(beside, linkTarget, signal);
    await target.files.rename(beside, path, { signal, overwrite: true });
  }

  private async finishFolder({ relative, mode, modifiedMs }: SourceEntry): Promise<void> {
    const { source, target, to, options } = this.journey;
    if (!this.fresh.has(relative)) return;
    const keepsMode = options.keepModes && source.platform !== 'win32' && target.platform !== 'win32';
    if (!keepsMode && !options.keepTimes) return;
    const change = {
      ...(keepsMode ? { mode: mode & 0o777 } : {}),
      ...(options.keepTimes ? { modifiedMs: Math.max(0, modifiedMs) } : {}),
    };
    await target.files.change(joined(to, relative), change, this.attempts.signal);
  }
}

function folderOf(relative: string): string {
  return relative.includes('/') ? parentOf(relative) : '';
}
