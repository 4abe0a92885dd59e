import * as l10n from '@vscode/l10n';
import type { SeriesBlock } from '../../../../report/model';
import type { MemoryResult } from '../../core/memory/schema';

const spanMs = 60_000;

/** What has happened since somebody has been looking. */
export function memoryCharts({ history, memory, swap }: MemoryResult): readonly SeriesBlock[] {
  if (memory === null) return [];
  const times = history.timesMs;
  const hasSwap = swap !== null && swap.totalBytes > 0;
  const use: SeriesBlock = {
    kind: 'series',
    id: 'memory',
    title: l10n.t('Memory Use'),
    unit: 'bytes',
    times,
    spanMs,
    min: 0,
    max: Math.max(memory.totalBytes, swap?.totalBytes ?? 0),
    lines: [
      { label: l10n.t('Used'), values: history.usedBytes },
      { label: l10n.t('Buffers and cache'), values: history.cacheBytes },
      ...(hasSwap ? [{ label: l10n.t('Swap used'), values: history.swapUsedBytes }] : []),
    ],
  };
  if (!hasSwap) return [use];
  return [
    use,
    {
      kind: 'series',
      id: 'swap',
      title: l10n.t('Swap Traffic'),
      unit: 'bytesPerSecond',
      times,
      spanMs,
      min: 0,
      lines: [
        { label: l10n.t('Swapped in'), values: history.swapInBytesPerSecond },
        { label: l10n.t('Swapped out'), values: history.swapOutBytesPerSecond },
      ],
    },
  ];
}
