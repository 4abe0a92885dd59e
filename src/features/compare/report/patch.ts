import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Cell, Report, TableBlock } from '../../../report/model';
import type { PatchedFile, PreviewResult } from '../core/patch/schema';
import type { PlanQuestion } from './plan';
import { pathText, placeText, shortPlaceText } from './planWords';
import { grouped } from './words';

const MOST_NAMES = 12;

/** What a patch would do to the files of a folder, file by file. */
export function patchReport(result: PreviewResult): Report {
  const { patch, place, files } = result;
  const fitting = files.filter(fits);
  return {
    title: l10n.t('Patch {0} on {1}', fileName(patch), shortPlaceText(place)),
    verdict: patchVerdict(files),
    status: fitting.length === files.length ? 'ok' : 'error',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: l10n.t('Patch'), value: patch, code: true },
          { label: l10n.t('Folder'), value: placeText(place), code: true },
          { label: l10n.t('Strip'), value: result.strip, unit: 'number' },
          { label: l10n.t('Fuzz'), value: result.fuzz, unit: 'number' },
          ...(result.reverse ? [{ label: l10n.t('Direction'), value: l10n.t('taken back (reverse)') }] : []),
        ],
      },
      fileTable(files),
    ],
    ...(fitting.length === 0
      ? {}
      : {
          actions: [
            { kind: 'tool' as const, label: l10n.t('Apply…'), tool: 'compare.applyPatch', input: result.input },
          ],
        }),
  };
}

function fileName(patch: string): string {
  return patch.slice(patch.lastIndexOf('/') + 1);
}

function fits({ reason }: PatchedFile): boolean {
  return reason === null;
}

export function patchVerdict(files: readonly PatchedFile[]): string {
  const fitting = files.filter(fits);
  if (files.length === 0) return l10n.t('The patch is empty.');
  if (fitting.length === files.length) {
    const inexact = files.some(({ hunks }) => hunks.some((hunk) => hunk.kind === 'applied' && hunk.fuzz > 0));
    return inexact
      ? l10n.t('The patch fits, with fuzz. Files: {0}.', grouped(files.length))
      : l10n.t('The patch fits. Files: {0}.', grouped(files.length));
  }
  if (files.every(({ reason }) => reason === l10n.t('it is applied already'))) {
    return l10n.t('The patch is applied already.');
  }
  return fitting.length === 0
    ? l10n.t('The patch fits none of its files ({0}).', grouped(files.length))
    : l10n.t('The patch fits {0} of {1} files.', grouped(fitting.length), grouped(files.length));
}

function fileTable(files: readonly PatchedFile[]): TableBlock {
  return {
    kind: 'table',
    id: 'files',
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'action', title: l10n.t('What') },
      { id: 'removed', title: l10n.t('Removed'), unit: 'number' },
      { id: 'added', title: l10n.t('Added'), unit: 'number' },
      { id: 'hunks', title: l10n.t('Hunks') },
      { id: 'reason', title: l10n.t('Verdict') },
    ],
    rows: files.map((file) => [
      nameText(file),
      actionText(file.action),
      file.removed,
      file.added,
      hunksText(file),
      verdictCell(file),
    ]),
  };
}

function nameText({ path, oldPath }: PatchedFile): string {
  return oldPath === null ? pathText(path) : `${shownPath(oldPath)} → ${shownPath(path)}`;
}

function actionText(action: PatchedFile['action']): string {
  switch (action) {
    case 'change':
      return l10n.t('change');
    case 'create':
      return l10n.t('create');
    case 'delete':
      return l10n.t('delete');
    case 'rename':
      return l10n.t('rename');
    case 'copy':
      return l10n.t('copy');
    case 'mode':
      return l10n.t('mode');
  }
}

/** '3, #2 at line 40 (+2), #3 with fuzz 1'. */
function hunksText({ hunks }: PatchedFile): string {
  const odd = hunks.flatMap((hunk, at) => {
    const name = `#${at + 1}`;
    if (hunk.kind === 'rejected') return [l10n.t('{0} does not fit', name)];
    const { line, offset, fuzz } = hunk;
    const moved = offset === 0 ? '' : l10n.t('{0} at line {1} ({2})', name, line, offset > 0 ? `+${offset}` : offset);
    if (fuzz === 0) return moved === '' ? [] : [moved];
    return [l10n.t('{0} with fuzz {1}', moved === '' ? name : moved, fuzz)];
  });
  return [String(hunks.length), ...odd].join(l10n.t(', '));
}

function verdictCell({ reason }: PatchedFile): Cell {
  return reason === null ? { text: l10n.t('fits'), status: 'ok' } : { text: reason, status: 'error' };
}

/** What the person is asked before files are written. */
export function patchQuestion({ patch, place, files }: PreviewResult): PlanQuestion {
  const fitting = files.filter(fits);
  const others = files.filter((file) => !fits(file));
  const line = (file: PatchedFile): string =>
    l10n.t(
      '{0}: {1}',
      actionText(file.action),
      l10n.t('{0} ({1})', nameText(file), l10n.t('hunks: {0}', hunksText(file))),
    );
  return {
    question: l10n.t('Apply {0}? {1}', fileName(patch), patchVerdict(files)),
    details: [
      l10n.t('Folder: {0}', placeText(place)),
      ...fitting.slice(0, MOST_NAMES).map(line),
      ...more(fitting.length),
      ...others
        .slice(0, MOST_NAMES)
        .map((file) => l10n.t('Left alone: {0}', l10n.t('{0}: {1}', nameText(file), file.reason ?? ''))),
      ...more(others.length),
      l10n.t('Undo takes all of it back.'),
    ],
    confirm: l10n.t('Apply'),
  };
}

function more(count: number): readonly string[] {
  return count > MOST_NAMES ? [l10n.t('and {0} more', grouped(count - MOST_NAMES))] : [];
}
