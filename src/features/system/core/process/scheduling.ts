import { advance, roundedTo } from '../kernel/numbers';
import { parseAutogroup, parseSchedstat, waitChannelOf } from '../kernel/taskStat';
import type { ProcessReading } from './reading';
import type { Scheduling } from './schema/rest';
import { textOf } from './texts';

export function schedulingOf(before: ProcessReading | null, now: ProcessReading, seconds: number | null): Scheduling {
  const { stat, surroundings } = now;
  const own = (reading: ProcessReading, name: string): string =>
    textOf(reading.texts, `/proc/${reading.stat.pid}/${name}`) ?? '';
  const times = parseSchedstat(own(now, 'schedstat'));
  const earlier = before === null ? null : parseSchedstat(own(before, 'schedstat'));
  const waitedNs = advance(earlier?.waitedNs, times?.waitedNs);
  return {
    realtimePriority: stat.realtimePriority,
    ioClass: surroundings.ioPriority?.class ?? null,
    ioPriority: surroundings.ioPriority?.level ?? null,
    waitedMs: times === null ? null : times.waitedNs / 1e6,
    waitedPercent: waitedNs === null || seconds === null ? null : roundedTo(waitedNs / 1e7 / seconds, 1),
    slices: times?.slices ?? null,
    autogroup: parseAutogroup(own(now, 'autogroup')),
    waitChannel: waitChannelOf(own(now, 'wchan')),
  };
}
