import type { LiveWork } from '../../../../lib/liveResults';
import { Attempts } from '../../../ssh/core/transfer/attempts';
import { statIfThere } from '../../../ssh/core/transfer/survey';
import { Changes, type ChangesContext } from '../backup/changes';
import { ChangeTally } from '../backup/tally';
import { pathOfBytes, type Content, type FileChange } from '../patch/overlay';
import type { TriedPatch } from '../patch/preview';
import { aboveOf, count, noCounts } from '../plan/makePlan';
import type { Step, SyncResult } from '../plan/schema';

/** The folder is the only side. */
const SIDE = 'right';

/** Writes what a patch makes of the files of a folder. */
export class PatchWork implements LiveWork<SyncResult> {
  private readonly attempts = new Attempts();
  private tally: ChangeTally;

  constructor(
    private readonly tried: TriedPatch,
    private readonly context: ChangesContext,
  ) {
    this.tally = this.newTally(() => undefined);
  }

  async run(signal: AbortSignal, changed: () => void): Promise<void> {
    this.tally = this.newTally(changed);
    const { machine, root, files } = this.tried;
    const changes = await Changes.begin('patch', { left: null, right: { machine, root } }, this.context);
    this.tally.keeps(() => changes.told());
    try {
      const end = await this.attempts.run(async () => {
        for (const { path, reason } of files) if (reason !== null) this.tally.fail(path, SIDE, reason);
        for (const change of this.tried.changes) await this.carryOut(changes, change);
      }, signal);
      this.tally.over(end);
    } finally {
      await changes.end();
    }
  }

  result(): SyncResult {
    return this.tally.result();
  }

  private newTally(changed: () => void): ChangeTally {
    const { machine, root, changes } = this.tried;
    const total = noCounts();
    for (const change of changes) count(total, { action: actionOf(change) }, change.after?.text.length ?? 0);
    const places = { left: null, right: { machine: machine.name, path: root } };
    return new ChangeTally({ task: 'patch', places, total, left: [] }, changed);
  }

  private async carryOut(changes: Changes, change: FileChange): Promise<void> {
    const { path, facts, after } = change;
    const action = actionOf(change);
    await this.attempts.attempt(
      async () => {
        const { signal } = this.attempts;
        if (after === null) {
          if (facts !== null) await changes.remove(SIDE, path, facts, signal);
        } else if (action === 'change' && facts !== null) {
          await changes.change(SIDE, path, facts, { mode: after.mode }, signal);
        } else await this.write(changes, change, after);
        this.tally.did({ path, action, to: SIDE }, after?.text.length ?? null);
      },
      (reason) => this.tally.fail(path, SIDE, reason),
    );
  }

  private async write(changes: Changes, { path, facts }: FileChange, after: Content): Promise<void> {
    const { machine } = this.tried;
    const { signal } = this.attempts;
    for (const folder of [...aboveOf(path)].reverse()) {
      const there = await statIfThere(machine, changes.ground(SIDE).pathOf(folder), signal);
      if (there === null) await changes.makeFolder(SIDE, folder, signal);
    }
    const target = changes.ground(SIDE).pathOf(path);
    if (after.kind === 'symlink') {
      const linkTarget = pathOfBytes(after.text);
      const state = { kind: 'symlink', sizeBytes: null, modifiedMs: null, linkTarget } as const;
      await changes.put(
        SIDE,
        path,
        { before: facts, after: state },
        async (beforeNamed) => {
          await beforeNamed(signal);
          await machine.files.makeLink(target, linkTarget, signal);
        },
        signal,
      );
      return;
    }
    const bytes = Buffer.from(after.text, 'latin1');
    // In whole seconds, as every machine can set it.
    const modifiedMs = Math.floor(Date.now() / 1_000) * 1_000;
    const state = { kind: 'file', sizeBytes: bytes.length, modifiedMs, linkTarget: null } as const;
    await changes.put(
      SIDE,
      path,
      { before: facts, after: state },
      async (beforeNamed) => {
        await beforeNamed(signal);
        await machine.files.write(target, bytes, { signal, mode: after.mode });
        await machine.files.change(
          target,
          { ...(machine.platform === 'win32' ? {} : { mode: after.mode }), modifiedMs },
          signal,
        );
      },
      signal,
    );
  }
}

function actionOf({ before, after }: FileChange): Step['action'] {
  if (after === null) return 'delete';
  if (before !== null && before.kind === after.kind && before.text === after.text) return 'change';
  return after.kind === 'symlink' ? 'link' : 'copy';
}
