import * as l10n from '@vscode/l10n';
import type { Report, TableBlock } from '../../../report/model';
import { bytesOf } from '../core/backup/bounds';
import type { Backup, BackupsResult } from '../core/backup/inputs';
import { placeText } from './planWords';
import { bytesText, grouped } from './words';

/** What is kept of earlier changes, or what was emptied of it. */
export function backupsReport({ task, backups }: BackupsResult): Report {
  const isList = task === 'list';
  const failed = backups.filter(({ reason }) => reason !== null);
  return {
    title: isList ? l10n.t('Backups of Comparisons') : l10n.t('Emptied Backups'),
    verdict: isList ? listVerdict(backups) : emptiedVerdict(backups),
    status: failed.length > 0 ? 'error' : 'ok',
    blocks: [table(backups, isList)],
  };
}

function listVerdict(backups: readonly Backup[]): string {
  if (backups.length === 0) return l10n.t('Nothing is kept of earlier synchronizations.');
  return l10n.t('Backups kept: {0} ({1}).', grouped(backups.length), bytesText(bytesOf(backups)));
}

export function emptiedVerdict(backups: readonly Backup[]): string {
  const emptied = backups.filter(({ reason }) => reason === null);
  const text = l10n.t('Backups emptied: {0} ({1})', grouped(emptied.length), bytesText(bytesOf(emptied)));
  const failed = backups.length - emptied.length;
  return failed === 0 ? l10n.t('{0}.', text) : l10n.t('{0}; {1} could not be.', text, grouped(failed));
}

function table(backups: readonly Backup[], isList: boolean): TableBlock {
  return {
    kind: 'table',
    id: 'backups',
    columns: [
      { id: 'id', title: l10n.t('Backup'), code: true },
      { id: 'time', title: l10n.t('Made'), unit: 'time' },
      { id: 'changed', title: l10n.t('Changed Folders'), code: true },
      { id: 'files', title: l10n.t('Files'), unit: 'number' },
      { id: 'bytes', title: l10n.t('Size'), unit: 'bytes' },
      { id: 'folders', title: l10n.t('Kept In'), code: true, hidden: true },
      { id: 'reason', title: l10n.t('Remarks') },
    ],
    rows: backups.map(({ id, takenAtMs, changed, files, bytes, folders, reason }) => [
      id,
      takenAtMs === 0 ? null : takenAtMs,
      changed.map(placeText).join(', '),
      files,
      bytes,
      folders.map(placeText).join(', '),
      reason === null ? null : { text: reason, status: 'error' },
    ]),
    rowKeys: backups.map(({ id }) => id),
    empty: l10n.t('No backups.'),
    ...(isList ? { menu: menuOf(backups) } : {}),
  };
}

function menuOf(backups: readonly Backup[]): NonNullable<TableBlock['menu']> {
  return {
    actions: [
      { label: l10n.t('Undo…'), tool: 'compare.undo' },
      { label: l10n.t('Empty…'), tool: 'compare.emptyBackups', group: true },
    ],
    inputs: backups.map(({ id }) => ({ backup: id })),
  };
}
