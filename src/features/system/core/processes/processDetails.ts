import type { FileTexts, Machine } from '../../../../machine/machine';
import type { IoPriority } from '../control/ioPriority';
import { parseLimits } from '../kernel/limits';
import { parseProcessStat } from '../kernel/processStat';
import { isDenied } from './fixedParts';
import { readIoPriorities } from './ioPriorities';
import type { ListedThread, ProcessEntry } from './schema';
import { visitInSlices } from './slices';

const TASK_STAT = /^\/proc\/(\d+)\/task\/\d+\/stat$/;

export interface Detailed {
  readonly processes: ProcessEntry[];
  readonly problems: readonly string[];
}

/**
 * I/O priority, limits and threads of these processes. Last of all it is seen whether each is still the same one: what
 * was told of another with its pid is not told of it, and one that has ended is left out.
 */
export async function withDetails(
  machine: Machine,
  entries: readonly ProcessEntry[],
  ticksPerSecond: number,
  signal: AbortSignal,
): Promise<Detailed> {
  const pids = entries.map(({ pid }) => pid);
  const { of, problem } = await readIoPriorities(machine, pids, signal);
  const items = ['limits', 'task/*/stat', 'stat'].flatMap((file) => pids.map((pid) => `/proc/${pid}/${file}`));
  const texts = await machine.files.readMany(items, { signal, encoding: 'bytes' });
  const threads = await threadsByPid(texts, ticksPerSecond, signal);
  const processes: ProcessEntry[] = [];
  await visitInSlices(entries, signal, (entry) => {
    const stat = texts.get(`/proc/${entry.pid}/stat`);
    if (typeof stat !== 'string' || parseProcessStat(stat)?.startTicks !== entry.startTicks) return;
    processes.push(detailed(entry, texts, of.get(entry.pid), threads.get(entry.pid)));
  });
  texts.release?.();
  return { processes, problems: problem === null ? [] : [problem] };
}

function detailed(
  entry: ProcessEntry,
  texts: FileTexts,
  priority: IoPriority | undefined,
  threads: ListedThread[] | undefined,
): ProcessEntry {
  const limits = texts.get(`/proc/${entry.pid}/limits`);
  const denied = isDenied(limits) ? [...entry.denied, 'limits' as const] : entry.denied;
  const details = {
    ioClass: priority?.class ?? null,
    ioPriority: priority?.level ?? null,
    limits: typeof limits === 'string' ? [...parseLimits(limits)] : null,
    threads: threads?.sort((one, other) => one.tid - other.tid) ?? null,
  };
  return { ...entry, denied, details };
}

async function threadsByPid(
  texts: FileTexts,
  ticksPerSecond: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ListedThread[]>> {
  const threads = new Map<number, ListedThread[]>();
  await visitInSlices(texts, signal, ([path, content]) => {
    const pid = Number(TASK_STAT.exec(path)?.[1]);
    const task = Number.isNaN(pid) || typeof content !== 'string' ? null : parseProcessStat(content);
    if (task === null) return;
    const thread = {
      tid: task.pid,
      name: task.name,
      userMs: (task.userTicks * 1000) / ticksPerSecond,
      systemMs: (task.systemTicks * 1000) / ticksPerSecond,
    };
    const known = threads.get(pid);
    if (known === undefined) threads.set(pid, [thread]);
    else known.push(thread);
  });
  return threads;
}
