import { sumOf } from '../kernel/numbers';
import type { MemoryHistory, MemoryResult } from './schema';

const KEPT = 300;

export const EMPTY_HISTORY: MemoryHistory = {
  timesMs: [],
  usedBytes: [],
  cacheBytes: [],
  swapUsedBytes: [],
  swapInBytesPerSecond: [],
  swapOutBytesPerSecond: [],
};

/** With one more reading at its end. Where the clock was set back, what lies in its future is dropped. */
export function extendedHistory(
  history: MemoryHistory,
  takenAtMs: number,
  { memory, swap }: Pick<MemoryResult, 'memory' | 'swap'>,
  pageBytes: number,
): MemoryHistory {
  const kept = history.timesMs.findLastIndex((time) => time < takenAtMs) + 1;
  const append = <T>(old: readonly T[], value: T): readonly T[] => [...old.slice(0, kept), value].slice(-KEPT);
  const bytes = (pages: number | null | undefined): number | null => (pages == null ? null : pages * pageBytes);
  return {
    timesMs: append(history.timesMs, takenAtMs),
    usedBytes: append(history.usedBytes, memory?.usedBytes ?? null),
    cacheBytes: append(history.cacheBytes, memory === null ? null : sumOf([memory.buffersBytes, memory.cacheBytes])),
    swapUsedBytes: append(history.swapUsedBytes, swap?.usedBytes ?? null),
    swapInBytesPerSecond: append(history.swapInBytesPerSecond, bytes(swap?.inPagesPerSecond)),
    swapOutBytesPerSecond: append(history.swapOutBytesPerSecond, bytes(swap?.outPagesPerSecond)),
  };
}
