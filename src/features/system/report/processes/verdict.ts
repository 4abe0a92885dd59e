import * as l10n from '@vscode/l10n';
import type { Status } from '../../../../report/model';
import type { ProcessEntry, ProcessesResult, ProcessState } from '../../core/processes/schema';
import type { Words } from '../words';
import { machineName } from '../../core/machineName';

/** From there on, a process with one thread has all the CPU it can use. */
const WHOLE_CPU_PERCENT = 95;
/** Below it, nobody is busy. */
const BUSY_PERCENT = 1;

/** Zombies are a fault of their parents; a process that waits for storage may do so for a good reason. */
export function statusOf(result: ProcessesResult): Status {
  const asked = askedFor(result);
  return asked.some((one) => one.state === 'zombie') || atWholeCpu(asked) !== null ? 'warning' : 'info';
}

/** How many there are, what stands out among those that were asked for, and who is busiest. */
export function verdictText(result: ProcessesResult, words: Words): string {
  if (result.processes.length === 0) return nothingText(result);
  const asked = askedFor(result);
  const parts = [
    countText(result, words),
    zombieText(asked, result, words),
    waitingText(asked),
    busiestText(asked, words),
    largestText(asked, words),
  ].filter((part) => part !== null);
  return l10n.t('{0}.', parts.join(l10n.t('; ')));
}

/** Without the parents that stand above them. */
function askedFor({ processes, ancestors }: ProcessesResult): readonly ProcessEntry[] {
  if (ancestors.length === 0) return processes;
  const above = new Set(ancestors);
  return processes.filter((one) => !above.has(one.pid));
}

function whoText({ name, pid }: ProcessEntry): string {
  return l10n.t('{0} ({1})', name, pid);
}

function nothingText({ filter, machine, total }: ProcessesResult): string {
  if (filter.port !== null) {
    return l10n.t('No process on {0} that can be seen owns port {1}.', machineName(machine), filter.port);
  }
  if (filter.file !== null)
    return l10n.t('No process on {0} that can be seen uses {1}.', machineName(machine), filter.file);
  return l10n.t('None of the {0} processes on {1} fits.', total, machineName(machine));
}

function countText({ total, matched, machine }: ProcessesResult, words: Words): string {
  return matched === total
    ? l10n.t('{0} processes on {1}', words.number(total), machineName(machine))
    : l10n.t('{0} of {1} processes on {2} fit', words.number(matched), words.number(total), machineName(machine));
}

function zombieText(asked: readonly ProcessEntry[], { processes }: ProcessesResult, words: Words): string | null {
  const zombies = inState(asked, 'zombie');
  const parentPid = zombies[0]?.parentPid;
  if (parentPid === undefined) return null;
  const parent = processes.find((one) => one.pid === parentPid);
  if (parent === undefined) {
    return zombies.length === 1 ? l10n.t('1 zombie') : l10n.t('{0} zombies', words.number(zombies.length));
  }
  return zombies.length === 1
    ? l10n.t('1 zombie, which its parent {0} does not fetch', whoText(parent))
    : l10n.t('{0} zombies, one of them of {1}, which does not fetch it', words.number(zombies.length), whoText(parent));
}

function waitingText(asked: readonly ProcessEntry[]): string | null {
  const waiting = inState(asked, 'disk-sleep');
  const [first] = waiting;
  if (first === undefined) return null;
  return waiting.length === 1
    ? l10n.t('{0} waits for I/O', whoText(first))
    : l10n.t('{0} wait for I/O, {1} among them', waiting.length, whoText(first));
}

function inState(entries: readonly ProcessEntry[], state: ProcessState): readonly ProcessEntry[] {
  return entries.filter((one) => one.state === state);
}

function busiestText(asked: readonly ProcessEntry[], words: Words): string | null {
  const whole = atWholeCpu(asked);
  if (whole !== null) {
    const percent = words.percent(whole.cpu.percent);
    return l10n.t('{0} has one thread and uses {1} of its CPU, all there is for it', whoText(whole), percent);
  }
  const busiest = greatest(
    asked.filter((one) => one.cpu.percent !== null),
    (one) => one.cpu.percent ?? 0,
  );
  if (busiest === null) return l10n.t('CPU use is being measured');
  const percent = busiest.cpu.percent ?? 0;
  if (percent < BUSY_PERCENT) return l10n.t('none is busy');
  return l10n.t('the busiest is {0} with {1} of a CPU', whoText(busiest), words.percent(percent));
}

function largestText(asked: readonly ProcessEntry[], words: Words): string | null {
  const largest = greatest(asked, (one) => one.memory.residentBytes);
  if (largest === null || largest.memory.residentBytes === 0) return null;
  return l10n.t('the largest {0} with {1} of memory', whoText(largest), words.bytes(largest.memory.residentBytes));
}

/** The first that can go no faster, for it has one thread only. */
function atWholeCpu(asked: readonly ProcessEntry[]): ProcessEntry | null {
  return asked.find((one) => one.threads === 1 && (one.cpu.percent ?? 0) >= WHOLE_CPU_PERCENT) ?? null;
}

function greatest(entries: readonly ProcessEntry[], key: (entry: ProcessEntry) => number): ProcessEntry | null {
  let most: ProcessEntry | null = null;
  for (const entry of entries) if (most === null || key(entry) > key(most)) most = entry;
  return most;
}
