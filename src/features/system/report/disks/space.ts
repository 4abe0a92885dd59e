import * as l10n from '@vscode/l10n';
import type { Cell, Column, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { DiskFinding, DiskSpace, DisksResult } from '../../core/disks/schema';
import { barCell, code, column, hidden, markedCell, table } from '../table';

export function spaceTable(result: DisksResult): TableBlock {
  const { fileSystems } = result;
  const rows = fileSystems.map((one) => rowOf(one, result));
  const keys = fileSystems.map(({ mountPoint, device }) => `${mountPoint} ${device}`);
  const totals = fileSystems.length > 1 ? [totalRow(result)] : [];
  return {
    ...table(
      'fileSystems',
      l10n.t('File Systems'),
      columns(),
      [...rows, ...totals],
      [...keys, ...totals.map(() => '*')],
    ),
    empty: l10n.t('No file system of this kind is mounted.'),
    menu: {
      actions: [
        { label: l10n.t('Explain Its Space'), tool: 'system.disks' },
        { label: l10n.t('Who Uses It'), tool: 'system.files', input: { mount: true } },
        { label: l10n.t('Deleted Files Still Open'), tool: 'system.files', input: { deleted: true } },
      ],
      inputs: [...fileSystems.map(({ mountPoint }) => ({ path: mountPoint })), ...totals.map(() => null)],
    },
  };
}

function columns(): readonly Column[] {
  return [
    code(column('mountPoint', l10n.t('Mounted on'))),
    column('used%', l10n.t('Used'), 'percent', l10n.t('Used, of used and available, as df shows it')),
    column('available', l10n.t('Available'), 'bytes'),
    column('usedBytes', l10n.t('Used, in bytes'), 'bytes'),
    column('total', l10n.t('Size'), 'bytes'),
    column('inodes%', l10n.t('Inodes'), 'percent', l10n.t('Files that exist, of those that can')),
    column('deleted', l10n.t('Deleted but open'), 'bytes', l10n.t('Comes free when the processes that hold it end')),
    column('growth', l10n.t('Growth'), 'bytesPerSecond', l10n.t('Of used space, since you have been looking')),
    column('full', l10n.t('Full in'), 'seconds', l10n.t('If it goes on growing as steadily as now')),
    column('type', l10n.t('Type')),
    column('source', l10n.t('Device')),
    column('note', l10n.t('Note')),
    hidden(column('reserve', l10n.t('Reserve'), 'bytes', l10n.t('Free, but for root only'))),
    hidden(column('free', l10n.t('Free'), 'bytes', l10n.t('Not used, the reserve included'))),
    hidden(column('inodesTotal', l10n.t('Inodes in all'), 'number')),
    hidden(column('inodesUsed', l10n.t('Inodes used'), 'number')),
    hidden(column('inodesFree', l10n.t('Inodes free'), 'number')),
    hidden(column('options', l10n.t('Options'))),
    hidden(column('root', l10n.t('Folder of it'), undefined, l10n.t('/ unless it is a bind mount or a subvolume'))),
    hidden(column('number', l10n.t('Device number'))),
  ];
}

function rowOf(one: DiskSpace, { findings }: DisksResult): readonly Cell[] {
  const level = (...kinds: readonly DiskFinding['kind'][]) =>
    findings.find(({ kind, subject }) => subject === one.mountPoint && kinds.includes(kind))?.severity ?? 'ok';
  return [
    visibleLine(one.mountPoint),
    barCell(one.usedPercent, level('spaceFull')),
    markedCell(one.availableBytes, level('reserveOnly')),
    one.usedBytes,
    one.totalBytes,
    barCell(one.inodesUsedPercent, level('inodesFull')),
    one.deletedBytes === 0 ? null : one.deletedBytes,
    one.growth?.bytesPerSecond ?? null,
    markedCell(one.growth?.fullInSeconds ?? null, level('fullSoon')),
    one.type,
    visibleLine(one.source),
    markedCell(noteOf(one), level('silent', 'turnedReadOnly')),
    one.reservedBytes,
    one.freeBytes,
    one.inodes,
    one.inodesUsed,
    one.inodesFree,
    visibleLine(one.options.join(',')),
    visibleLine(one.root),
    one.device,
  ];
}

function noteOf(one: DiskSpace): string | null {
  if (one.unavailable !== null) return one.unavailable;
  if (one.turnedReadOnly) return l10n.t('made read-only by the kernel');
  const notes = [
    one.readOnly ? l10n.t('read-only') : null,
    one.hidden ? l10n.t('hidden under a later mount') : null,
    one.again ? l10n.t('stands in another row too') : null,
  ].filter((note) => note !== null);
  return notes.join(l10n.t(', ')) || null;
}

function totalRow({ total }: DisksResult): readonly Cell[] {
  const cells: readonly Cell[] = [
    l10n.t('Total'),
    barCell(total.usedPercent),
    total.availableBytes,
    total.usedBytes,
    total.totalBytes,
  ];
  return columns().map(({ id }, index) =>
    id === 'inodesTotal' ? total.inodes : id === 'inodesUsed' ? total.inodesUsed : (cells[index] ?? null),
  );
}
