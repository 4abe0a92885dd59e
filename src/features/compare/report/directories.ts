import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, Status } from '../../../report/model';
import type { DirectoriesResult, SideResult } from '../core/trees/schema';
import { shownPath } from '../../../lib/bytePath';
import { differenceTables } from './differences';
import { contentsText, bytesText, grouped, nameOf, sideNote, sideText, wayText } from './words';

/** What is not the same, and how that was found out. */
export function directoriesReport(result: DirectoriesResult): Report {
  return {
    title: titleOf(result.sides),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [{ kind: 'facts', items: factsOf(result) }, ...differenceTables(result), ...closureBlock(result)],
  };
}

function titleOf(sides: readonly SideResult[]): string {
  const [left, right] = sides;
  return sides.length > 2 || left === undefined || right === undefined
    ? l10n.t('Comparison of {0} Folders', sides.length)
    : l10n.t('{0} ↔ {1}', sideText(left), sideText(right));
}

/** One sentence. */
export function verdictOf(result: DirectoriesResult): string {
  const { state, sides, counts } = result;
  const found = findingsText(result);
  const stopped = sides.find(({ stopReason }) => stopReason !== null)?.stopReason ?? '';
  switch (state) {
    case 'comparing':
      return found === '' ? l10n.t('No difference so far.') : l10n.t('So far: {0}.', found);
    case 'cancelled':
      return l10n.t('Cancelled. Until then: {0}.', found === '' ? l10n.t('no difference') : found);
    case 'stopped':
      return l10n.t(
        'Not all could be compared: {0} Until then: {1}.',
        stopped,
        found === '' ? l10n.t('no difference') : found,
      );
    case 'done': {
      if (found !== '') return l10n.t('The folders differ: {0}; {1} the same.', found, grouped(counts.same));
      return sameText(result);
    }
  }
}

function sameText({ counts, contentBy, mode, commonFolders }: DirectoriesResult): string {
  const files = grouped(counts.same);
  const folders = grouped(commonFolders);
  if (mode === 'size') return l10n.t('No difference in names and sizes: {0} files in {1} folders.', files, folders);
  if (mode === 'shallow')
    return l10n.t('No difference in kinds, sizes and times: {0} files in {1} folders.', files, folders);
  return contentBy === 'bytes'
    ? l10n.t('The folders are the same, byte by byte: {0} files in {1} folders.', files, folders)
    : l10n.t('The folders are the same by SHA-256: {0} files in {1} folders.', files, folders);
}

/** '3 differ, 2 only left'; '' for nothing. */
function findingsText({ counts }: DirectoriesResult): string {
  const parts = [
    ...(counts.differs > 0 ? [l10n.t('{0} differ', grouped(counts.differs))] : []),
    ...(counts.outlier > 0 ? [l10n.t('{0} are not the same everywhere', grouped(counts.outlier))] : []),
    ...(counts.metadata > 0 ? [l10n.t('{0} differ in metadata', grouped(counts.metadata))] : []),
    ...(counts.leftOnly > 0 ? [l10n.t('{0} only left', grouped(counts.leftOnly))] : []),
    ...(counts.rightOnly > 0 ? [l10n.t('{0} only right', grouped(counts.rightOnly))] : []),
    ...(counts.moved > 0 ? [l10n.t('{0} moved', grouped(counts.moved))] : []),
    ...(counts.kind > 0 ? [l10n.t('{0} cannot be compared by kind', grouped(counts.kind))] : []),
    ...(counts.error > 0 ? [l10n.t('{0} could not be read', grouped(counts.error))] : []),
  ];
  return parts.join(l10n.t(', '));
}

function statusOf(result: DirectoriesResult): Status {
  if (result.state === 'comparing') return 'info';
  if (result.state === 'stopped') return 'error';
  // What the user has stopped is no failure, whatever it had found.
  if (result.state === 'cancelled') return 'warning';
  return findingsText(result) === '' ? 'ok' : 'error';
}

function factsOf(result: DirectoriesResult): readonly Fact[] {
  const { sides, counts, elapsedMs, ignored, commonFolders } = result;
  return [
    ...sides.flatMap((side, index) => sideFacts(side, nameOf(sides, index))),
    { label: l10n.t('Compared'), value: comparedText(result) },
    {
      label: l10n.t('The Same'),
      value: counts.same,
      unit: 'number',
      note: l10n.t('in {0} common folders', grouped(commonFolders)),
    },
    ...(ignored.length === 0
      ? []
      : [{ label: l10n.t('Left Out'), value: ignored.map(shownPath).join(', '), code: true }]),
    { label: l10n.t('Time Taken'), value: elapsedMs / 1_000, unit: 'seconds' },
  ];
}

function sideFacts(side: SideResult, label: string): readonly Fact[] {
  const { stopReason, readBytes, xattrs } = side;
  const read = readBytes > 0 ? [l10n.t('{0} read', bytesText(readBytes))] : [];
  const way = [contentsText(side), wayText(side), ...read].filter((text) => text !== '').join(l10n.t('; '));
  return [
    { label, value: shownPath(side.path), note: sideNote(side), code: true },
    { label: l10n.t('{0}: Read', label), value: way },
    ...(xattrs === null ? [] : [{ label: l10n.t('{0}: Left Out', label), value: xattrs }]),
    ...(stopReason === null
      ? []
      : [{ label: l10n.t('{0}: Stopped', label), value: { text: stopReason, status: 'error' as const } }]),
  ];
}

function comparedText({ mode, contentBy }: DirectoriesResult): string {
  switch (mode) {
    case 'size':
      return l10n.t('by size');
    case 'shallow':
      return contentBy === 'bytes'
        ? l10n.t('by kind, size and time; what differs in time only, byte by byte')
        : l10n.t('by kind, size and time; what differs in time only, by SHA-256');
    case 'deep':
    case 'hash':
      return contentBy === 'bytes' ? l10n.t('byte by byte') : l10n.t('by SHA-256');
  }
}

function closureBlock({ closure }: DirectoriesResult): readonly Block[] {
  if (closure === null) return [];
  return [{ kind: 'text', title: l10n.t('Report of filecmp'), text: closure, style: 'code' }];
}
