import * as l10n from '@vscode/l10n';
import { isCancelled, throwIfCancelled } from '../../../../lib/errors';
import { maskHas, SIGCONT, SIGKILL, signalEffect, signalName, SIGSTOP } from '../kernel/signals';
import type { ProcessStat } from '../kernel/processStat';
import { actOn, attemptOf, isGone, resultOf, zombieLeft, type Control, type Target } from './act';
import { Band } from './band';
import { freezeAndKill } from './kill';
import type { ControlAction, ControlResult, ControlRow, Scope } from './schema';
import { readStats, type Scene } from './subject';

export interface SendOrder {
  readonly action: ControlAction;
  readonly scope: Scope;
  readonly signalNumber: number;
}

/** How often newly started processes are looked for; one that outruns this is a fork bomb. */
const MOST_LOOKS = 20;
/** Until a signal shows its effect, where it has one that shows. */
const EFFECT_WAIT_MS = 1_000;
const POLL_MS = 50;

/** Sends one signal to a process, its group or its tree, and reads back what became of it. Yields after each process. */
export async function* sendSignal(
  control: Control,
  scene: Scene,
  order: SendOrder,
): AsyncGenerator<ControlResult, void, undefined> {
  const startMs = control.clock.monotonicMs();
  const band = await Band.gather(scene, order.scope, control.signal);
  const result = (cancelled = false): ControlResult =>
    resultOf(control, startMs, {
      action: order.action,
      scope: order.scope,
      asked: signalName(order.signalNumber),
      pid: scene.subject.pid,
      cancelled,
      processes: band.rows,
    });
  try {
    yield* sendAll(control, band, order, result);
    await readBack(control, scene, band, order.signalNumber);
  } catch (error) {
    if (!isCancelled(error) || band.rows.length === 0) throw error;
    yield result(true);
    return;
  }
  yield result();
}

async function* sendAll(
  control: Control,
  band: Band,
  order: SendOrder,
  result: () => ControlResult,
): AsyncGenerator<ControlResult, void, undefined> {
  if (order.signalNumber === SIGKILL && !band.isSingle) {
    await freezeAndKill(control, band, (target) => band.row(target.pid) === undefined);
    yield result();
    return;
  }
  // A parent that goes on may react to its child before the signal reaches itself; waking up goes the other way round.
  const targets = order.signalNumber === SIGCONT ? [...band.targets].reverse() : band.targets;
  yield* sendEach(control, band, targets, order.signalNumber, result);
  const effect = signalEffect(order.signalNumber);
  if (effect === 'ignore' || effect === 'continue') return;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const added = await band.grow(control);
    if (added.length === 0) return;
    yield* sendEach(control, band, added, order.signalNumber, result);
  }
}

async function* sendEach(
  control: Control,
  band: Band,
  targets: readonly Target[],
  signalNumber: number,
  result: () => ControlResult,
): AsyncGenerator<ControlResult, void, undefined> {
  for (const target of targets) {
    throwIfCancelled(control.signal);
    const row = await actOn(control, target, async (stat) => {
      await control.machine.processes.signal(target.pid, signalNumber, control.signal);
      return { ...attemptOf('done', null), before: stat.state };
    });
    band.set(row);
    yield result();
  }
}

/** Waits a moment for what the signal does as a rule, then notes the states. */
async function readBack(control: Control, scene: Scene, band: Band, signalNumber: number): Promise<void> {
  const { clock, machine, signal } = control;
  const deadlineMs = clock.monotonicMs() + EFFECT_WAIT_MS;
  for (;;) {
    const sent = band.rows.filter((row) => row.outcome === 'done');
    const stats = await readStats(
      machine,
      sent.map((row) => row.pid),
      signal,
    );
    const shown = sent.every((row) => shows(signalNumber, row, stats.get(row.pid), scene));
    if (!shown && clock.monotonicMs() < deadlineMs) {
      await clock.sleep(POLL_MS, signal);
      continue;
    }
    for (const row of sent) band.set(afterwards(row, stats.get(row.pid), signalNumber));
    return;
  }
}

function shows(signalNumber: number, row: ControlRow, stat: ProcessStat | undefined, scene: Scene): boolean {
  if (stat === undefined || isGone(row, stat)) return true;
  switch (signalEffect(signalNumber)) {
    case 'stop':
      return isStopped(stat);
    case 'continue':
      return stat.state !== 'stopped';
    case 'ignore':
      return true;
    case 'terminate':
    case 'core':
      return signalNumber !== SIGKILL && mayTakeIt(scene, row.pid, signalNumber);
  }
}

/** Whether it has arranged for the signal to do something else than to end it. Of descendants it is not known. */
function mayTakeIt({ subject }: Scene, pid: number, signalNumber: number): boolean {
  if (pid !== subject.pid || subject.masks === null) return true;
  return maskHas(subject.masks.ignored, signalNumber) || maskHas(subject.masks.caught, signalNumber);
}

function afterwards(row: ControlRow, stat: ProcessStat | undefined, signalNumber: number): ControlRow {
  if (stat === undefined || isGone(row, stat)) {
    const zombie = stat !== undefined && stat.startTicks === row.startTicks;
    const outcome = signalNumber === SIGKILL ? 'killed' : 'ended';
    return { ...row, outcome, message: zombie ? zombieLeft(stat) : null };
  }
  return { ...row, after: stat.state, message: notShown(signalNumber, stat) };
}

function notShown(signalNumber: number, stat: ProcessStat): string | null {
  if (signalNumber !== SIGKILL && signalNumber !== SIGSTOP) return null;
  if (signalNumber === SIGSTOP && isStopped(stat)) return null;
  return stillThereText(stat);
}

/** Why a process has not done yet what it cannot refuse. */
export function stillThereText(stat: ProcessStat): string {
  if (stat.state === 'disk-sleep') {
    return l10n.t(
      'It is in an uninterruptible wait (state D), mostly for a disk or network file system; the signal works once that answers.',
    );
  }
  if (stat.state === 'tracing-stop') return l10n.t('A debugger holds it (state t).');
  return l10n.t('It is still there, in state {0}.', stat.state);
}

function isStopped({ state }: ProcessStat): boolean {
  return state === 'stopped' || state === 'tracing-stop';
}
