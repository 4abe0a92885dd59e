import { count, wholeLines, words } from './text';

/** The columns of a cpu line in their order; kernels before 2.6.33 end before guest_nice, some long before. */
export const CPU_MODES = [
  'user',
  'nice',
  'system',
  'idle',
  'iowait',
  'irq',
  'softirq',
  'steal',
  'guest',
  'guestNice',
] as const;

export type CpuMode = (typeof CPU_MODES)[number];

/** Time in each mode since boot, in clock ticks; null for a mode that this kernel does not count. */
export type CpuTimes = Readonly<Record<CpuMode, number | null>>;

export interface CoreTimes {
  /** The number in the name: 3 for cpu3. Cores that are offline are not in the file. */
  readonly id: number;
  readonly times: CpuTimes;
}

/** /proc/stat, see proc_stat(5). */
export interface StatCounters {
  readonly total: CpuTimes | null;
  readonly cores: readonly CoreTimes[];
  /** Seconds since 1970 UTC. */
  readonly bootTimeSeconds: number | null;
  readonly contextSwitches: number | null;
  readonly interrupts: number | null;
  readonly softInterrupts: number | null;
  /** Processes and threads made since boot. */
  readonly forks: number | null;
  readonly running: number | null;
  readonly blocked: number | null;
}

/** null when not one line of processor times is in it. */
export function parseStat(text: string): StatCounters | null {
  const cores: CoreTimes[] = [];
  const single = new Map<string, number>();
  let total: CpuTimes | null = null;
  for (const line of wholeLines(text)) {
    if (!line.startsWith('cpu')) {
      keepFirstNumber(line, single);
      continue;
    }
    const [name = '', ...columns] = words(line);
    const times = cpuTimes(columns);
    if (times === null) continue;
    const id = count(name.slice(3));
    if (name === 'cpu') total = times;
    else if (id !== null) cores.push({ id, times });
  }
  if (total === null && cores.length === 0) return null;
  return {
    total,
    cores,
    bootTimeSeconds: single.get('btime') ?? null,
    contextSwitches: single.get('ctxt') ?? null,
    interrupts: single.get('intr') ?? null,
    softInterrupts: single.get('softirq') ?? null,
    forks: single.get('processes') ?? null,
    running: single.get('procs_running') ?? null,
    blocked: single.get('procs_blocked') ?? null,
  };
}

/** The line of interrupts has thousands of columns on large hosts; only the first, the sum, is looked at. */
function keepFirstNumber(line: string, into: Map<string, number>): void {
  const blank = line.indexOf(' ');
  if (blank <= 0) return;
  const next = line.indexOf(' ', blank + 1);
  const value = count(line.slice(blank + 1, next === -1 ? undefined : next));
  if (value !== null) into.set(line.slice(0, blank), value);
}

function cpuTimes(columns: readonly string[]): CpuTimes | null {
  const values = columns.slice(0, CPU_MODES.length).map((column) => count(column));
  if (values.length < 4 || values.includes(null)) return null;
  const at = (index: number): number | null => values[index] ?? null;
  return {
    user: at(0),
    nice: at(1),
    system: at(2),
    idle: at(3),
    iowait: at(4),
    irq: at(5),
    softirq: at(6),
    steal: at(7),
    guest: at(8),
    guestNice: at(9),
  };
}
