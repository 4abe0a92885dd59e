import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { mapPool } from '../../../../lib/pool';
import { isConnectionLost } from '../../../../machine/copy/connectionLost';
import { copyFile, GROWN_BYTES, SMALL_BYTES, type CopyWays } from '../../../../machine/copy/copyFile';
import { Hashes } from '../../../../machine/copy/hashes';
import { SmallReads } from '../../../../machine/copy/smallReads';
import { below, byDepth } from '../../../../machine/treePaths';
import type { Bounds } from '../backup/bounds';
import type { BeforeNamed, Changes, ChangesContext } from '../backup/changes';
import type { PutState } from '../backup/record';
import { requireStill } from '../backup/seen';
import type { SyncInput } from '../plan/inputs';
import { aboveOf, countsOf } from '../plan/makePlan';
import type { Step, SyncPlan } from '../plan/schema';
import type { TwoSides } from '../plan/survey';
import { otherSide, SIDES, type Side } from '../trees/entry';
import type { EntryFacts } from '../trees/schema';
import { RecordedWork } from './recordedWork';

const SMALL_AT_ONCE = 64;
const LARGE_AT_ONCE = 4;
const PERMISSIONS = 0o777;

/** Carries out a plan, and nothing beyond it. */
export class SyncWork extends RecordedWork {
  /** Folders that could not be made. */
  private readonly closed = new Set<string>();

  constructor(
    private readonly plan: SyncPlan,
    private readonly sides: TwoSides,
    private readonly choices: Pick<SyncInput, 'verify'> & Bounds,
    context: ChangesContext,
  ) {
    const { places, steps, left } = plan;
    const start = { places, total: countsOf(steps), left };
    super({ task: 'sync', start, roots: sides, bounds: choices, context });
  }

  /** Folders first, so that there is a place for all; what only goes, last. */
  protected async carryOut(changes: Changes): Promise<void> {
    const { steps } = this.plan;
    const of = (action: Step['action']): readonly Step[] => steps.filter((step) => step.action === action);
    const deletes = of('delete');
    const folders = byDepth(of('folder'));
    await this.removeAll(
      changes,
      deletes.filter(({ first }) => first),
    );
    for (const level of folders) await this.each(level, SMALL_AT_ONCE, (step) => this.makeFolder(changes, step));
    await this.copyAll(changes, of('copy'));
    // Last, so that nothing is ever written through a link which came with the tree.
    await this.each(of('link'), SMALL_AT_ONCE, (step) => this.makeLink(changes, step));
    await this.each(of('change'), SMALL_AT_ONCE, (step) => this.change(changes, step));
    await this.removeAll(
      changes,
      deletes.filter(({ first }) => !first),
    );
    for (const level of [...folders].reverse()) {
      await mapPool(level, SMALL_AT_ONCE, (step) => this.finishFolder(changes, step));
    }
  }

  private async each(steps: readonly Step[], atOnce: number, work: (step: Step) => Promise<void>): Promise<void> {
    await mapPool(steps, atOnce, (step) =>
      this.attempts.attempt(
        async () => {
          if (aboveOf(step.path).some((folder) => this.closed.has(keyOf({ ...step, path: folder })))) {
            throw new ExpectedError('missing', l10n.t('its folder could not be made'));
          }
          await work(step);
          this.tally.did(step, step.action === 'copy' ? (step.source?.sizeBytes ?? 0) : null);
        },
        (reason) => {
          if (step.action === 'folder') this.closed.add(keyOf(step));
          this.tally.fail(step.path, step.to, reason);
        },
      ),
    );
  }

  private async removeAll(changes: Changes, steps: readonly Step[]): Promise<void> {
    const remove = async ({ to, path, target }: Step): Promise<void> => {
      if (target !== null) await changes.remove(to, path, target, this.attempts.signal);
    };
    const isFolder = ({ target }: Step): boolean => target?.kind === 'directory';
    await this.each(
      steps.filter((step) => !isFolder(step)),
      SMALL_AT_ONCE,
      remove,
    );
    for (const level of [...byDepth(steps.filter(isFolder))].reverse()) await this.each(level, SMALL_AT_ONCE, remove);
  }

  private async makeFolder(changes: Changes, step: Step): Promise<void> {
    const { to, path } = step;
    await this.requireSource(step);
    await changes.makeFolder(to, path, this.attempts.signal);
  }

  private async copyAll(changes: Changes, steps: readonly Step[]): Promise<void> {
    const ways = { left: this.waysTo('left'), right: this.waysTo('right') };
    const copy = (step: Step): Promise<void> => this.copy(changes, ways[step.to], step);
    await this.each(steps.filter(isLarge), LARGE_AT_ONCE, copy);
    await this.each(
      steps.filter((step) => !isLarge(step)),
      SMALL_AT_ONCE,
      copy,
    );
  }

  private waysTo(to: Side): CopyWays {
    const { signal } = this.attempts;
    const [source, target] = [this.sides[otherSide(to)].machine, this.sides[to].machine];
    return {
      source,
      target,
      options: {
        resumes: false,
        verify: this.choices.verify,
        keepModes: true,
        keepTimes: true,
        keepParts: false,
      },
      hashes: { source: new Hashes(source, signal), target: new Hashes(target, signal) },
      small: new SmallReads(source, GROWN_BYTES, signal),
      tally: this.tally,
      signal,
    };
  }

  private async copy(changes: Changes, ways: CopyWays, step: Step): Promise<void> {
    const { to, path, source, target } = step;
    if (source === null) return;
    const { signal } = this.attempts;
    // Of a small one, what has changed is seen soon enough before it gets its name.
    if (isLarge(step)) await this.requireBoth(changes, step);
    const { sizeBytes, mode, modifiedMs } = source;
    const entry = {
      relative: path,
      kind: 'file',
      sizeBytes: sizeBytes ?? 0,
      mode: mode ?? 0o644,
      modifiedMs: modifiedMs ?? 0,
      linkTarget: null,
    } as const;
    const give = (beforeNamed: BeforeNamed): Promise<void> =>
      copyFile(ways, {
        entry,
        from: this.sourcePath(to, path),
        to: changes.ground(to).pathOf(path),
        overwrite: false,
        replacedMode: null,
        beforeNamed: async () => {
          await this.requireSource(step);
          return beforeNamed(signal);
        },
      });
    try {
      await changes.put(to, path, { before: target, after: stateOf(source, 'file') }, give, signal);
    } catch (error) {
      // That it has changed, or has gone, tells more than what came of it.
      if (!isConnectionLost(error)) await this.requireSource(step);
      throw error;
    }
  }

  private async makeLink(changes: Changes, step: Step): Promise<void> {
    const { to, path, source, target } = step;
    if (source === null) return;
    const { signal } = this.attempts;
    await this.requireSource(step);
    const { machine } = this.sides[to];
    const give = async (beforeNamed: BeforeNamed): Promise<void> => {
      await beforeNamed(signal);
      await machine.files.makeLink(changes.ground(to).pathOf(path), source.linkTarget ?? '', signal);
    };
    // The system gives it the time of now.
    const after = { ...stateOf(source, 'symlink'), modifiedMs: null };
    await changes.put(to, path, { before: target, after }, give, signal);
  }

  private async change(changes: Changes, step: Step): Promise<void> {
    const { to, path, source, target, metadata } = step;
    if (source === null || target === null) return;
    await this.requireSource(step);
    const mode = ((target.mode ?? 0) & ~PERMISSIONS) | ((source.mode ?? 0) & PERMISSIONS);
    const change = {
      ...(metadata.includes('mode') && this.hasModes() ? { mode } : {}),
      ...(metadata.includes('mtime') && source.modifiedMs !== null ? { modifiedMs: source.modifiedMs } : {}),
    };
    await changes.change(to, path, target, change, this.attempts.signal);
  }

  /** What was made by this run gets its mode and time when all is in it. */
  private async finishFolder(changes: Changes, step: Step): Promise<void> {
    const { to, path, source } = step;
    if (source === null || this.closed.has(keyOf(step))) return;
    const change = {
      ...(this.hasModes() ? { mode: (source.mode ?? 0o755) & PERMISSIONS } : {}),
      modifiedMs: Math.max(0, source.modifiedMs ?? 0),
    };
    await this.attempts.attempt(
      () => this.sides[to].machine.files.change(changes.ground(to).pathOf(path), change, this.attempts.signal),
      (reason) => this.tally.fail(path, to, reason),
    );
  }

  private hasModes(): boolean {
    return SIDES.every((side) => this.sides[side].machine.platform !== 'win32');
  }

  private async requireBoth(changes: Changes, step: Step): Promise<void> {
    const { to, path, target } = step;
    await this.requireSource(step);
    await requireStill(this.sides[to].machine, changes.ground(to).pathOf(path), target, this.attempts.signal);
  }

  private requireSource({ to, path, source }: Step): Promise<void> {
    return requireStill(this.sides[otherSide(to)].machine, this.sourcePath(to, path), source, this.attempts.signal);
  }

  private sourcePath(to: Side, path: string): string {
    return below(this.sides[otherSide(to)].root, path);
  }
}

function isLarge({ source }: Step): boolean {
  return (source?.sizeBytes ?? 0) > SMALL_BYTES;
}

function stateOf({ sizeBytes, modifiedMs, linkTarget }: EntryFacts, kind: PutState['kind']): PutState {
  return { kind, sizeBytes, modifiedMs, linkTarget };
}

function keyOf({ to, path }: Pick<Step, 'to' | 'path'>): string {
  return `${to}:${path}`;
}
