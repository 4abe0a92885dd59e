import type { FileTexts, Machine } from '../../../../machine/machine';
import { readNames } from '../processes/names';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseSmapsRollup, uniqueBytes } from '../kernel/smaps';
import { count } from '../kernel/text';
import type { MemoryProcess, MemoryResult } from './schema';

/** So many rows; with exact figures so many more, for the order by PSS is another one. */
const ROWS = 15;
const EXACT_ROWS = 50;

/** Before it is known what its share is. */
export type ProcessSizes = Omit<MemoryProcess, 'percent'>;

export interface ProcessMemory {
  readonly processes: readonly ProcessSizes[];
  readonly totals: NonNullable<MemoryResult['totals']>;
}

type Exact = NonNullable<MemoryProcess['exact']>;

/** Of all processes; `exact` walks the page tables of each, which takes the kernel long. */
export async function readProcesses(machine: Machine, exact: boolean, signal: AbortSignal): Promise<ProcessMemory> {
  const patterns = ['/proc/[0-9]*/stat', '/proc/[0-9]*/status', ...(exact ? ['/proc/[0-9]*/smaps_rollup'] : [])];
  const texts = await machine.files.readMany(patterns, { signal, encoding: 'bytes' });
  const found = processesIn(texts);
  const weight = ({ row }: Found): number => row.exact?.proportionalBytes ?? row.residentBytes;
  const shown = [...found].sort((one, other) => weight(other) - weight(one)).slice(0, exact ? EXACT_ROWS : ROWS);
  const names = await readNames(
    machine,
    shown.map(({ stat }) => stat),
    signal,
  );
  const rows = found.map(({ row }) => row);
  return {
    processes: shown.map(({ row }) => ({ ...row, ...names.get(row.pid) })),
    totals: totalsOf(rows, exact),
  };
}

interface Found {
  readonly stat: ProcessStat;
  readonly row: ProcessSizes;
}

/** Kernel threads have no memory of their own. */
function processesIn(texts: FileTexts): readonly Found[] {
  const found: Found[] = [];
  for (const [path, content] of texts) {
    const pid = /^\/proc\/(\d+)\/stat$/.exec(path)?.[1];
    if (pid === undefined || typeof content !== 'string') continue;
    const stat = parseProcessStat(content);
    const status = texts.get(`/proc/${pid}/status`);
    const value = (name: string): number | null => (typeof status === 'string' ? sizeOf(status, name) : null);
    const residentBytes = value('VmRSS');
    if (stat === null || residentBytes === null) continue;
    const row = {
      pid: stat.pid,
      startTicks: stat.startTicks,
      name: stat.name,
      user: null,
      residentBytes,
      anonymousBytes: value('RssAnon'),
      fileBytes: value('RssFile'),
      sharedBytes: value('RssShmem'),
      virtualBytes: value('VmSize'),
      swapBytes: value('VmSwap'),
      exact: exactOf(texts.get(`/proc/${pid}/smaps_rollup`)),
    };
    found.push({ stat, row });
  }
  return found;
}

/** A line of /proc/PID/status: `VmRSS:\t   12345 kB`, in bytes. */
function sizeOf(status: string, name: string): number | null {
  const start = status.indexOf(`\n${name}:`);
  if (start < 0) return null;
  const kibibytes = count(/^\s*(\d+) kB$/m.exec(status.slice(start + name.length + 2, start + 64))?.[1]);
  return kibibytes === null ? null : kibibytes * 1024;
}

function exactOf(content: unknown): Exact | null {
  const sizes = typeof content === 'string' ? parseSmapsRollup(content) : null;
  if (sizes === null) return null;
  return {
    proportionalBytes: sizes.proportionalBytes,
    uniqueBytes: uniqueBytes(sizes),
    dirtyBytes: sizes.privateDirtyBytes + sizes.sharedDirtyBytes,
    swapProportionalBytes: sizes.swapProportionalBytes,
  };
}

function totalsOf(all: readonly ProcessSizes[], exact: boolean): ProcessMemory['totals'] {
  const known = all.map((row) => row.exact).filter((one) => one !== null);
  const sum = (of: (one: Exact) => number): number => known.reduce((total, one) => total + of(one), 0);
  return {
    processes: all.length,
    residentBytes: all.reduce((total, row) => total + row.residentBytes, 0),
    swapBytes: all.reduce((total, row) => total + (row.swapBytes ?? 0), 0),
    exactOf: known.length,
    exact: exact
      ? {
          proportionalBytes: sum((one) => one.proportionalBytes),
          uniqueBytes: sum((one) => one.uniqueBytes),
          dirtyBytes: sum((one) => one.dirtyBytes),
          swapProportionalBytes: sum((one) => one.swapProportionalBytes),
        }
      : null,
  };
}
