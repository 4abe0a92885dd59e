import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock, TableBlock } from '../../../../report/model';
import { fullestOf } from '../../core/overview/fullest';
import { DISK_KINDS, FILE_SYSTEM_KINDS, levelOf } from '../../core/overview/levels';
import type { SystemOverview } from '../../core/overview/schema/overview';
import type { BlockDevice } from '../../core/overview/schema/storage';
import { section } from './section';
import { barCell, column, markedCell, table } from '../table';
import type { Words } from '../words';

export function fileSystemsSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { fileSystems } = overview;
  if (fileSystems.length === 0) return null;
  const columns = [
    column('mountPoint', l10n.t('Mounted on')),
    column('used%', l10n.t('Used'), 'percent', l10n.t('Used, of used and available, as df shows it')),
    column('available', l10n.t('Available'), 'bytes'),
    column('total', l10n.t('Size'), 'bytes'),
    column('inodes%', l10n.t('Inodes'), 'percent', l10n.t('Files that exist, of those that can')),
    column('type', l10n.t('Type')),
    column('source', l10n.t('Device')),
    column('note', l10n.t('Note')),
  ];
  const rows = fileSystems.map((one): readonly Cell[] => [
    one.mountPoint,
    barCell(one.usedPercent, levelOf(overview, ['fileSystemFull'], one.mountPoint)),
    one.availableBytes,
    one.totalBytes,
    barCell(one.inodesUsedPercent, levelOf(overview, ['inodesFull'], one.mountPoint)),
    one.type,
    one.source,
    markedCell(
      one.unavailable ?? (one.readOnly ? l10n.t('read-only') : null),
      levelOf(overview, ['fileSystemSilent'], one.mountPoint),
    ),
  ]);
  const keys = fileSystems.map((one) => one.mountPoint);
  return section(overview, words, {
    title: l10n.t('File Systems'),
    kinds: FILE_SYSTEM_KINDS,
    quiet: fullestText(overview, words),
    open: true,
    blocks: [table('fileSystems', null, columns, rows, keys)],
  });
}

function fullestText({ fileSystems }: SystemOverview, words: Words): string {
  const fullest = fullestOf(fileSystems);
  if (fullest === null) return l10n.t('The space of none of them is known.');
  const used = words.percent(fullest.usedPercent);
  return l10n.t(
    'The fullest is {0} at {1}, with {2} left.',
    fullest.mountPoint,
    used,
    words.bytes(fullest.availableBytes),
  );
}

export function disksSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { blockDevices } = overview;
  if (blockDevices.length === 0) return null;
  return section(overview, words, {
    title: l10n.t('Block Devices'),
    kinds: DISK_KINDS,
    quiet: busiestText(blockDevices, words),
    blocks: [ratesTable(overview), factsTable(blockDevices)],
  });
}

function ratesTable(overview: SystemOverview): TableBlock {
  const columns = [
    column('device', l10n.t('Device')),
    column('read', l10n.t('Read'), 'bytesPerSecond'),
    column('written', l10n.t('Written'), 'bytesPerSecond'),
    column('reads', l10n.t('Reads'), 'perSecond'),
    column('writes', l10n.t('Writes'), 'perSecond'),
    column('busy', l10n.t('Busy'), 'percent', l10n.t('Share of time with at least one request under way')),
    column('await', l10n.t('Await'), 'milliseconds', l10n.t('Mean time of a request, from its queueing to its end')),
    column('queue', l10n.t('Queue'), 'number', l10n.t('Mean number of requests queued or under way')),
  ];
  const rows = overview.blockDevices.map((one): readonly Cell[] => [
    nameOf(one),
    one.readBytesPerSecond,
    one.writtenBytesPerSecond,
    one.readsPerSecond,
    one.writesPerSecond,
    barCell(one.utilisationPercent),
    markedCell(one.awaitMs, levelOf(overview, ['diskSlow'], one.name)),
    one.queueLength,
  ]);
  return table(
    'disks',
    l10n.t('Activity'),
    columns,
    rows,
    overview.blockDevices.map((one) => one.name),
  );
}

function factsTable(devices: readonly BlockDevice[]): TableBlock {
  const columns = [
    column('device', l10n.t('Device')),
    column('size', l10n.t('Size'), 'bytes'),
    column('kind', l10n.t('Kind')),
    column('model', l10n.t('Model')),
    column('madeOf', l10n.t('Made of')),
    column('read', l10n.t('Read in all'), 'bytes'),
    column('written', l10n.t('Written in all'), 'bytes'),
  ];
  const rows = devices.map((one): readonly Cell[] => [
    nameOf(one),
    one.sizeBytes,
    one.rotational === null ? null : one.rotational ? l10n.t('rotating') : l10n.t('solid state'),
    one.model,
    one.madeOf.join(', ') || null,
    one.readBytes,
    one.writtenBytes,
  ]);
  return table(
    'diskFacts',
    l10n.t('Devices'),
    columns,
    rows,
    devices.map((one) => one.name),
  );
}

function nameOf({ name, alias }: BlockDevice): string {
  if (name === '*') return l10n.t('all together');
  return alias === null ? name : `${name} (${alias})`;
}

function busiestText(devices: readonly BlockDevice[], words: Words): string {
  const known = devices.filter((one) => one.utilisationPercent !== null);
  const first = known[0];
  if (first === undefined) return l10n.t('Being measured.');
  const top = known.reduce(
    (most, one) => ((one.utilisationPercent ?? 0) > (most.utilisationPercent ?? 0) ? one : most),
    first,
  );
  const percent = words.percent(top.utilisationPercent);
  return l10n.t('The busiest is {0} at {1}.', nameOf(top), percent);
}
