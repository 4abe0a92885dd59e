import type { FileTexts, ReadItem } from '../../../../machine/machine';
import { parseAuxv, USUAL_UNITS, type KernelUnits } from '../kernel/clockTicks';
import { parseLoadavg } from '../kernel/loadavg';
import { parseMeminfo } from '../kernel/meminfo';
import { sumOf } from '../kernel/numbers';
import { parseStat, type CpuTimes } from '../kernel/stat';
import { singleValue } from '../kernel/text';
import { parseUptime } from '../kernel/uptime';
import type { Snapshot, SnapshotFigures } from './schema';

export const HOST_FILES: readonly ReadItem[] = [
  '/proc/self/auxv',
  '/proc/stat',
  '/proc/meminfo',
  '/proc/loadavg',
  '/proc/uptime',
  '/proc/sys/kernel/hostname',
  '/proc/sys/kernel/ostype',
  '/proc/sys/kernel/osrelease',
  '/proc/sys/kernel/random/boot_id',
];

export interface SnapshotHost extends Pick<Snapshot, 'hostName' | 'kernel' | 'bootId' | 'bootedAtMs' | 'figures'> {
  readonly units: KernelUnits;
}

export function hostOf(texts: FileTexts): SnapshotHost {
  const text = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const value = (path: string): string | null => singleValue(texts.get(path));
  const units = parseAuxv(text('/proc/self/auxv')) ?? USUAL_UNITS;
  const stat = parseStat(text('/proc/stat'));
  const kernel = [value('/proc/sys/kernel/ostype'), value('/proc/sys/kernel/osrelease')].filter(
    (part) => part !== null,
  );
  const load = parseLoadavg(text('/proc/loadavg'));
  return {
    hostName: value('/proc/sys/kernel/hostname'),
    kernel: kernel.join(' ') || null,
    bootId: value('/proc/sys/kernel/random/boot_id'),
    bootedAtMs: stat?.bootTimeSeconds == null ? null : stat.bootTimeSeconds * 1000,
    figures: {
      ...cpuOf(stat?.total ?? null, units),
      ...memoryOf(text('/proc/meminfo')),
      cpus: stat === null ? null : stat.cores.length,
      load: load === null ? null : { one: load.one, five: load.five, fifteen: load.fifteen },
      uptimeSeconds: parseUptime(text('/proc/uptime')),
    },
    units,
  };
}

/** Time of guests is already in that of user and nice. */
function cpuOf(
  times: CpuTimes | null,
  { ticksPerSecond }: KernelUnits,
): Pick<SnapshotFigures, 'cpuBusyMs' | 'cpuTotalMs'> {
  if (times === null) return { cpuBusyMs: null, cpuTotalMs: null };
  const busy = sumOf([times.user, times.nice, times.system, times.irq, times.softirq, times.steal]) ?? 0;
  const idle = sumOf([times.idle, times.iowait]) ?? 0;
  const milliseconds = (ticks: number): number => Math.round((ticks * 1000) / ticksPerSecond);
  return { cpuBusyMs: milliseconds(busy), cpuTotalMs: milliseconds(busy + idle) };
}

type Memory = Pick<SnapshotFigures, 'memoryTotalBytes' | 'memoryAvailableBytes' | 'swapTotalBytes' | 'swapFreeBytes'>;

function memoryOf(text: string): Memory {
  const memory = parseMeminfo(text, null);
  return {
    memoryTotalBytes: memory?.totalBytes ?? null,
    memoryAvailableBytes: memory?.availableBytes ?? null,
    swapTotalBytes: memory?.swapTotalBytes ?? null,
    swapFreeBytes: memory?.swapFreeBytes ?? null,
  };
}
