import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { DeletedFile, FilesResult } from '../../core/files/schema';
import { code, column, hidden, hideEmptyColumns, table } from '../table';
import { processMenu } from './uses';
import { whom } from '../processWords';

/** Those on disks first: whoever looks for them wants the space. */
export function deletedTable(result: FilesResult): TableBlock {
  const deleted = [...result.deleted].sort(
    (one, other) => Number(other.medium === 'disk') - Number(one.medium === 'disk'),
  );
  const columns = [
    column('size', l10n.t('Size'), 'bytes', l10n.t('Of the file, counted once however many hold it')),
    column('holders', l10n.t('Held by')),
    code(column('path', l10n.t('Path'))),
    column('where', l10n.t('Where')),
    column('fileSystem', l10n.t('Mounted on')),
    column('descriptors', l10n.t('Held as'), undefined, l10n.t('Numbers of descriptors, map: mapped, exe: program')),
    hidden(column('inode', l10n.t('Inode'))),
    hidden(column('device', l10n.t('Device'))),
  ];
  const rows = deleted.map((file): readonly Cell[] => [
    file.sizeBytes,
    file.holders.map(({ name, pid }) => whom(name, pid)).join(l10n.t(', ')),
    visibleLine(file.path),
    whereText(file),
    file.mountPoint === null ? null : visibleLine(file.mountPoint),
    file.holders.map(({ how }) => how.join(' ')).join(l10n.t(', ')),
    file.inode,
    file.device,
  ]);
  const keys = deleted.map((file) => `${file.device} ${file.inode} ${file.path}`);
  const first = deleted.map(({ holders }) => holders[0]);
  const menu = processMenu(first.map((holder) => holder ?? { pid: 0, startTicks: 0 }));
  return {
    ...hideEmptyColumns(table('deleted', l10n.t('Deleted Files Still Open'), columns, rows, keys), ['fileSystem']),
    empty: l10n.t('None.'),
    menu: { ...menu, inputs: menu.inputs.map((input, index) => (first[index] === undefined ? null : input)) },
  };
}

function whereText({ medium }: DeletedFile): string {
  switch (medium) {
    case 'disk':
      return l10n.t('disk');
    case 'tmpfs':
      return l10n.t('memory (tmpfs)');
    case 'memory':
      return l10n.t('shared memory');
  }
}
