import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Counts } from '../core/transfer/schema';
import { machineText } from './runWords';

/** '10,000 files, 3 folders and 1 link'. */
export function countsText({ files, folders, links }: Counts): string {
  const parts = [
    ...(files > 0 ? [files === 1 ? l10n.t('one file') : l10n.t('{0} files', grouped(files))] : []),
    ...(folders > 0 ? [folders === 1 ? l10n.t('one folder') : l10n.t('{0} folders', grouped(folders))] : []),
    ...(links > 0 ? [links === 1 ? l10n.t('one link') : l10n.t('{0} links', grouped(links))] : []),
  ];
  return parts.length === 0 ? l10n.t('nothing') : parts.join(l10n.t(', '));
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 1,536 → '1.5 KiB'. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

/** '/srv/site on web01'. */
export function placeText(path: string, machine: string): string {
  return l10n.t('{0} on {1}', shownPath(path), machineText(machine));
}
