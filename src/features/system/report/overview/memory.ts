import * as l10n from '@vscode/l10n';
import type { Fact, SectionBlock, Unit } from '../../../../report/model';
import { MEMORY_KINDS } from '../../core/overview/levels';
import type { SystemOverview } from '../../core/overview/schema/overview';
import { section } from './section';
import { barCell } from '../table';
import type { Words } from '../words';

export function memorySection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { memory } = overview;
  if (memory === null) return null;
  const available = words.bytes(memory.availableBytes);
  const total = words.bytes(memory.totalBytes);
  return section(overview, words, {
    title: l10n.t('Memory in Detail'),
    kinds: MEMORY_KINDS,
    quiet: l10n.t('{0} of {1} are available without swapping.', available, total),
    blocks: [
      { kind: 'facts', items: memoryFacts(overview) },
      { kind: 'facts', title: l10n.t('Swap'), items: swapFacts(overview) },
      { kind: 'facts', title: l10n.t('Kernel'), items: kernelFacts(overview) },
    ].flatMap((block) => (block.items.length === 0 ? [] : [{ ...block, kind: 'facts' as const }])),
  });
}

function memoryFacts({ memory }: SystemOverview): readonly Fact[] {
  if (memory === null) return [];
  return known([
    fact(l10n.t('Total'), memory.totalBytes),
    { ...fact(l10n.t('Used'), memory.usedBytes), note: l10n.t('total without available') },
    { label: l10n.t('Used of total'), value: barCell(memory.usedPercent), unit: 'percent' },
    fact(l10n.t('Free'), memory.freeBytes),
    fact(l10n.t('Shared'), memory.sharedBytes),
    fact(l10n.t('Buffers'), memory.buffersBytes),
    fact(l10n.t('Cache'), memory.cacheBytes),
    {
      ...fact(l10n.t('Available'), memory.availableBytes),
      ...(memory.availableEstimated ? { note: l10n.t('worked out, for this kernel does not tell') } : {}),
    },
  ]);
}

function swapFacts({ swap }: SystemOverview): readonly Fact[] {
  if (swap === null) return [];
  if (swap.totalBytes === 0) return [{ label: l10n.t('Total'), value: l10n.t('none') }];
  return known([
    fact(l10n.t('Total'), swap.totalBytes),
    fact(l10n.t('Used'), swap.usedBytes),
    { label: l10n.t('Used of total'), value: barCell(swap.usedPercent), unit: 'percent' },
    fact(l10n.t('Free'), swap.freeBytes),
    fact(l10n.t('Cached'), swap.cachedBytes),
    fact(l10n.t('Pages swapped in'), swap.inPagesPerSecond, 'perSecond'),
    fact(l10n.t('Pages swapped out'), swap.outPagesPerSecond, 'perSecond'),
  ]);
}

function kernelFacts({ memory }: SystemOverview): readonly Fact[] {
  if (memory === null) return [];
  return known([
    fact(l10n.t('Active'), memory.activeBytes),
    fact(l10n.t('Inactive'), memory.inactiveBytes),
    fact(l10n.t('Slab'), memory.slabBytes),
    fact(l10n.t('Dirty'), memory.dirtyBytes),
    fact(l10n.t('Being written back'), memory.writebackBytes),
    fact(l10n.t('Promised to programs'), memory.committedBytes),
    fact(l10n.t('Commit limit'), memory.commitLimitBytes),
    fact(l10n.t('Huge pages'), memory.hugePagesBytes),
    fact(l10n.t('Major page faults'), memory.majorFaultsPerSecond, 'perSecond'),
    fact(l10n.t('Out-of-memory kills'), memory.outOfMemoryKills, 'number'),
  ]);
}

function fact(label: string, value: number | null, unit: Unit = 'bytes'): Fact {
  return { label, value, unit };
}

function known(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter((one) => one.value !== null);
}
