import { perSecond, roundedTo, sumOf } from '../../kernel/numbers';
import type { HostFacts, Reading } from '../reading';
import type { Core, Cpu, CpuShares, Load } from '../schema/processor';
import { CPU_MODES, type CpuMode, type CpuTimes, type StatCounters } from '../../kernel/stat';

type Steps = Record<CpuMode, number | null>;

/**
 * Shares of the time between two readings. A counter that stepped back (iowait does, and all do after a hot plug)
 * counts as having stood still, as in psutil; the shares are of what remains, so they are never above 100 together.
 * null when nothing was counted at all.
 */
export function cpuShares(before: CpuTimes, now: CpuTimes): CpuShares | null {
  const steps = stepsOf(before, now);
  const total = sumOf(Object.values(steps));
  if (total === null || total <= 0) return null;
  const percent = (...modes: readonly CpuMode[]): number | null => {
    const sum = sumOf(modes.map((mode) => steps[mode]));
    return sum === null ? null : roundedTo((sum / total) * 100, 1);
  };
  const waiting = (steps.idle ?? 0) + (steps.iowait ?? 0);
  return {
    usedPercent: roundedTo(((total - waiting) / total) * 100, 1),
    userPercent: percent('user'),
    nicePercent: percent('nice'),
    systemPercent: percent('system'),
    idlePercent: percent('idle'),
    iowaitPercent: percent('iowait'),
    irqPercent: percent('irq'),
    softirqPercent: percent('softirq'),
    stealPercent: percent('steal'),
    guestPercent: percent('guest', 'guestNice'),
  };
}

/** The kernel counts guests in user and nice once more: there they are taken out. */
function stepsOf(before: CpuTimes, now: CpuTimes): Steps {
  const steps: Partial<Steps> = {};
  for (const mode of CPU_MODES) {
    const [from, to] = [before[mode], now[mode]];
    steps[mode] = from === null || to === null ? null : Math.max(0, to - from);
  }
  const all = steps as Steps;
  if (all.user !== null) all.user = Math.max(0, all.user - (all.guest ?? 0));
  if (all.nice !== null) all.nice = Math.max(0, all.nice - (all.guestNice ?? 0));
  return all;
}

export function cpuOf(before: Reading | null, now: Reading, seconds: number | null): Cpu | null {
  const stat = now.counters.stat;
  if (stat === null) return null;
  const earlier = before?.counters.stat ?? null;
  const frequencies = frequenciesOf(now);
  const known = new Map(earlier?.cores.map((core) => [core.id, core.times]));
  const cores = stat.cores.map((core): Core => {
    const times = known.get(core.id);
    const shares = times === undefined ? null : cpuShares(times, core.times);
    return { id: core.id, frequencyHertz: frequencies.get(core.id) ?? null, shares };
  });
  const shares = earlier === null ? null : totalShares(earlier, stat);
  return {
    ...machinery(now.host, cores.length),
    frequencyHertz: meanOf(cores.map((core) => core.frequencyHertz)),
    shares,
    cores,
    contextSwitchesPerSecond: perSecond(earlier?.contextSwitches, stat.contextSwitches, seconds, 0),
    interruptsPerSecond: perSecond(earlier?.interrupts, stat.interrupts, seconds, 0),
    forksPerSecond: perSecond(earlier?.forks, stat.forks, seconds),
    runningTasks: stat.running,
    blockedTasks: stat.blocked,
  };
}

/**
 * Over all cores. Where the kernel's total went back, as it does in containers whose cores change, it is made of the
 * cores that are in both readings.
 */
function totalShares(before: StatCounters, now: StatCounters): CpuShares | null {
  if (before.total !== null && now.total !== null && ticks(now.total) >= ticks(before.total)) {
    return cpuShares(before.total, now.total);
  }
  const known = new Map(before.cores.map((core) => [core.id, core.times]));
  const both = now.cores.flatMap(({ id, times }) => {
    const earlier = known.get(id);
    return earlier === undefined ? [] : [[earlier, times] as const];
  });
  return cpuShares(sumOfTimes(both.map(([earlier]) => earlier)), sumOfTimes(both.map(([, later]) => later)));
}

function ticks(times: CpuTimes): number {
  return sumOf(Object.values(times)) ?? 0;
}

function sumOfTimes(all: readonly CpuTimes[]): CpuTimes {
  return Object.fromEntries(CPU_MODES.map((mode) => [mode, sumOf(all.map((times) => times[mode]))])) as CpuTimes;
}

type Machinery = Pick<Cpu, 'model' | 'logicalCores' | 'physicalCores' | 'sockets' | 'offlineCores'>;

function machinery({ processor, offlineCpus }: HostFacts, cores: number): Machinery {
  return {
    model: processor?.model ?? null,
    logicalCores: cores || (processor?.logical ?? null),
    physicalCores: processor?.physicalCores ?? null,
    sockets: processor?.sockets ?? null,
    offlineCores: offlineCpus,
  };
}

/** Virtual machines have no frequency scaling: there the constant one of cpuinfo stands. */
function frequenciesOf({ surroundings, host }: Reading): ReadonlyMap<number, number> {
  return surroundings.frequencies.size > 0 ? surroundings.frequencies : (host.processor?.frequencyHertz ?? new Map());
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  const sum = sumOf(known);
  return sum === null ? null : Math.round(sum / known.length);
}

export function loadOf({ counters, host }: Reading): Load | null {
  const { load, stat } = counters;
  if (load === null) return null;
  const cores = stat?.cores.length || (host.processor?.logical ?? 0);
  return {
    one: load.one,
    five: load.five,
    fifteen: load.fifteen,
    onePerCore: cores === 0 ? null : roundedTo(load.one / cores, 2),
    tasks: load.tasks,
  };
}
