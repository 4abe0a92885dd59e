import { withDeadline } from '../../../../lib/deadline';
import { SIGCONT, SIGKILL, SIGSTOP } from '../kernel/signals';
import { actOn, attemptOf, type Attempt, type Control, type Target } from './act';
import type { Band } from './band';

/** More rounds of new processes than an ordinary program gets to start between two looks. */
const MOST_LOOKS = 20;
/** The killing is not left half done when the user cancels: what was stopped would stay so. */
const KILL_DEADLINE_MS = 120_000;
const THAW_DEADLINE_MS = 10_000;

interface Stopped {
  readonly target: Target;
  /** Its state before. */
  readonly before: string | null;
}

/**
 * Kills all of a band that `wanted` says. What is stopped starts nothing: so all are stopped first, until nobody new
 * is found, and then killed. What could not be killed is told to go on again.
 */
export async function freezeAndKill(control: Control, band: Band, wanted: (target: Target) => boolean): Promise<void> {
  const deadline = withDeadline([], KILL_DEADLINE_MS);
  const held: Control = { ...control, signal: deadline.signal };
  const stopped = new Map<number, Stopped>();
  try {
    if (band.isSingle)
      for (const target of band.targets.filter(wanted)) stopped.set(target.pid, { target, before: null });
    else await freeze(held, band, wanted, stopped);
    for (const { target, before } of [...stopped.values()]) {
      const row = await actOn(held, target, (stat) => send(held, target, SIGKILL, before ?? stat.state));
      band.set(row);
      if (row.outcome !== 'failed') stopped.delete(target.pid);
    }
  } finally {
    deadline.clear();
    if (!band.isSingle) await thaw(control, [...stopped.values()]);
  }
}

/** Whatever went wrong: nothing stays stopped that was to be killed and was not. */
async function thaw(control: Control, stopped: readonly Stopped[]): Promise<void> {
  const deadline = withDeadline([], THAW_DEADLINE_MS);
  const held: Control = { ...control, signal: deadline.signal };
  try {
    for (const { target, before } of stopped) {
      if (before !== 'stopped') await actOn(held, target, (stat) => send(held, target, SIGCONT, stat.state));
    }
  } finally {
    deadline.clear();
  }
}

async function freeze(
  held: Control,
  band: Band,
  wanted: (target: Target) => boolean,
  stopped: Map<number, Stopped>,
): Promise<void> {
  let next: readonly Target[] = band.targets.filter(wanted);
  for (let look = 0; look < MOST_LOOKS && next.length > 0; look++) {
    for (const target of next) {
      const row = await actOn(held, target, (stat) => send(held, target, SIGSTOP, stat.state));
      if (row.outcome === 'done') stopped.set(target.pid, { target, before: row.before });
      else band.set(row);
    }
    next = await band.grow(held);
  }
}

async function send(held: Control, target: Target, signalNumber: number, before: string): Promise<Attempt> {
  await held.machine.processes.signal(target.pid, signalNumber, held.signal);
  return { ...attemptOf('done', null), before };
}
