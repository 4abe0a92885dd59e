import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { LiveWork } from '../../../../lib/liveResults';
import { mapPool } from '../../../../lib/pool';
import { Attempts } from '../../../../machine/copy/attempts';
import type { FileChange, FileStat, Machine } from '../../../../machine/machine';
import { statIfThere } from '../../../../machine/statIfThere';
import { below, byDepth } from '../../../../machine/treePaths';
import { moveFile } from '../backup/moveFile';
import type { BackupRecord, Deed, PutState } from '../backup/record';
import { isStill } from '../backup/seen';
import { ChangeTally } from '../backup/tally';
import { noCounts } from '../plan/makePlan';
import type { Step, SyncResult } from '../plan/schema';
import type { Side } from '../trees/entry';

const AT_ONCE = 64;

type DeedOf<Kind extends Deed['kind']> = Deed & { readonly kind: Kind };

/** Takes back what a record tells: what was changed since is left alone. */
export class UndoWork implements LiveWork<SyncResult> {
  private readonly attempts = new Attempts();
  private tally: ChangeTally;

  constructor(
    private readonly record: BackupRecord,
    /** Of the sides that the record names. */
    private readonly machines: Readonly<Record<Side, Machine | null>>,
    /** Called when all is taken back: the backup is not needed any more. */
    private readonly done: (signal: AbortSignal) => Promise<void>,
  ) {
    this.tally = this.newTally(() => undefined);
  }

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    this.tally = this.newTally(changed);
    const end = await this.attempts.run(() => this.carryOut(), signal);
    if (end.state === 'done' && this.tally.result().failedCount === 0) await this.done(signal);
    this.tally.over(end);
  }

  result(): SyncResult {
    return this.tally.result();
  }

  private newTally(changed: () => void): ChangeTally {
    const { places, deeds } = this.record;
    return new ChangeTally({ task: 'undo', places, total: undoCounts(deeds), left: [] }, changed);
  }

  /** The other way round: what was made goes, then folders that went come back, then what was kept. */
  private async carryOut(): Promise<void> {
    const { deeds } = this.record;
    const of = <Kind extends Deed['kind']>(kind: Kind): readonly DeedOf<Kind>[] =>
      deeds.filter((deed): deed is DeedOf<Kind> => deed.kind === kind);
    const [puts, gone] = [of('put'), of('gone')];
    const foldersGone = byDepth(of('folderGone'));
    await this.each(
      puts.filter(({ keptBytes }) => keptBytes === null),
      'delete',
      (deed) => this.unput(deed),
    );
    for (const level of [...byDepth(of('folderMade'))].reverse()) {
      await this.each(level, 'delete', (deed) => this.unmakeFolder(deed));
    }
    for (const level of foldersGone) await this.each(level, 'folder', (deed) => this.remakeFolder(deed));
    await this.each(
      puts.filter(({ keptBytes }) => keptBytes !== null),
      'copy',
      (deed) => this.restore(deed, deed.after),
    );
    await this.each(gone, 'copy', (deed) => this.restore(deed, null));
    await this.each(of('changed'), 'change', (deed) => this.changeBack(deed));
    for (const level of [...foldersGone].reverse()) await this.each(level, null, (deed) => this.setFolder(deed, deed));
    // Each folder once: its time before the first change.
    const touched = new Map([...of('touched')].reverse().map((deed) => [`${deed.side}:${deed.path}`, deed] as const));
    for (const level of [...byDepth([...touched.values()])].reverse()) {
      await this.each(level, null, ({ side, path, modifiedMs }) => this.setFolder({ side, path }, { modifiedMs }));
    }
  }

  /** `action`: as what it is counted; null: not at all. */
  private async each<One extends Deed>(
    deeds: readonly One[],
    action: Step['action'] | null,
    work: (deed: One) => Promise<boolean>,
  ): Promise<void> {
    await mapPool(deeds, AT_ONCE, (deed) =>
      this.attempts.attempt(
        async () => {
          const isDone = await work(deed);
          const bytes = 'keptBytes' in deed ? deed.keptBytes : null;
          if (isDone && action !== null) this.tally.did({ path: deed.path, action, to: deed.side }, bytes);
        },
        (reason) => this.tally.fail(deed.path, deed.side, reason),
      ),
    );
  }

  private async unput({ side, path, after }: DeedOf<'put'>): Promise<boolean> {
    const now = await this.now(side, path);
    if (now === null) return false;
    if (!(await this.isOwn(side, path, now, after))) throw changedAfterwards();
    await this.machine(side).files.remove(this.pathOf(side, path), this.attempts.signal);
    return true;
  }

  private async unmakeFolder({ side, path }: DeedOf<'folderMade'>): Promise<boolean> {
    const now = await this.now(side, path);
    if (now?.kind !== 'directory') return false;
    await this.machine(side).files.remove(this.pathOf(side, path), this.attempts.signal);
    return true;
  }

  private async remakeFolder({ side, path }: DeedOf<'folderGone'>): Promise<boolean> {
    const now = await this.now(side, path);
    if (now?.kind === 'directory') return false;
    if (now !== null) throw inTheWay();
    await this.machine(side).files.makeFolder(this.pathOf(side, path), this.attempts.signal);
    return true;
  }

  /** What was kept gets its name again; null: nothing else has had it since. */
  private async restore({ side, path }: Deed, after: PutState | null): Promise<boolean> {
    const machine = this.machine(side);
    const { signal } = this.attempts;
    const kept = below(this.record.kept[side]?.path ?? '', path);
    // It was not begun, or is back already.
    const before = await statIfThere(machine, kept, signal);
    if (before === null) return false;
    const now = await this.now(side, path);
    if (now !== null && !(await this.isOwn(side, path, now, after))) {
      if (!isStill(now, before, machine)) throw after === null ? inTheWay() : changedAfterwards();
      // A cut has left both names of it.
      await machine.files.remove(kept, signal);
      return false;
    }
    await moveFile(machine, kept, this.pathOf(side, path), { overwrite: now !== null, signal });
    return true;
  }

  private async changeBack(deed: DeedOf<'changed'>): Promise<boolean> {
    const { side, path, after } = deed;
    const now = await this.now(side, path);
    if (now === null) return false;
    if (!isStill(now, after, this.machine(side))) throw changedAfterwards();
    await this.set(deed, deed);
    return true;
  }

  private async setFolder(deed: Pick<Deed, 'side' | 'path'>, change: FileChange): Promise<boolean> {
    const isFolder = (await this.now(deed.side, deed.path))?.kind === 'directory';
    if (isFolder) await this.set(deed, change);
    return isFolder;
  }

  private async set({ side, path }: Pick<Deed, 'side' | 'path'>, { mode, modifiedMs }: FileChange): Promise<void> {
    const machine = this.machine(side);
    const change = {
      ...(mode === undefined || machine.platform === 'win32' ? {} : { mode }),
      ...(modifiedMs === undefined ? {} : { modifiedMs: Math.max(0, modifiedMs) }),
    };
    await machine.files.change(this.pathOf(side, path), change, this.attempts.signal);
  }

  /** Only what was put there is taken away. */
  private async isOwn(side: Side, path: string, now: FileStat, after: PutState | null): Promise<boolean> {
    const machine = this.machine(side);
    if (after === null || !isStill(now, after, machine)) return false;
    if (after.kind !== 'symlink') return true;
    return (await machine.files.readLink(this.pathOf(side, path), this.attempts.signal)) === after.linkTarget;
  }

  private now(side: Side, path: string): Promise<FileStat | null> {
    return statIfThere(this.machine(side), this.pathOf(side, path), this.attempts.signal);
  }

  private pathOf(side: Side, path: string): string {
    return below(this.record.places[side]?.path ?? '', path);
  }

  private machine(side: Side): Machine {
    const machine = this.machines[side];
    if (machine === null) throw new Error(`the record names no ${side} side`);
    return machine;
  }
}

function changedAfterwards(): ExpectedError {
  return new ExpectedError('mismatch', l10n.t('it was changed afterwards, and so was left alone'));
}

function inTheWay(): ExpectedError {
  return new ExpectedError('exists', l10n.t('something else has the name by now; it was left alone'));
}

/** What is to be taken back, as the steps that do it. */
export function undoCounts(deeds: readonly Deed[]): SyncResult['total'] {
  const counts = noCounts();
  for (const deed of deeds) {
    if (deed.kind === 'folderMade') counts.deletes += 1;
    else if (deed.kind === 'folderGone') counts.folders += 1;
    else if (deed.kind === 'changed') counts.changes += 1;
    else if (deed.kind !== 'touched' && deed.keptBytes === null) counts.deletes += 1;
    else if (deed.kind !== 'touched') {
      counts.files += 1;
      counts.bytes += deed.keptBytes ?? 0;
    }
  }
  return counts;
}
