import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { pidReusedText, type Identity } from '../identity';
import { isKernelThread } from '../kernel/processStat';
import { ancestorsOf, hasEnded, membersOf } from './family';
import type { Scope } from './schema';
import { readScene, type Scene } from './subject';
import { machineName } from '../machineName';

/** `end` also stands for stopping: either way it does nothing any more. */
export type Intent = 'end' | 'signal' | 'set';

export interface Order {
  /** startTicks is not known where a person typed a pid. */
  readonly target: { readonly pid: number; readonly startTicks?: number | undefined };
  readonly intent: Intent;
  readonly scope: Scope;
}

/** The scene, when this may be done there. Throws ExpectedError when it must not, before anything was done. */
export async function readAllowedScene(machine: Machine, order: Order, signal: AbortSignal): Promise<Scene> {
  if (machine.platform !== 'linux') throw new ExpectedError('unsupported', unsupportedText(machine));
  const { pid, startTicks } = order.target;
  if (pid === 1)
    throw refused(l10n.t('Process 1 on {0} keeps the machine running: it is left alone.', machineName(machine.name)));
  if (pid === machine.ownPid) throw refused(ownText(pid, machine.name));
  const scene = await readScene(machine, pid, signal);
  if (startTicks !== undefined && startTicks !== scene.subject.startTicks) {
    throw new ExpectedError('pid-reused', pidReusedText(pid, machine.name));
  }
  const reason = refusalText(scene, order);
  if (reason !== null) throw refused(reason);
  return scene;
}

/** A process as it is pinned down by a plan. */
export function identityOf({ pid, startTicks }: Identity): Identity {
  return { pid, startTicks };
}

function refusalText(scene: Scene, { intent, scope }: Order): string | null {
  const { subject, machine } = scene;
  const { pid, stat, processPid } = subject;
  if (processPid !== pid) {
    return l10n.t(
      '{0} is a thread of process {1} on {2}: name the process.',
      pid,
      processPid,
      machineName(machine.name),
    );
  }
  if (hasEnded(stat)) return zombieText(pid, stat.parentPid, machine.name);
  if (intent !== 'set' && isKernelThread(stat)) {
    return l10n.t('Process {0} on {1} is a thread of the kernel: it ignores signals.', pid, machineName(machine.name));
  }
  return intent === 'end' ? ownRefusal(scene, scope) : null;
}

/** Why this would end or stop what Opsdeck itself runs in; null when it would not. */
function ownRefusal({ machine, table, subject }: Scene, scope: Scope): string | null {
  const { ownPid, name } = machine;
  if (ownPid === null) return null;
  const own = ancestorsOf(table, ownPid);
  if (own.has(subject.pid)) {
    return l10n.t('Process {0} on {1} is one that Opsdeck itself runs under ({2}).', subject.pid, name, ownPid);
  }
  const hit = membersOf(table, subject.stat, scope).find((one) => own.has(one.pid) || one.pid === 1);
  if (hit === undefined) return null;
  return scope === 'group'
    ? l10n.t('The process group of {0} on {1} has Opsdeck itself in it ({2}).', subject.pid, name, hit.pid)
    : l10n.t('The tree of {0} on {1} has Opsdeck itself in it ({2}).', subject.pid, name, hit.pid);
}

function refused(reason: string): ExpectedError {
  return new ExpectedError('refused', reason);
}

function ownText(pid: number, machine: string): string {
  return l10n.t('Process {0} on {1} is Opsdeck itself: it is left alone.', pid, machineName(machine));
}

function zombieText(pid: number, parentPid: number, machine: string): string {
  return l10n.t(
    'Process {0} on {1} has already ended; only its entry is left, until its parent {2} asks for the exit status.',
    pid,
    machineName(machine),
    parentPid,
  );
}

function unsupportedText({ name, platform }: Machine): string {
  return l10n.t(
    'Processes of {0} cannot be changed from here: it runs {1}, and this works on Linux only. Use kill and renice there.',
    machineName(name),
    platform,
  );
}
