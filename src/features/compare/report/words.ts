import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { machineWords } from '../../../machine/fileErrors';
import type { SideResult } from '../core/trees/schema';

/** 12345 → '12,345'. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** '3 files, 1 folder'; what there is none of is left out. */
export function contentsText({ files, folders, others }: Pick<SideResult, 'files' | 'folders' | 'others'>): string {
  const parts = [
    ...(files === 0 ? [] : [files === 1 ? l10n.t('1 file') : l10n.t('{0} files', grouped(files))]),
    ...(folders === 0 ? [] : [folders === 1 ? l10n.t('1 folder') : l10n.t('{0} folders', grouped(folders))]),
    ...(others === 0 ? [] : [others === 1 ? l10n.t('1 other') : l10n.t('{0} others', grouped(others))]),
  ];
  return parts.length === 0 ? l10n.t('nothing') : parts.join(l10n.t(', '));
}

/** '/srv/site on web01'; of this machine only the path. */
export function sideText({ machine, path, source }: Pick<SideResult, 'machine' | 'path' | 'source'>): string {
  const place = machine === 'local' ? shownPath(path) : `${machine}:${shownPath(path)}`;
  return source === 'manifest' ? l10n.t('the manifest {0}', place) : place;
}

/** Path and machine of a side, for a fact. */
export function sideNote({ machine, source, takenAtMs, commit }: SideResult): string {
  const words = machineWords(machine);
  const taken = new Date(takenAtMs ?? 0).toISOString().slice(0, 19).replace('T', ' ');
  switch (source) {
    case 'folder':
      return words;
    case 'archive':
      return l10n.t('an archive on {0}', words);
    case 'manifest':
      return l10n.t('a manifest on {0}, made {1} UTC', words, taken);
    case 'git':
      return l10n.t('commit {0} on {1}, made {2} UTC', (commit ?? '').slice(0, 12), words, taken);
  }
}

/** How a side was listed and read, and what that cost. */
export function wayText({
  listedBy,
  readBy,
  movedBytes,
}: Pick<SideResult, 'listedBy' | 'readBy' | 'movedBytes'>): string {
  const parts: string[] = [];
  if (listedBy === 'threads') parts.push(l10n.t('read by threads on this machine'));
  if (listedBy === 'find') parts.push(l10n.t('listed by find over there'));
  if (listedBy === 'stat') parts.push(l10n.t('listed by find and stat over there'));
  if (listedBy === 'sftp') parts.push(l10n.t('listed by SFTP'));
  if (listedBy === 'git') parts.push(l10n.t('listed by git'));
  if (listedBy === 'archive') parts.push(l10n.t('read without unpacking it'));
  if (listedBy === 'manifest') parts.push(l10n.t('as it was written down'));
  if (readBy === 'program') parts.push(l10n.t('hashed by a program over there'));
  if (readBy === 'git') parts.push(l10n.t('content read by git'));
  if (readBy === 'read') parts.push(l10n.t('content read over the network'));
  if (movedBytes > 0) parts.push(l10n.t('{0} moved over the network', bytesText(movedBytes)));
  return parts.join(l10n.t(', '));
}

/** 1,536 → '1.5 KiB'. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

/** Of two sides 'Left' and 'Right', of more their numbers. */
export function nameOf(sides: readonly unknown[], index: number): string {
  if (sides.length > 2) return l10n.t('Side {0}', index + 1);
  return index === 0 ? l10n.t('Left') : l10n.t('Right');
}
