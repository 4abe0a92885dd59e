import { count, wholeLines } from './text';

/** What `free -w` shows and what explains it, in bytes; null for what this kernel does not tell. */
export interface MemoryFigures {
  readonly totalBytes: number;
  /** Total without what is available, as free(1) of procps 4 counts it. */
  readonly usedBytes: number;
  readonly freeBytes: number;
  /** Shared memory and tmpfs. */
  readonly sharedBytes: number | null;
  readonly buffersBytes: number | null;
  /** Page cache and reclaimable slab. */
  readonly cacheBytes: number | null;
  readonly availableBytes: number;
  /** The kernel (before 3.14) does not tell what is available; it was worked out. */
  readonly availableEstimated: boolean;
  readonly activeBytes: number | null;
  readonly inactiveBytes: number | null;
  readonly slabBytes: number | null;
  readonly dirtyBytes: number | null;
  readonly writebackBytes: number | null;
  readonly committedBytes: number | null;
  readonly commitLimitBytes: number | null;
  readonly hugePagesBytes: number | null;
  readonly swapTotalBytes: number | null;
  readonly swapFreeBytes: number | null;
  readonly swapCachedBytes: number | null;
}

/**
 * /proc/meminfo, see proc_meminfo(5). `minFreeKibibytes` is /proc/sys/vm/min_free_kbytes, used where the kernel has no
 * MemAvailable. null when total or free is not in it.
 */
export function parseMeminfo(text: string, minFreeKibibytes: number | null): MemoryFigures | null {
  const values = valuesOf(text);
  const bytes = (name: string): number | null => values.get(name) ?? null;
  const totalBytes = bytes('MemTotal');
  const freeBytes = bytes('MemFree');
  if (totalBytes === null || freeBytes === null) return null;
  const told = bytes('MemAvailable');
  // In LXC the free memory of the guest may stand beside the available memory of the host.
  const availableBytes = Math.min(told ?? estimateAvailable(values, freeBytes, minFreeKibibytes), totalBytes);
  const cached = bytes('Cached');
  return {
    totalBytes,
    usedBytes: Math.max(0, totalBytes - availableBytes),
    freeBytes,
    sharedBytes: bytes('Shmem'),
    buffersBytes: bytes('Buffers'),
    cacheBytes: cached === null ? null : cached + (bytes('SReclaimable') ?? 0),
    availableBytes,
    availableEstimated: told === null,
    activeBytes: bytes('Active'),
    inactiveBytes: bytes('Inactive'),
    slabBytes: bytes('Slab'),
    dirtyBytes: bytes('Dirty'),
    writebackBytes: bytes('Writeback'),
    committedBytes: bytes('Committed_AS'),
    commitLimitBytes: bytes('CommitLimit'),
    hugePagesBytes: hugePages(values),
    swapTotalBytes: bytes('SwapTotal'),
    swapFreeBytes: bytes('SwapFree'),
    swapCachedBytes: bytes('SwapCached'),
  };
}

/** Name → bytes; the lines without a unit, such as HugePages_Total, as they are. */
function valuesOf(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of wholeLines(text)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const isKibibytes = line.endsWith(' kB');
    const value = count(line.slice(colon + 1, isKibibytes ? -3 : undefined).trim());
    if (value !== null) values.set(line.slice(0, colon), isKibibytes ? value * 1024 : value);
  }
  return values;
}

/** The estimate that the kernel itself makes since 3.14 (si_mem_available), with the low watermark from min_free_kbytes. */
function estimateAvailable(
  values: ReadonlyMap<string, number>,
  freeBytes: number,
  minFreeKibibytes: number | null,
): number {
  const active = values.get('Active(file)');
  const inactive = values.get('Inactive(file)');
  const reclaimable = values.get('SReclaimable');
  if (active === undefined || inactive === undefined || reclaimable === undefined || minFreeKibibytes === null) {
    return freeBytes + (values.get('Cached') ?? 0);
  }
  const watermark = minFreeKibibytes * 1024 * 1.25;
  const fileCache = active + inactive;
  const available =
    freeBytes -
    watermark +
    (fileCache - Math.min(fileCache / 2, watermark)) +
    (reclaimable - Math.min(reclaimable / 2, watermark));
  return Math.max(0, Math.round(available));
}

function hugePages(values: ReadonlyMap<string, number>): number | null {
  const pages = values.get('HugePages_Total');
  const sizeBytes = values.get('Hugepagesize');
  return pages === undefined || sizeBytes === undefined ? null : pages * sizeBytes;
}
