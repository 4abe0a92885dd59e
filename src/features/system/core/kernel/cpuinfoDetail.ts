import type { FileTexts } from '../../../../machine/machine';
import { count, singleValue } from './text';

/** Frequencies of one processor: cpufreq, see Documentation/admin-guide/pm/cpufreq.rst of the kernel. */
export interface CpuFrequency {
  readonly id: number;
  readonly hertz: number | null;
  /** What the hardware can do. */
  readonly minHertz: number | null;
  readonly maxHertz: number | null;
  /** What the policy allows now. */
  readonly allowedMaxHertz: number | null;
  readonly governor: string | null;
  readonly driver: string | null;
  /** Such as balance_performance. */
  readonly preference: string | null;
}

/** How often, and for how long, a processor was slowed down because it was hot (x86). Since boot. */
export interface CpuThrottling {
  readonly coreCount: number;
  readonly packageCount: number;
  readonly coreMs: number | null;
  readonly packageMs: number | null;
}

const FREQUENCY_FILE = /^\/sys\/devices\/system\/cpu\/cpu(\d+)\/cpufreq\//;
const THROTTLE_FILE = /^\/sys\/devices\/system\/cpu\/cpu(\d+)\/thermal_throttle\//;

/** `measured`: hertz by processor from /proc/cpuinfo, which also some machines without cpufreq have. */
export function cpuFrequencies(texts: FileTexts, measured: ReadonlyMap<number, number>): readonly CpuFrequency[] {
  const ids = new Set([...measured.keys(), ...numbersOf(texts, FREQUENCY_FILE)]);
  return [...ids].sort((one, other) => one - other).map((id) => frequencyOf(texts, id, measured.get(id) ?? null));
}

function frequencyOf(texts: FileTexts, id: number, measured: number | null): CpuFrequency {
  const file = (name: string): string | null =>
    singleValue(texts.get(`/sys/devices/system/cpu/cpu${id}/cpufreq/${name}`));
  const hertz = (name: string): number | null => {
    const kilohertz = count(file(name) ?? undefined);
    return kilohertz === null || kilohertz === 0 ? null : kilohertz * 1_000;
  };
  return {
    id,
    hertz: hertz('scaling_cur_freq') ?? measured,
    minHertz: hertz('cpuinfo_min_freq'),
    maxHertz: hertz('cpuinfo_max_freq'),
    allowedMaxHertz: hertz('scaling_max_freq'),
    governor: file('scaling_governor'),
    driver: file('scaling_driver'),
    preference: file('energy_performance_preference'),
  };
}

export function cpuThrottling(texts: FileTexts): ReadonlyMap<number, CpuThrottling> {
  const found = new Map<number, CpuThrottling>();
  for (const id of numbersOf(texts, THROTTLE_FILE)) {
    const file = (name: string): number | null =>
      count(singleValue(texts.get(`/sys/devices/system/cpu/cpu${id}/thermal_throttle/${name}`)) ?? undefined);
    found.set(id, {
      coreCount: file('core_throttle_count') ?? 0,
      packageCount: file('package_throttle_count') ?? 0,
      coreMs: file('core_throttle_total_time_ms'),
      packageMs: file('package_throttle_total_time_ms'),
    });
  }
  return found;
}

/** Whether processors may go beyond their nominal frequency; null where that is not known. */
export function boostAllowed(texts: FileTexts): boolean | null {
  const noTurbo = singleValue(texts.get('/sys/devices/system/cpu/intel_pstate/no_turbo'));
  if (noTurbo !== null) return noTurbo === '0';
  const boost = singleValue(texts.get('/sys/devices/system/cpu/cpufreq/boost'));
  return boost === null ? null : boost === '1';
}

/** The flag `hypervisor` of x86, which no bare machine has; null where the file has no flags. */
export function isVirtual(cpuinfo: string): boolean | null {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  return flags === undefined ? null : flags.split(' ').includes('hypervisor');
}

function numbersOf(texts: FileTexts, pattern: RegExp): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const path of texts.keys()) {
    const number = pattern.exec(path)?.[1];
    if (number !== undefined) numbers.add(Number(number));
  }
  return numbers;
}

/** A domain of powercap (RAPL) that counts the energy it takes; only root may read it since 5.10. */
export interface EnergyCounter {
  readonly id: string;
  /** package-0, core, dram … */
  readonly name: string;
  readonly joules: number;
  /** Where the counter begins anew. */
  readonly wrapsAtJoules: number | null;
}

export function energyCountersOf(texts: FileTexts): readonly EnergyCounter[] {
  const counters: EnergyCounter[] = [];
  for (const path of texts.keys()) {
    const id = /^\/sys\/class\/powercap\/([^/]+)\/energy_uj$/.exec(path)?.[1];
    if (id === undefined) continue;
    const file = (name: string): string | null => singleValue(texts.get(`/sys/class/powercap/${id}/${name}`));
    const joules = joulesOf(file('energy_uj'));
    const wrapsAtJoules = joulesOf(file('max_energy_range_uj'));
    if (joules !== null) counters.push({ id, name: file('name') ?? id, joules, wrapsAtJoules });
  }
  return counters.sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
}

function joulesOf(text: string | null): number | null {
  const microjoules = count(text ?? undefined);
  return microjoules === null ? null : microjoules / 1e6;
}
