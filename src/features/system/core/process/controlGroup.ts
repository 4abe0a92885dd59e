import type { CgroupFigures } from '../kernel/cgroup';
import { advance, percentOf, roundedTo } from '../kernel/numbers';
import { groupFiguresOf } from './details';
import type { ProcessReading } from './reading';
import type { ProcessControlGroup } from './schema/rest';

/** The control group of the process, which may hold others, too. */
export function controlGroupOf(before: ProcessReading | null, now: ProcessReading): ProcessControlGroup | null {
  const group = figuresOf(now);
  if (group === null) return null;
  const { cpu, memory } = group;
  const earlier = before === null ? null : (figuresOf(before)?.cpu ?? null);
  const comparable = earlier?.folder === cpu?.folder ? earlier : null;
  const periods = advance(comparable?.periods, cpu?.periods);
  const throttled = advance(comparable?.throttledPeriods, cpu?.throttledPeriods);
  const usage = memory?.usageBytes ?? null;
  const used = usage === null ? null : Math.max(0, usage - (memory?.inactiveFileBytes ?? 0));
  return {
    path: group.path,
    limitCores: cpu?.limitCores == null ? null : roundedTo(cpu.limitCores, 2),
    throttledPercent: periods === 0 ? 0 : percentOf(throttled, periods),
    throttledSeconds: cpu?.throttledMicros == null ? null : roundedTo(cpu.throttledMicros / 1e6, 1),
    memoryLimitBytes: memory?.limitBytes ?? null,
    memoryUsedBytes: used,
    memoryUsedPercent: percentOf(used, memory?.limitBytes ?? null),
  };
}

function figuresOf({ stat, texts, processes, surroundings, details }: ProcessReading): CgroupFigures | null {
  return groupFiguresOf({ stat, texts, processes, mounts: surroundings.mounts }, details);
}
