import { percentOf, perSecond } from '../../kernel/numbers';
import type { Reading } from '../reading';
import type { Memory, Swap } from '../schema/memory';

export function memoryOf(before: Reading | null, now: Reading, seconds: number | null): Memory | null {
  const { memory, paging } = now.counters;
  if (memory === null) return null;
  const { swapTotalBytes: _total, swapFreeBytes: _free, swapCachedBytes: _cached, ...figures } = memory;
  return {
    ...figures,
    usedPercent: percentOf(memory.usedBytes, memory.totalBytes),
    availablePercent: percentOf(memory.availableBytes, memory.totalBytes),
    majorFaultsPerSecond: perSecond(before?.counters.paging?.majorFaults, paging?.majorFaults, seconds),
    outOfMemoryKills: paging?.outOfMemoryKills ?? null,
  };
}

export function swapOf(before: Reading | null, now: Reading, seconds: number | null): Swap | null {
  const { memory, paging } = now.counters;
  if (memory === null || memory.swapTotalBytes === null || memory.swapFreeBytes === null) return null;
  const totalBytes = memory.swapTotalBytes;
  const freeBytes = Math.min(memory.swapFreeBytes, totalBytes);
  const earlier = before?.counters.paging;
  return {
    totalBytes,
    freeBytes,
    usedBytes: totalBytes - freeBytes,
    cachedBytes: memory.swapCachedBytes,
    usedPercent: percentOf(totalBytes - freeBytes, totalBytes),
    inPagesPerSecond: perSecond(earlier?.swapInPages, paging?.swapInPages, seconds),
    outPagesPerSecond: perSecond(earlier?.swapOutPages, paging?.swapOutPages, seconds),
  };
}
