import { count, wholeLines, words } from './text';

/** The kernel counts in sectors of 512 bytes whatever the device uses. */
const SECTOR_BYTES = 512;

/** One block device since it appeared, see Documentation/admin-guide/iostats.rst of the kernel. */
export interface DiskCounters {
  readonly name: string;
  readonly reads: number | null;
  readonly readBytes: number | null;
  readonly readMs: number | null;
  readonly writes: number | null;
  readonly writtenBytes: number | null;
  readonly writeMs: number | null;
  /** Requests under way at that moment. */
  readonly inFlight: number | null;
  /** Time in which at least one request was under way. */
  readonly busyMs: number | null;
  /** The same, times the requests under way. */
  readonly weightedMs: number | null;
}

/**
 * /proc/diskstats with 14 columns, 18 (since 4.18, discards) or 20 (since 5.5, flushes). The 7 columns that
 * partitions had before 2.6.25 are not whole devices and are left out. null when no line is one.
 */
export function parseDiskstats(text: string): readonly DiskCounters[] | null {
  const disks: DiskCounters[] = [];
  for (const line of wholeLines(text)) {
    const columns = words(line);
    const name = columns[2];
    if (columns.length < 14 || name === undefined) continue;
    const at = (index: number): number | null => count(columns[index]);
    if (at(0) === null || at(1) === null) continue;
    disks.push({
      name,
      reads: at(3),
      readBytes: sectors(at(5)),
      readMs: at(6),
      writes: at(7),
      writtenBytes: sectors(at(9)),
      writeMs: at(10),
      inFlight: at(11),
      busyMs: at(12),
      weightedMs: at(13),
    });
  }
  return disks.length === 0 && text.trim() !== '' ? null : disks;
}

function sectors(value: number | null): number | null {
  return value === null ? null : value * SECTOR_BYTES;
}
