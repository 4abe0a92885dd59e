import { treeOf } from '../control/family';
import { programName } from '../kernel/processArguments';
import type { ProcessStat } from '../kernel/processStat';
import { cpuPercentOf, startedAtMs } from './entry';
import { parentsOf } from './family';
import { countsOf, fieldsOf, kibibytesOf } from './fields';
import type { ProcessReading } from './reading';
import { MOST_ROWS } from './schema/process';
import type { Relative, Relatives } from './schema/relatives';
import { textOf } from './texts';

export function relativesOf(before: ProcessReading | null, now: ProcessReading, seconds: number | null): Relatives {
  const children = treeOf(now.processes, now.stat).slice(1);
  const relative = (one: ProcessStat): Relative => relativeOf(one, before, now, seconds);
  return {
    parents: parentsOf(now.stat, now.processes).map(relative),
    children: children.slice(0, MOST_ROWS).map(relative),
    childrenTotal: children.length,
  };
}

function relativeOf(
  stat: ProcessStat,
  before: ProcessReading | null,
  now: ProcessReading,
  seconds: number | null,
): Relative {
  const status = fieldsOf(textOf(now.details, `/proc/${stat.pid}/status`) ?? '');
  const [uid] = countsOf(status, 'Uid');
  return {
    pid: stat.pid,
    parentPid: Math.max(0, stat.parentPid),
    name: programName(stat.nameBytes, textOf(now.details, `/proc/${stat.pid}/cmdline`) ?? ''),
    state: stat.state,
    user: uid === undefined ? null : now.surroundings.userName(uid),
    startTicks: stat.startTicks,
    startedAtMs: startedAtMs(now, stat.startTicks),
    cpuPercent: cpuPercentOf(before?.processes.get(stat.pid), stat, seconds, now),
    residentBytes: kibibytesOf(status, 'VmRSS'),
    threads: Math.max(0, stat.threads),
  };
}
