import type { FileTexts } from '../../../../machine/machine';
import { cgroupFigures } from '../kernel/cgroup';
import type { CgroupPlaces } from '../kernel/cgroupPlaces';
import { parseMeminfo } from '../kernel/meminfo';
import { parsePressure } from '../kernel/pressure';
import { count, singleValue } from '../kernel/text';
import { parseUptime } from '../kernel/uptime';
import { parseVmstat } from '../kernel/vmstat';
import type { Reading } from '../overview/reading';

export const COUNTER_FILES: readonly string[] = [
  '/proc/meminfo',
  '/proc/vmstat',
  '/proc/uptime',
  '/proc/pressure/memory',
  '/proc/sys/vm/min_free_kbytes',
];

/** What the overview derives its rates from, with nothing but memory in it. */
export function memoryReading(
  texts: FileTexts,
  places: CgroupPlaces | null,
  times: { readonly takenAtMs: number; readonly monotonicMs: number },
): Reading {
  const text = (path: string): string => {
    const content = texts.get(path);
    return typeof content === 'string' ? content : '';
  };
  const leastFree = count(singleValue(texts.get('/proc/sys/vm/min_free_kbytes')) ?? undefined);
  const pressure = parsePressure(text('/proc/pressure/memory'));
  return {
    ...NOTHING_ELSE,
    ...times,
    counters: {
      ...NOTHING_ELSE.counters,
      uptimeSeconds: parseUptime(text('/proc/uptime')),
      memory: parseMeminfo(text('/proc/meminfo'), leastFree),
      paging: parseVmstat(text('/proc/vmstat')),
      pressure: pressure === null ? null : { cpu: null, memory: pressure, io: null, irq: null },
      cgroup: places === null ? null : cgroupFigures(texts, places),
    },
  };
}

const NOTHING_ELSE: Omit<Reading, 'takenAtMs' | 'monotonicMs'> = {
  backEnd: 'proc',
  counters: {
    uptimeSeconds: null,
    stat: null,
    memory: null,
    load: null,
    paging: null,
    disks: null,
    interfaces: null,
    pressure: null,
    cgroup: null,
  },
  surroundings: {
    temperatures: [],
    fans: [],
    batteries: [],
    mainsOnline: null,
    frequencies: new Map(),
    interfaceFacts: new Map(),
  },
  host: {
    name: null,
    kernel: null,
    os: null,
    architecture: null,
    processor: null,
    offlineCpus: [],
    allowedCpus: null,
    minFreeKibibytes: null,
    blockFacts: new Map(),
  },
  fileSystems: [],
  users: { list: null, unavailable: null },
  problems: [],
};

const USUAL_PAGE_BYTES = 4_096;

/** Free memory is told in bytes and in pages: that gives the size of a page, a power of two from 4 KiB on. */
export function pageBytesOf(freeBytes: number | null, vmstat: string): number {
  const pages = count(/^nr_free_pages (\d+)$/m.exec(vmstat)?.[1]);
  if (freeBytes === null || pages === null || pages === 0) return USUAL_PAGE_BYTES;
  const exponent = Math.round(Math.log2(freeBytes / pages));
  return exponent >= 12 && exponent <= 16 ? 2 ** exponent : USUAL_PAGE_BYTES;
}
