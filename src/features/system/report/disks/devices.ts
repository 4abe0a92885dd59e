import * as l10n from '@vscode/l10n';
import type { Cell, Column, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { DiskDevice, DisksResult } from '../../core/disks/schema';
import { barCell, column, hidden, markedCell, table } from '../table';

/** Partitions and volumes below the disk that they are on. */
export function devicesTable({ devices, findings }: DisksResult): TableBlock {
  const sorted = inTreeOrder(devices);
  const index = new Map(sorted.map(({ name }, at) => [name, at]));
  const rows = sorted.map((one): readonly Cell[] => {
    const slow = findings.some(({ kind, subject }) => kind === 'slow' && subject === one.name);
    return [...mainCells(one, slow), ...moreCells(one)];
  });
  return {
    ...table(
      'devices',
      l10n.t('Devices'),
      [...mainColumns(), ...moreColumns()],
      rows,
      sorted.map(({ name }) => name),
    ),
    parents: sorted.map(({ parent }) => (parent === null ? null : (index.get(parent) ?? null))),
  };
}

function inTreeOrder(devices: readonly DiskDevice[]): readonly DiskDevice[] {
  const names = new Set(devices.map(({ name }) => name));
  const below = (parent: string | null, depth: number): readonly DiskDevice[] =>
    depth > devices.length
      ? []
      : devices
          .filter((one) => (one.parent !== null && names.has(one.parent) ? one.parent : null) === parent)
          .flatMap((one) => [one, ...below(one.name, depth + 1)]);
  return below(null, 0);
}

function mainColumns(): readonly Column[] {
  const awaitText = l10n.t('Mean time of a request, from its queueing to its end');
  return [
    column('device', l10n.t('Device')),
    column('size', l10n.t('Size'), 'bytes'),
    column('busy', '%util', 'percent', l10n.t('Share of time with at least one request under way')),
    column('reads', 'r/s', 'perSecond', l10n.t('Reads completed a second')),
    column('read', 'rkB/s', 'bytesPerSecond', l10n.t('Bytes read a second')),
    column('rAwait', 'r_await', 'milliseconds', awaitText),
    column('writes', 'w/s', 'perSecond', l10n.t('Writes completed a second')),
    column('written', 'wkB/s', 'bytesPerSecond', l10n.t('Bytes written a second')),
    column('wAwait', 'w_await', 'milliseconds', awaitText),
    column('queue', 'aqu-sz', 'number', l10n.t('Mean number of requests queued or under way')),
    column('mounts', l10n.t('Mounted on')),
    column('kind', l10n.t('Kind')),
    column('note', l10n.t('Note')),
  ];
}

function mainCells(one: DiskDevice, slow: boolean): readonly Cell[] {
  const level = slow ? 'warning' : 'ok';
  return [
    one.alias === null ? one.name : `${one.name} (${visibleLine(one.alias)})`,
    one.sizeBytes,
    barCell(one.utilisationPercent),
    one.read.perSecond,
    one.read.bytesPerSecond,
    markedCell(one.read.awaitMs, level),
    one.write.perSecond,
    one.write.bytesPerSecond,
    markedCell(one.write.awaitMs, level),
    one.queueLength,
    one.mounts.map(visibleLine).join(l10n.t(', ')) || null,
    kindText(one),
    noteOf(one),
  ];
}

function moreColumns(): readonly Column[] {
  const merged = l10n.t('Requests merged before they were queued');
  const size = l10n.t('Mean size of a request');
  return [
    column('rrqm', 'rrqm/s', 'perSecond', merged),
    column('rrqm%', '%rrqm', 'percent', merged),
    column('rareq', 'rareq-sz', 'bytes', size),
    column('wrqm', 'wrqm/s', 'perSecond', merged),
    column('wrqm%', '%wrqm', 'percent', merged),
    column('wareq', 'wareq-sz', 'bytes', size),
    column('discards', 'd/s', 'perSecond', l10n.t('Discards completed a second')),
    column('discarded', 'dkB/s', 'bytesPerSecond', l10n.t('Bytes discarded a second')),
    column('drqm', 'drqm/s', 'perSecond', merged),
    column('drqm%', '%drqm', 'percent', merged),
    column('dAwait', 'd_await', 'milliseconds'),
    column('dareq', 'dareq-sz', 'bytes', size),
    column('flushes', 'f/s', 'perSecond', l10n.t('Flushes completed a second')),
    column('fAwait', 'f_await', 'milliseconds'),
    column('inFlight', l10n.t('Under way'), 'number'),
    column('readTotal', l10n.t('Read in all'), 'bytes'),
    column('writtenTotal', l10n.t('Written in all'), 'bytes'),
    column('model', l10n.t('Model')),
    column('scheduler', l10n.t('Scheduler')),
    column('madeOf', l10n.t('Made of')),
    column('number', l10n.t('Device number')),
  ].map(hidden);
}

function moreCells({ read, write, discard, flush, ...one }: DiskDevice): readonly Cell[] {
  return [
    read.mergedPerSecond,
    read.mergedPercent,
    read.requestBytes,
    write.mergedPerSecond,
    write.mergedPercent,
    write.requestBytes,
    discard?.perSecond ?? null,
    discard?.bytesPerSecond ?? null,
    discard?.mergedPerSecond ?? null,
    discard?.mergedPercent ?? null,
    discard?.awaitMs ?? null,
    discard?.requestBytes ?? null,
    flush?.perSecond ?? null,
    flush?.awaitMs ?? null,
    one.inFlight,
    one.totals.readBytes,
    one.totals.writtenBytes,
    one.model,
    one.scheduler,
    one.madeOf.join(l10n.t(', ')) || null,
    one.device,
  ];
}

function kindText({ kind, rotational, raid }: DiskDevice): string {
  switch (kind) {
    case 'partition':
      return l10n.t('partition');
    case 'md':
      return raid?.level ?? l10n.t('software RAID');
    case 'dm':
      return l10n.t('volume');
    case 'loop':
      return l10n.t('loop device');
    case 'zram':
      return l10n.t('compressed memory');
    case 'optical':
      return l10n.t('optical drive');
    case 'disk':
    case 'other':
      return rotational === null ? l10n.t('disk') : rotational ? l10n.t('rotating disk') : l10n.t('solid state');
  }
}

function noteOf({ raid, backingFile, readOnly }: DiskDevice): Cell {
  if ((raid?.missing ?? 0) > 0) return { text: l10n.t('members missing: {0}', raid?.missing ?? 0), status: 'error' };
  if (raid?.sync != null)
    return raid.syncPercent === null ? raid.sync : l10n.t('{0} at {1}%', raid.sync, raid.syncPercent);
  if (backingFile !== null) return visibleLine(backingFile);
  return readOnly === true ? l10n.t('read-only') : null;
}
