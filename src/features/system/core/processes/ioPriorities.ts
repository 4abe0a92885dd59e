import * as l10n from '@vscode/l10n';
import { messageOf, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parseIonice, type IoPriority } from '../control/ioPriority';

const DEADLINE_MS = 5_000;
/** Far below what one command line may hold. */
const MOST_PIDS = 8_000;
/** One that has ended costs a run of its own; where they end faster than that, the rest is not told. */
const MOST_RUNS = 20;

export interface IoPriorities {
  /** By pid; those that had ended are not in it. */
  readonly of: ReadonlyMap<number, IoPriority>;
  /** Why it is not told of all of them. */
  readonly problem: string | null;
}

/**
 * By ionice(1), for /proc does not tell it: one run for all. It prints a line each, in the order in which they were
 * asked for, and stops at the first that has ended; it is asked again for those behind that one.
 */
export async function readIoPriorities(
  machine: Machine,
  pids: readonly number[],
  signal: AbortSignal,
): Promise<IoPriorities> {
  const of = new Map<number, IoPriority>();
  let rest = pids;
  for (let runs = 0; rest.length > 0; runs++) {
    if (runs === MOST_RUNS) return { of, problem: restText(rest.length) };
    const asked = rest.slice(0, MOST_PIDS);
    const answer = await ask(machine, asked, signal);
    if (typeof answer === 'string') return { of, problem: answer };
    answer.lines.forEach((line, index) => {
      const [pid, priority] = [asked[index], parseIonice(line)];
      if (pid !== undefined && priority !== null) of.set(pid, priority);
    });
    rest = rest.slice(answer.stopped ? answer.lines.length + 1 : asked.length);
  }
  return { of, problem: null };
}

interface Answer {
  /** One for each of the first pids. */
  readonly lines: readonly string[];
  /** The pid behind these could not be told. */
  readonly stopped: boolean;
}

/** A text says why there is none. */
async function ask(machine: Machine, pids: readonly number[], signal: AbortSignal): Promise<Answer | string> {
  const decoder = new TextDecoder();
  try {
    const command = ['ionice', '-p', ...pids.map(String)];
    const { exitCode, stdout, stderr } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS });
    const lines = decoder.decode(stdout).split('\n').slice(0, -1);
    if (exitCode === 0 && lines.length === pids.length) return { lines, stopped: false };
    // That of BusyBox tells of the first only.
    if (exitCode === 0) return l10n.t('I/O priorities are not known: the program ionice there takes one process only.');
    const complaint = decoder.decode(stderr).trim();
    if (lines.length < pids.length && complaint.includes('ioprio_get')) return { lines, stopped: true };
    return l10n.t('I/O priorities are not known: {0}', complaint.split('\n')[0] ?? '');
  } catch (error) {
    throwIfCancelled(signal);
    return l10n.t('I/O priorities are not known: {0}', messageOf(error));
  }
}

function restText(count: number): string {
  return l10n.t('I/O priorities of {0} processes are not known: others ended while ionice was asked.', count);
}
