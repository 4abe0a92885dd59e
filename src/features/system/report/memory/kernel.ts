import * as l10n from '@vscode/l10n';
import type { Block, Cell, SectionBlock } from '../../../../report/model';
import type { MemoryResult } from '../../core/memory/schema';
import { column, table } from '../table';
import { facts, section } from './section';

export function kernelSection({ memory, details, settings, hugePages }: MemoryResult): SectionBlock | null {
  if (memory === null || details === null) return null;
  const blocks = [
    facts([
      [l10n.t('Promised to programs'), memory.committedBytes],
      [l10n.t('Commit limit'), memory.commitLimitBytes],
      [l10n.t('Overcommit'), overcommitText(settings.overcommit)],
      [l10n.t('Dirty'), memory.dirtyBytes],
      [l10n.t('Being written back'), memory.writebackBytes],
      [l10n.t('Anonymous'), details.anonymousBytes],
      [l10n.t('Mapped files'), details.mappedBytes],
      [l10n.t('Active'), memory.activeBytes],
      [l10n.t('Inactive'), memory.inactiveBytes],
      [l10n.t('Slab, reclaimable'), details.reclaimableSlabBytes],
      [l10n.t('Slab, not reclaimable'), details.unreclaimableSlabBytes],
      [l10n.t('Page tables'), details.pageTableBytes],
      [l10n.t('Stacks of the kernel'), details.kernelStackBytes],
      [l10n.t('For each CPU'), details.percpuBytes],
      [l10n.t('Unevictable'), details.unevictableBytes],
      [l10n.t('Locked'), details.lockedBytes],
      [l10n.t('Transparent huge pages'), details.transparentHugeBytes],
      [l10n.t('Transparent huge pages are used'), settings.transparentHugePages],
      [l10n.t('Out of use after errors'), details.corruptedBytes === 0 ? null : details.corruptedBytes],
    ]),
    ...hugePagesTable(hugePages),
  ];
  return section(l10n.t('Kernel'), blocks);
}

function overcommitText(overcommit: MemoryResult['settings']['overcommit']): string | null {
  switch (overcommit) {
    case 'heuristic':
      return l10n.t('within reason');
    case 'always':
      return l10n.t('everything is promised');
    case 'never':
      return l10n.t('no more than the commit limit');
    case null:
      return null;
  }
}

function hugePagesTable(pools: MemoryResult['hugePages']): readonly Block[] {
  if (pools.length === 0) return [];
  const columns = [
    column('size', l10n.t('Size of a page'), 'bytes'),
    column('pages', l10n.t('Pages'), 'number'),
    column('free', l10n.t('Free'), 'number'),
    column('reserved', l10n.t('Reserved'), 'number', l10n.t('Promised and not yet touched')),
    column('surplus', l10n.t('Surplus'), 'number', l10n.t('Beyond the pool, given back when they are freed')),
    column('bytes', l10n.t('In all'), 'bytes'),
  ];
  const rows = pools.map(({ pageBytes, pages, freePages, reservedPages, surplusPages }): readonly Cell[] => [
    pageBytes,
    pages,
    freePages,
    reservedPages,
    surplusPages,
    pageBytes * pages,
  ]);
  return [
    table(
      'hugePages',
      l10n.t('Huge pages'),
      columns,
      rows,
      pools.map(({ pageBytes }) => String(pageBytes)),
    ),
  ];
}

/** One node is the whole machine: nothing to tell. */
export function nodesSection({ nodes }: MemoryResult): SectionBlock | null {
  if (nodes.length < 2) return null;
  const columns = [
    column('node', l10n.t('Node'), 'plain'),
    column('total', l10n.t('Total'), 'bytes'),
    column('used', l10n.t('Used'), 'bytes'),
    column('free', l10n.t('Free'), 'bytes'),
    column('file', l10n.t('Cache'), 'bytes'),
    column('anonymous', l10n.t('Anonymous'), 'bytes'),
  ];
  const rows = nodes.map((one): readonly Cell[] => [
    one.id,
    one.totalBytes,
    one.usedBytes,
    one.freeBytes,
    one.fileBytes,
    one.anonymousBytes,
  ]);
  return section(l10n.t('NUMA Nodes'), [
    table(
      'nodes',
      null,
      columns,
      rows,
      nodes.map(({ id }) => String(id)),
    ),
  ]);
}

export function slabsSection({ slabs }: MemoryResult): SectionBlock | null {
  if (slabs.length === 0) return null;
  const columns = [
    column('name', l10n.t('Cache of objects')),
    column('size', l10n.t('Size'), 'bytes'),
    column('objects', l10n.t('Objects'), 'number'),
    column('active', l10n.t('In use'), 'number'),
  ];
  const rows = slabs.map((one): readonly Cell[] => [one.name, one.sizeBytes, one.objects, one.activeObjects]);
  return section(l10n.t('Largest Slabs'), [
    table(
      'slabs',
      null,
      columns,
      rows,
      slabs.map(({ name }) => name),
    ),
  ]);
}

export function zonesSection({ zones }: MemoryResult): SectionBlock | null {
  if (zones.length === 0) return null;
  const orders = Math.max(...zones.map(({ freeBlocks }) => freeBlocks.length));
  const columns = [
    column('zone', l10n.t('Zone')),
    column('node', l10n.t('Node'), 'plain'),
    column(
      'unusable',
      l10n.t('Too small'),
      'percent',
      l10n.t('Free memory in blocks too small for a transparent huge page'),
    ),
    ...Array.from({ length: orders }, (_none, order) =>
      column(`order${order}`, `×${2 ** order}`, 'number', l10n.t('Free blocks of so many pages')),
    ),
  ];
  const rows = zones.map((one): readonly Cell[] => [
    one.zone,
    one.node,
    one.unusableHugePercent,
    ...Array.from({ length: orders }, (_none, order) => one.freeBlocks[order] ?? null),
  ]);
  return section(l10n.t('Fragmentation'), [
    table(
      'zones',
      null,
      columns,
      rows,
      zones.map(({ node, zone }) => `${node} ${zone}`),
    ),
  ]);
}
