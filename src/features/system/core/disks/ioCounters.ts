import { parseDiskstats, type DiskCounters } from '../kernel/diskstats';
import { count, wholeLines, words } from '../kernel/text';

/** A line of /proc/diskstats with all of its columns; null for those that this kernel does not have. */
export interface IoCounters extends DiskCounters {
  /** Major and minor number. */
  readonly device: string;
  readonly readsMerged: number | null;
  readonly writesMerged: number | null;
  readonly discards: number | null;
  readonly discardsMerged: number | null;
  readonly discardedBytes: number | null;
  readonly discardMs: number | null;
  readonly flushes: number | null;
  readonly flushMs: number | null;
}

const SECTOR_BYTES = 512;

/** See Documentation/admin-guide/iostats.rst of the kernel; null when no line is one. */
export function parseIoCounters(text: string): readonly IoCounters[] | null {
  const known = parseDiskstats(text);
  if (known === null) return null;
  const more = new Map<string, readonly string[]>();
  for (const line of wholeLines(text)) {
    const columns = words(line);
    if (columns[2] !== undefined) more.set(columns[2], columns);
  }
  return known.map((disk): IoCounters => {
    const columns = more.get(disk.name) ?? [];
    const at = (index: number): number | null => count(columns[index]);
    const sectors = at(16);
    return {
      ...disk,
      device: `${columns[0]}:${columns[1]}`,
      readsMerged: at(4),
      writesMerged: at(8),
      discards: at(14),
      discardsMerged: at(15),
      discardedBytes: sectors === null ? null : sectors * SECTOR_BYTES,
      discardMs: at(17),
      flushes: at(18),
      flushMs: at(19),
    };
  });
}
