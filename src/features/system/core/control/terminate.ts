import * as l10n from '@vscode/l10n';
import { isCancelled, throwIfCancelled } from '../../../../lib/errors';
import { SIGCONT, SIGTERM, signalName } from '../kernel/signals';
import { actOn, attemptOf, isGone, resultOf, zombieLeft, type Control, type Target } from './act';
import { Band } from './band';
import type { ProcessTable } from './family';
import { freezeAndKill } from './kill';
import type { ControlResult, ControlRow, Outcome } from './schema';
import { stillThereText } from './send';
import { readStats, type Scene } from './subject';

export interface TerminateOrder {
  readonly scope: 'process' | 'tree';
  readonly graceMs: number;
}

const POLL_MS = 100;
/** Looking for new processes means reading all of them: less often than asking for those that are known. */
const POLLS_BETWEEN_LOOKS = 10;
/** Until what got SIGKILL is gone; only the kernel can hold it then. */
const KILL_WAIT_MS = 5_000;

/**
 * SIGTERM, the grace time, SIGKILL. Yields when the first signals are out, and whenever a process has ended, so that
 * what was done is known also when the user cancels the wait; the processes that still wait are left alone then.
 */
export async function* terminate(
  control: Control,
  scene: Scene,
  order: TerminateOrder,
): AsyncGenerator<ControlResult, void, undefined> {
  const ending = new Ending(control, scene, order, await Band.gather(scene, order.scope, control.signal));
  try {
    yield* ending.ask();
    yield* ending.wait(order.graceMs, 'ended');
    if (ending.pending.length > 0) {
      await ending.kill();
      yield ending.result();
      yield* ending.wait(KILL_WAIT_MS, 'killed');
      await ending.explain();
    }
  } catch (error) {
    if (!isCancelled(error) || !ending.hasBegun) throw error;
    yield ending.result(true);
    return;
  }
  yield ending.result();
}

class Ending {
  private readonly startMs: number;

  constructor(
    private readonly control: Control,
    private readonly scene: Scene,
    private readonly order: TerminateOrder,
    private readonly band: Band,
  ) {
    this.startMs = control.clock.monotonicMs();
  }

  get hasBegun(): boolean {
    return this.band.rows.length > 0;
  }

  /** Those that were told to end and are still there. */
  get pending(): readonly ControlRow[] {
    return this.band.rows.filter((row) => row.outcome === 'waiting');
  }

  result(cancelled = false): ControlResult {
    return resultOf(this.control, this.startMs, {
      action: 'terminate',
      scope: this.order.scope,
      asked: signalName(SIGTERM),
      pid: this.scene.subject.pid,
      cancelled,
      processes: this.band.rows,
    });
  }

  async *ask(targets: readonly Target[] = this.band.targets): AsyncGenerator<ControlResult, void, undefined> {
    for (const target of targets) {
      throwIfCancelled(this.control.signal);
      this.band.set(await this.askOne(target));
    }
    yield this.result();
  }

  /** Polls until nobody is left, or the time is over. */
  async *wait(waitMs: number, outcome: Outcome): AsyncGenerator<ControlResult, void, undefined> {
    const { clock, signal } = this.control;
    const deadlineMs = clock.monotonicMs() + waitMs;
    for (let poll = 1; ; poll++) {
      const someGone = await this.noteEnds(outcome);
      if (someGone) yield this.result();
      const over = clock.monotonicMs() >= deadlineMs;
      // A program often starts another one while it ends.
      if (outcome === 'ended' && (over || someGone || poll % POLLS_BETWEEN_LOOKS === 0)) {
        const added = await this.band.grow(this.control);
        if (added.length > 0) yield* this.ask(added);
      }
      if (over || this.pending.length === 0) return;
      await clock.sleep(Math.min(POLL_MS, Math.max(1, deadlineMs - clock.monotonicMs())), signal);
    }
  }

  async kill(): Promise<void> {
    throwIfCancelled(this.control.signal);
    const waiting = new Map(this.pending.map((row) => [row.pid, row]));
    await freezeAndKill(this.control, this.band, ({ pid }) => waiting.has(pid));
    for (const row of this.band.rows) {
      const before = waiting.get(row.pid)?.before ?? row.before;
      if (row.outcome === 'done') this.band.set({ ...row, before, outcome: 'waiting', message: killSent() });
      else if (row.outcome === 'missing') this.band.set({ ...row, before, outcome: 'ended', message: null });
    }
  }

  /** What is left after SIGKILL, and why. */
  async explain(): Promise<void> {
    const stats = await this.stats(this.pending);
    for (const row of this.pending) {
      const stat = stats.get(row.pid);
      if (stat !== undefined) {
        this.band.set({ ...row, outcome: 'failed', message: stillThereText(stat), after: stat.state });
      }
    }
  }

  /** A stopped process gets its signals when it goes on. */
  private async askOne(target: Target): Promise<ControlRow> {
    const { machine, signal } = this.control;
    const row = await actOn(this.control, target, async (stat) => {
      await machine.processes.signal(target.pid, SIGTERM, signal);
      return { ...attemptOf('waiting', termSent()), before: stat.state };
    });
    if (row.outcome === 'missing') return { ...row, outcome: 'ended', message: null };
    if (row.before === 'stopped') {
      await actOn(this.control, target, async () => {
        await machine.processes.signal(target.pid, SIGCONT, signal);
        return attemptOf('done', null);
      });
    }
    return row;
  }

  private async noteEnds(outcome: Outcome): Promise<boolean> {
    const { pending } = this;
    const stats = await this.stats(pending);
    const gone = pending.filter((row) => isGone(row, stats.get(row.pid)));
    const seconds = ((this.control.clock.monotonicMs() - this.startMs) / 1_000).toFixed(1);
    for (const row of gone) {
      const stat = stats.get(row.pid);
      const zombie = stat !== undefined && stat.startTicks === row.startTicks ? zombieLeft(stat) : null;
      this.band.set({ ...row, outcome, message: zombie ?? l10n.t('After {0} s.', seconds) });
    }
    return gone.length > 0;
  }

  private stats(rows: readonly ControlRow[]): Promise<ProcessTable> {
    if (rows.length === 0) return Promise.resolve(new Map());
    return readStats(
      this.control.machine,
      rows.map((row) => row.pid),
      this.control.signal,
    );
  }
}

function termSent(): string {
  return l10n.t('SIGTERM was sent; it is still there.');
}

function killSent(): string {
  return l10n.t('SIGKILL was sent; it is still there.');
}
