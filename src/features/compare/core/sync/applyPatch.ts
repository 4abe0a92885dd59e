import { statIfThere } from '../../../../machine/statIfThere';
import type { Bounds } from '../backup/bounds';
import type { Changes, ChangesContext } from '../backup/changes';
import { pathOfBytes, type Content, type FileChange } from '../patch/overlay';
import type { TriedPatch } from '../patch/preview';
import { aboveOf, count, noCounts } from '../plan/makePlan';
import type { Step } from '../plan/schema';
import { RecordedWork } from './recordedWork';

/** The folder is the only side. */
const SIDE = 'right';

/** Writes what a patch makes of the files of a folder. */
export class PatchWork extends RecordedWork {
  constructor(
    private readonly tried: TriedPatch,
    bounds: Bounds,
    context: ChangesContext,
  ) {
    const { machine, root, changes } = tried;
    const total = noCounts();
    for (const change of changes) count(total, { action: actionOf(change) }, change.after?.text.length ?? 0);
    const start = { places: { left: null, right: { machine: machine.name, path: root } }, total, left: [] };
    super({ task: 'patch', start, roots: { left: null, right: { machine, root } }, bounds, context });
  }

  protected async carryOut(changes: Changes): Promise<void> {
    for (const { path, reason } of this.tried.files) if (reason !== null) this.tally.fail(path, SIDE, reason);
    for (const change of this.tried.changes) await this.make(changes, change);
  }

  private async make(changes: Changes, change: FileChange): Promise<void> {
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
