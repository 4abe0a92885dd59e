import type { CgroupCpu, CgroupMemory } from '../../kernel/cgroup';
import { advance, leastOf, percentOf, perSecond, rounded } from '../../kernel/numbers';
import type { Reading } from '../reading';
import type { ControlGroup } from '../schema/processor';

export function controlGroupOf(before: Reading | null, now: Reading, seconds: number | null): ControlGroup | null {
  const group = now.counters.cgroup;
  if (group === null) return null;
  const earlier = before?.counters.cgroup ?? null;
  return {
    path: group.path,
    cpu: group.cpu === null ? null : cpuOfGroup(earlier?.cpu ?? null, group.cpu, now, seconds),
    memory: group.memory === null ? null : memoryOfGroup(group.memory, now.counters.memory?.totalBytes ?? null),
  };
}

type GroupCpu = NonNullable<ControlGroup['cpu']>;
type GroupMemory = NonNullable<ControlGroup['memory']>;

function cpuOfGroup(earlier: CgroupCpu | null, cpu: CgroupCpu, now: Reading, seconds: number | null): GroupCpu {
  const cores = now.counters.stat?.cores.length ?? null;
  const limitCores = leastOf([cpu.limitCores, now.host.allowedCpus]);
  // Another group's counters, after the machine moved to one or a limit was set above it, are not comparable.
  const before = earlier?.folder === cpu.folder ? earlier : null;
  const usedCores = rounded(perSecond(before?.usageMicros, cpu.usageMicros, seconds, 0), 0);
  const used = usedCores === null ? null : usedCores / 1e6;
  const periods = advance(before?.periods, cpu.periods);
  return {
    version: cpu.version,
    limitCores: rounded(limitCores, 2),
    limited: limitCores !== null && cores !== null && limitCores < cores,
    usedCores: rounded(used, 2),
    usedOfLimitPercent: percentOf(used, limitCores),
    throttledPercent: periods === 0 ? 0 : percentOf(advance(before?.throttledPeriods, cpu.throttledPeriods), periods),
    throttledSeconds: cpu.throttledMicros === null ? null : rounded(cpu.throttledMicros / 1e6, 1),
  };
}

function memoryOfGroup(memory: CgroupMemory, hostBytes: number | null): GroupMemory {
  const { version, limitBytes, usageBytes, inactiveFileBytes } = memory;
  const workingSetBytes = usageBytes === null ? null : Math.max(0, usageBytes - (inactiveFileBytes ?? 0));
  return {
    version,
    limitBytes,
    limited: limitBytes !== null && hostBytes !== null && limitBytes < hostBytes,
    usageBytes,
    workingSetBytes,
    usedOfLimitPercent: percentOf(workingSetBytes, limitBytes),
  };
}
