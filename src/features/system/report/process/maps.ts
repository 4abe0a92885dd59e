import * as l10n from '@vscode/l10n';
import type { Cell, Column, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { MapGroup, MemoryMaps } from '../../core/process/schema/maps';
import type { ProcessResult } from '../../core/process/schema/process';
import { code, column, hidden, table } from '../table';
import type { Words } from '../words';
import { missingText, moreBlocks, part } from './parts';

export function mapsSection(result: ProcessResult, words: Words): SectionBlock | null {
  const { maps } = result;
  const title = l10n.t('Memory Maps');
  if (maps === null) {
    const missing = missingText(result, 'maps');
    return missing === null ? null : part({ title, summary: missing, status: 'unknown', blocks: [] });
  }
  const blocks =
    maps.groups.length > 0
      ? [groupsTable(maps.groups), ...moreBlocks(maps.groups.length, maps.groupsTotal)]
      : maps.list.length > 0
        ? [mapsTable(maps.list), ...moreBlocks(maps.list.length, maps.total)]
        : [];
  if (blocks.length === 0) return null;
  const [count, size, resident] = [
    words.number(maps.total),
    words.bytes(maps.sum.sizeBytes),
    words.bytes(maps.sum.residentBytes),
  ];
  const summary = l10n.t('Maps: {0}, of {1}, with {2} in memory.', count, size, resident);
  return part({ title, summary: maps.complete ? summary : l10n.t('{0} There are more.', summary), blocks });
}

function groupsTable(groups: readonly MapGroup[]): TableBlock {
  const columns = [
    code(column('path', l10n.t('Mapped'))),
    ...sizeColumns(),
    column('maps', l10n.t('Maps'), 'number'),
    ...hiddenColumns(),
  ];
  const rows = groups.map((group): readonly Cell[] => [
    group.deleted
      ? { text: l10n.t('{0} (deleted)', visibleLine(group.path)), status: 'info' }
      : visibleLine(group.path),
    ...sizeCells(group),
    group.maps,
    ...hiddenCells(group),
  ]);
  const keys = groups.map((group) => `${group.path}${group.deleted ? ' (deleted)' : ''}`);
  return { ...table('maps', null, columns, rows, keys), sort: { column: 'resident', direction: 'descending' } };
}

function mapsTable(list: MemoryMaps['list']): TableBlock {
  const columns = [
    code(column('address', l10n.t('Address'))),
    code(column('permissions', l10n.t('Permissions'))),
    code(column('path', l10n.t('Mapped'))),
    ...sizeColumns(),
    ...hiddenColumns(),
    hidden(code(column('offset', l10n.t('Offset')))),
    hidden(column('device', l10n.t('Device number'))),
    hidden(column('inode', l10n.t('Inode'))),
    hidden(column('page', l10n.t('Page size'), 'bytes')),
    hidden(code(column('flags', l10n.t('Flags'), undefined, l10n.t('VmFlags of proc_pid_smaps(5)')))),
  ];
  const rows = list.map((map): readonly Cell[] => [
    `${map.start}-${map.end}`,
    map.permissions,
    visibleLine(map.path),
    ...sizeCells(map),
    ...hiddenCells(map),
    map.offset,
    map.device,
    map.inode,
    map.pageBytes,
    map.flags.join(' '),
  ]);
  return table(
    'maps',
    null,
    columns,
    rows,
    list.map((map) => map.start),
  );
}

type Sizes = MemoryMaps['sum'];

function sizeColumns(): readonly Column[] {
  return [
    column('resident', l10n.t('Resident'), 'bytes'),
    column('proportional', l10n.t('PSS'), 'bytes', l10n.t('Shared pages divided by those who share them')),
    column('size', l10n.t('Size'), 'bytes', l10n.t('Of the address space')),
    column('privateDirty', l10n.t('Private dirty'), 'bytes'),
    column('swap', l10n.t('Swap'), 'bytes'),
  ];
}

function sizeCells(sizes: Sizes): readonly Cell[] {
  const { residentBytes, proportionalBytes, sizeBytes, privateDirtyBytes, swapBytes } = sizes;
  return [residentBytes, proportionalBytes, sizeBytes, privateDirtyBytes, swapBytes];
}

function hiddenColumns(): readonly Column[] {
  return [
    hidden(column('privateClean', l10n.t('Private clean'), 'bytes')),
    hidden(column('sharedClean', l10n.t('Shared clean'), 'bytes')),
    hidden(column('sharedDirty', l10n.t('Shared dirty'), 'bytes')),
    hidden(column('referenced', l10n.t('Referenced'), 'bytes')),
    hidden(column('anonymous', l10n.t('Anonymous'), 'bytes')),
    hidden(column('locked', l10n.t('Locked'), 'bytes')),
    hidden(column('huge', l10n.t('Huge pages'), 'bytes')),
  ];
}

function hiddenCells(sizes: Sizes): readonly Cell[] {
  return [
    sizes.privateCleanBytes,
    sizes.sharedCleanBytes,
    sizes.sharedDirtyBytes,
    sizes.referencedBytes,
    sizes.anonymousBytes,
    sizes.lockedBytes,
    sizes.hugeBytes + sizes.sharedHugetlbBytes + sizes.privateHugetlbBytes,
  ];
}
