import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Counts, LeftOut, Place, Step } from '../core/plan/schema';
import { bytesText, grouped, sideText } from './words';

/** '/srv/site on web01' as 'web01:/srv/site'; of this machine only the path. */
export function placeText(place: Place): string {
  return sideText({ ...place, source: 'folder' });
}

/** In few words, for titles: the last name of the path. */
export function shortPlaceText({ machine, path }: Place): string {
  return placeText({ machine, path: path.slice(path.lastIndexOf('/', path.length - 2) + 1) });
}

/** '12 to copy (3.4 MiB), 1 to delete'; '' for nothing. */
export function planText({ files, bytes, folders, links, changes, deletes }: Counts): string {
  return parts([
    [files, () => l10n.t('{0} to copy ({1})', grouped(files), bytesText(bytes))],
    [links, () => l10n.t('links: {0} to make', grouped(links))],
    [folders, () => l10n.t('folders: {0} to make', grouped(folders))],
    [changes, () => l10n.t('{0} to change in mode or time', grouped(changes))],
    [deletes, () => l10n.t('{0} to delete', grouped(deletes))],
  ]);
}

/** '12 copied (3.4 MiB), 1 deleted'; '' for nothing. */
export function doneText({ files, bytes, folders, links, changes, deletes }: Counts): string {
  return parts([
    [files, () => l10n.t('{0} copied ({1})', grouped(files), bytesText(bytes))],
    [links, () => l10n.t('links: {0} made', grouped(links))],
    [folders, () => l10n.t('folders: {0} made', grouped(folders))],
    [changes, () => l10n.t('{0} changed in mode or time', grouped(changes))],
    [deletes, () => l10n.t('{0} deleted', grouped(deletes))],
  ]);
}

/** Of what is taken back: '3 restored (12 KiB), 2 removed'. */
export function undoneText({ files, bytes, folders, changes, deletes }: Counts): string {
  return parts([
    [files, () => l10n.t('{0} restored ({1})', grouped(files), bytesText(bytes))],
    [folders, () => l10n.t('folders: {0} restored', grouped(folders))],
    [changes, () => l10n.t('{0} changed back in mode or time', grouped(changes))],
    [deletes, () => l10n.t('{0} removed', grouped(deletes))],
  ]);
}

function parts(some: readonly (readonly [count: number, text: () => string])[]): string {
  return some
    .filter(([count]) => count > 0)
    .map(([, text]) => text())
    .join(l10n.t(', '));
}

/** 'copy →': to the right. */
export function actionText({ action, to }: Pick<Step, 'action' | 'to'>): string {
  const arrow = to === 'right' ? '→' : '←';
  switch (action) {
    case 'copy':
      return l10n.t('copy {0}', arrow);
    case 'folder':
      return l10n.t('make folder {0}', arrow);
    case 'link':
      return l10n.t('make link {0}', arrow);
    case 'change':
      return l10n.t('mode or time {0}', arrow);
    case 'delete':
      return to === 'right' ? l10n.t('delete right') : l10n.t('delete left');
  }
}

export function whyText({ why, to, source, target, metadata }: Step): string {
  const there = to === 'right' ? l10n.t('the right') : l10n.t('the left');
  switch (why) {
    case 'missing':
      return l10n.t('{0} lacks it', there);
    case 'extra':
      return l10n.t('only {0} has it', there);
    case 'differs':
      return l10n.t('the content differs');
    case 'newer':
      return l10n.t('{0} is older', there);
    case 'kind':
      return l10n.t('{0} has something else of that name', there);
    case 'metadata':
      return metadata.includes('mode')
        ? l10n.t('mode {0} → {1}', modeText(target?.mode), modeText(source?.mode))
        : l10n.t('the time differs');
  }
}

function modeText(mode: number | null | undefined): string {
  return (mode ?? 0).toString(8).padStart(4, '0');
}

export function leftText({ why, reason }: LeftOut): string {
  const text = leftWords(why);
  return reason === null ? text : l10n.t('{0}: {1}', text, reason);
}

function leftWords(why: LeftOut['why']): string {
  switch (why) {
    case 'same-time':
      return l10n.t('the content differs, and neither is newer');
    case 'kind':
      return l10n.t('each side has something else of that name');
    case 'not-read':
      return l10n.t('it could not be read');
    case 'not-older':
      return l10n.t('the one there is not older');
    case 'extra':
      return l10n.t('only the other side lacks it, and nothing is deleted');
    case 'there':
      return l10n.t('something is there already');
    case 'chosen':
      return l10n.t('it was named so');
    case 'metadata':
      return l10n.t('only mode, owner or time differ');
    case 'special':
      return l10n.t('neither a file, nor a folder, nor a link');
    case 'not-empty':
      return l10n.t('something in it stays');
  }
}

/** A name of a row: the folders themselves are '.'. */
export function pathText(path: string): string {
  return shownPath(path === '' ? '.' : path);
}
