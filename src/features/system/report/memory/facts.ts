import * as l10n from '@vscode/l10n';
import type { Block, Fact } from '../../../../report/model';
import type { MemoryResult } from '../../core/memory/schema';
import { barCell } from '../table';

/** As free -w, and what decides. */
export function memoryFacts({ memory, swap, pressure, totals }: MemoryResult): Block | null {
  if (memory === null) return null;
  const facts: readonly Fact[] = [
    {
      label: l10n.t('Available'),
      value: memory.availableBytes,
      unit: 'bytes',
      ...estimated(memory.availableEstimated),
    },
    { label: l10n.t('Used of total'), value: barCell(memory.usedPercent), unit: 'percent' },
    { label: l10n.t('Total'), value: memory.totalBytes, unit: 'bytes' },
    { label: l10n.t('Used'), value: memory.usedBytes, unit: 'bytes', note: l10n.t('total without available') },
    { label: l10n.t('Free'), value: memory.freeBytes, unit: 'bytes', note: l10n.t('used for nothing at all') },
    { label: l10n.t('Shared'), value: memory.sharedBytes, unit: 'bytes', note: l10n.t('shared memory and tmpfs') },
    { label: l10n.t('Buffers'), value: memory.buffersBytes, unit: 'bytes' },
    { label: l10n.t('Cache'), value: memory.cacheBytes, unit: 'bytes', note: l10n.t('files, given up when needed') },
    {
      label: l10n.t('Swap used'),
      value: swap === null || swap.totalBytes === 0 ? l10n.t('no swap') : barCell(swap.usedPercent),
      unit: 'percent',
    },
    {
      label: l10n.t('Waiting for memory'),
      value: pressure?.some?.average10Percent ?? null,
      unit: 'percent',
      note: l10n.t('some task, in the last 10 seconds'),
    },
    {
      label: l10n.t('Everything waiting for memory'),
      value: pressure?.full?.average10Percent ?? null,
      unit: 'percent',
      note: l10n.t('all tasks at once, in the last 10 seconds'),
    },
    { label: l10n.t('Major page faults'), value: memory.majorFaultsPerSecond, unit: 'perSecond' },
    {
      label: l10n.t('Out-of-memory kills'),
      value: memory.outOfMemoryKills,
      unit: 'number',
      note: l10n.t('since the start'),
    },
    {
      label: l10n.t('Programs by PSS'),
      value: totals?.exact?.proportionalBytes ?? null,
      unit: 'bytes',
      note: l10n.t('of {0} processes, shared pages counted once', totals?.exactOf ?? 0),
    },
  ];
  return { kind: 'facts', items: facts.filter(({ value }) => value !== null) };
}

function estimated(worked: boolean): { readonly note: string } {
  return {
    note: worked
      ? l10n.t('worked out, for this kernel does not tell')
      : l10n.t('can be given to programs without swapping'),
  };
}
