import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { waitChannelOf } from '../kernel/taskStat';
import { cpuTicksOf } from '../processes/entry';
import { cpuPercentOf, millisecondsOf, startedAtMs } from './entry';
import type { ProcessReading } from './reading';
import { MOST_ROWS } from './schema/process';
import type { Thread, Threads } from './schema/threads';
import { textOf } from './texts';

export function threadsOf(before: ProcessReading | null, now: ProcessReading, seconds: number | null): Threads {
  const tasks = tasksOf(now);
  const earlier = new Map((before === null ? [] : tasksOf(before)).map((task) => [task.pid, task]));
  const busiest =
    tasks.length <= MOST_ROWS ? tasks : [...tasks].sort((one, other) => cpuTicksOf(other) - cpuTicksOf(one));
  const list = busiest
    .slice(0, MOST_ROWS)
    .sort((one, other) => one.pid - other.pid)
    .map((task) => threadOf(task, earlier.get(task.pid), now, seconds));
  return { total: Math.max(tasks.length, now.stat.threads), list };
}

function tasksOf({ texts, stat }: ProcessReading): readonly ProcessStat[] {
  const place = new RegExp(`^/proc/${stat.pid}/task/\\d+/stat$`);
  const tasks: ProcessStat[] = [];
  for (const [path, content] of texts) {
    if (typeof content !== 'string' || !place.test(path)) continue;
    const task = parseProcessStat(content);
    if (task !== null) tasks.push(task);
  }
  return tasks;
}

function threadOf(
  task: ProcessStat,
  earlier: ProcessStat | undefined,
  now: ProcessReading,
  seconds: number | null,
): Thread {
  const wchan = textOf(now.texts, `/proc/${now.stat.pid}/task/${task.pid}/wchan`);
  return {
    tid: task.pid,
    name: task.name,
    state: task.state,
    waitChannel: wchan === null ? null : waitChannelOf(wchan),
    userMs: millisecondsOf(now, task.userTicks),
    systemMs: millisecondsOf(now, task.systemTicks),
    cpuPercent: cpuPercentOf(earlier, task, seconds, now),
    cpu: task.cpu,
    nice: task.nice,
    realtimePriority: task.realtimePriority,
    startTicks: task.startTicks,
    startedAtMs: startedAtMs(now, task.startTicks),
  };
}
