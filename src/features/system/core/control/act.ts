import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { pidReusedText, type Identity } from '../identity';
import type { ProcessStat } from '../kernel/processStat';
import { hasEnded } from './family';
import type { ControlAction, ControlResult, ControlRow, Scope } from './schema';
import { missingText, readStats } from './subject';

/** What every action needs. */
export interface Control {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** A process that is acted on, as it was when the action began. */
export interface Target extends Identity {
  readonly name: string;
  readonly user: string;
}

/** What an attempt says beyond its target. */
export type Attempt = Omit<ControlRow, keyof Target>;

/**
 * Looks once more whether it is the process that was meant, then acts. What the machine refuses is a row; what was
 * cancelled, and bugs, are thrown.
 */
export async function actOn(
  { machine, signal }: Control,
  target: Target,
  act: (stat: ProcessStat) => Promise<Attempt>,
): Promise<ControlRow> {
  const stat = (await readStats(machine, [target.pid], signal)).get(target.pid);
  const attempt = unfit(machine, target, stat) ?? (await attempted(machine, target, stat, act));
  return rowOf(target, attempt);
}

export function rowOf({ pid, startTicks, name, user }: Target, attempt: Attempt): ControlRow {
  return { pid, startTicks, name, user, ...attempt };
}

export function attemptOf(outcome: Attempt['outcome'], message: string | null): Attempt {
  return { outcome, message, before: null, after: null };
}

/** Whether a later look shows that a process has ended. */
export function isGone(target: Identity, stat: ProcessStat | undefined): boolean {
  return stat === undefined || stat.startTicks !== target.startTicks || hasEnded(stat);
}

export function deniedText(user: string): string {
  return user === 'root'
    ? l10n.t('It belongs to root: only root may do this.')
    : l10n.t('It belongs to {0}: only root or {0} may do this.', user);
}

/** One result of an action; `startMs` is of the same clock. */
export function resultOf(
  { machine, clock }: Control,
  startMs: number,
  parts: {
    readonly action: ControlAction;
    readonly scope: Scope;
    readonly asked: string;
    readonly pid: number;
    readonly resource?: string;
    readonly cancelled?: boolean;
    readonly processes: readonly ControlRow[];
  },
): ControlResult {
  return {
    machine: machine.name,
    takenAtMs: clock.nowMs(),
    elapsedMs: Math.max(0, clock.monotonicMs() - startMs),
    resource: null,
    cancelled: false,
    ...parts,
    processes: [...parts.processes],
  };
}

function unfit(machine: Machine, target: Target, stat: ProcessStat | undefined): Attempt | null {
  if (stat === undefined) return attemptOf('missing', missingText(target.pid, machine.name));
  if (stat.startTicks !== target.startTicks) return attemptOf('refused', pidReusedText(target.pid, machine.name));
  return hasEnded(stat) ? attemptOf('missing', zombieLeft(stat)) : null;
}

export function zombieLeft({ parentPid }: ProcessStat): string {
  return l10n.t('It has ended; its entry is left until its parent {0} asks for the exit status.', parentPid);
}

async function attempted(
  machine: Machine,
  target: Target,
  stat: ProcessStat | undefined,
  act: (stat: ProcessStat) => Promise<Attempt>,
): Promise<Attempt> {
  if (stat === undefined) return attemptOf('missing', missingText(target.pid, machine.name));
  try {
    return await act(stat);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    if (error.code === 'denied') return attemptOf('denied', deniedText(target.user));
    if (error.code === 'missing') return attemptOf('missing', missingText(target.pid, machine.name));
    // Without the program nothing of this kind can be done, to no process: that is no outcome of this one.
    if (error.code === 'not-found') throw error;
    return attemptOf('failed', error.message);
  }
}
