import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, Status, TableBlock } from '../../../report/model';
import type { SyncResult } from '../core/plan/schema';
import { leftTable } from './plan';
import { actionText, doneText, pathText, placeText, planText, shortPlaceText, undoneText } from './planWords';
import { bytesText, grouped } from './words';

/** How far it is, or how it ended, and what was not done. */
export function syncReport(result: SyncResult): Report {
  return {
    title: titleOf(result),
    verdict: syncVerdict(result),
    status: statusOf(result),
    blocks: [{ kind: 'facts', items: factsOf(result) }, ...tablesOf(result)],
    ...(undoOf(result) === null ? {} : { actions: [undoAction(result)] }),
  };
}

function titleOf({ task, places: { left, right } }: SyncResult): string {
  const names = [left, right].filter((place) => place !== null).map(shortPlaceText);
  const what = names.join(' ↔ ');
  if (task === 'undo') return l10n.t('Undo: {0}', what);
  return task === 'patch' ? l10n.t('Patch: {0}', what) : l10n.t('Synchronization: {0}', what);
}

/** One sentence, also for the journal. */
export function syncVerdict(result: SyncResult): string {
  const { state, total, failedCount } = result;
  const done = textOf(result);
  switch (state) {
    case 'working':
      return (
        l10n.t('So far: {0}.', done) + (result.task === 'undo' ? '' : ` ${l10n.t('Planned: {0}.', planText(total))}`)
      );
    case 'cancelled':
      return l10n.t('Cancelled. Until then, and kept: {0}.', done);
    case 'stopped':
      return l10n.t('Stopped: {0} Until then: {1}.', result.stopReason ?? '', done);
    case 'done':
      return failedCount > 0
        ? l10n.t('{0}; {1} could not be done.', capital(done), grouped(failedCount))
        : l10n.t('{0}.', capital(done));
  }
}

function textOf({ task, done }: SyncResult): string {
  const text = task === 'undo' ? undoneText(done) : doneText(done);
  return text === '' ? l10n.t('nothing was changed') : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function statusOf({ state, failedCount, left }: SyncResult): Status {
  if (state === 'working') return 'info';
  if (state === 'stopped') return 'error';
  if (failedCount > 0) return 'error';
  return state === 'cancelled' || left.some(({ kind }) => kind === 'conflict') ? 'warning' : 'ok';
}

export interface UndoableChange {
  readonly what: string;
  readonly undo: { readonly tool: string; readonly input: { readonly backup: string } } | null;
}

/** For the journal: all of it is one change with one way back. */
export function syncChanges(result: SyncResult): readonly [UndoableChange] {
  const what = syncVerdict(result).replace(/[.。]$/, '');
  return [{ what: `${titleOf(result)}: ${what}`, undo: undoOf(result) }];
}

function undoOf({ task, backup }: SyncResult): UndoableChange['undo'] {
  return task === 'undo' || backup === null ? null : { tool: 'compare.undo', input: { backup: backup.id } };
}

function undoAction({ backup }: SyncResult): NonNullable<Report['actions']>[number] {
  return { kind: 'tool', label: l10n.t('Undo…'), tool: 'compare.undo', input: { backup: backup?.id } };
}

function factsOf({
  task,
  places: { left, right },
  backup,
  kept,
  elapsedMs,
  current,
  done,
  total,
}: SyncResult): readonly Fact[] {
  return [
    ...(left === null ? [] : [{ label: l10n.t('Left'), value: placeText(left), code: true }]),
    ...(right === null
      ? []
      : [{ label: left === null ? l10n.t('Folder') : l10n.t('Right'), value: placeText(right), code: true }]),
    {
      label: task === 'undo' ? l10n.t('Restored') : l10n.t('Copied'),
      value: { value: done.bytes, fraction: fractionOf(done.bytes, total.bytes) },
      unit: 'bytes',
    },
    ...(backup === null ? [] : [backupFact(backup)]),
    ...(kept === null ? [] : [keptFact(kept)]),
    { label: l10n.t('Time Taken'), value: elapsedMs / 1_000, unit: 'seconds' },
    ...(current.length === 0
      ? []
      : [{ label: l10n.t('Under Way'), value: current.map(pathText).join('\n'), code: true }]),
  ];
}

function fractionOf(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}

function backupFact({ id, files, bytes, folders }: NonNullable<SyncResult['backup']>): Fact {
  const note =
    files === 0
      ? l10n.t('nothing had to be kept')
      : l10n.t('files: {0} ({1}), in {2}', grouped(files), bytesText(bytes), folders.map(placeText).join(', '));
  return { label: l10n.t('Backup'), value: id, note, code: true };
}

function keptFact({ backups, bytes, emptied, emptiedBytes }: NonNullable<SyncResult['kept']>): Fact {
  const all = l10n.t('backups: {0}', grouped(backups));
  const gone = l10n.t('emptied by age or size: {0} ({1})', grouped(emptied), bytesText(emptiedBytes));
  const note = emptied === 0 ? all : l10n.t('{0}; {1}', all, gone);
  return { label: l10n.t('Kept in All'), value: bytes, unit: 'bytes', note };
}

function tablesOf(result: SyncResult): readonly Block[] {
  const { failed, left, leftCount, steps } = result;
  return [
    ...(failed.length === 0 ? [] : [failedTable(result)]),
    ...(left.length === 0 ? [] : [leftTable('left', l10n.t('Left Alone'), left, leftCount)]),
    ...(steps.length === 0 ? [] : [stepTable(result)]),
  ];
}

function failedTable({ failed, failedCount }: SyncResult): TableBlock {
  return {
    kind: 'table',
    id: 'failed',
    title: l10n.t('{0} ({1})', l10n.t('Not Done'), grouped(failedCount)),
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'side', title: l10n.t('Side') },
      { id: 'reason', title: l10n.t('Reason') },
    ],
    rows: failed.map(({ path, to, reason }) => [
      pathText(path),
      to === 'left' ? l10n.t('Left') : l10n.t('Right'),
      { text: reason, status: 'error' },
    ]),
  };
}

function stepTable({ steps, task }: SyncResult): TableBlock {
  return {
    kind: 'table',
    id: 'steps',
    title: l10n.t('{0} ({1})', l10n.t('Done'), grouped(steps.length)),
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'action', title: l10n.t('What') },
      { id: 'size', title: l10n.t('Size'), unit: 'bytes' },
    ],
    rows: steps.map((step) => [
      pathText(step.path),
      task === 'sync' ? actionText(step) : plainAction(step.action, task),
      step.sizeBytes,
    ]),
  };
}

function plainAction(action: SyncResult['steps'][number]['action'], task: 'patch' | 'undo'): string {
  switch (action) {
    case 'delete':
      return task === 'undo' ? l10n.t('removed') : l10n.t('deleted');
    case 'change':
      return l10n.t('mode or time');
    case 'folder':
      return task === 'undo' ? l10n.t('folder restored') : l10n.t('folder made');
    case 'copy':
    case 'link':
      return task === 'undo' ? l10n.t('restored') : l10n.t('written');
  }
}
