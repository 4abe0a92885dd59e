import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { nameOf } from '../../../machine/treePaths';
import type { Block, Fact, Report, Status, TableBlock } from '../../../report/model';
import type { TransferResult, TransferRow } from '../core/transfer/schema';
import { durationText, machineText } from './runWords';
import { countsText, grouped, placeText, sizeText } from './transferWords';

/** How far it is, or how it ended, and what was not copied. */
export function transferReport(result: TransferResult): Report {
  return {
    title: titleOf(result),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [{ kind: 'facts', items: factsOf(result) }, ...tablesOf(result)],
  };
}

function titleOf({ direction, sourceMachine, targetMachine, moves }: TransferResult): string {
  const [from, to] = [machineText(sourceMachine), machineText(targetMachine)];
  if (direction === 'upload') return l10n.t('Upload to {0}', to);
  if (direction === 'download') return l10n.t('Download from {0}', from);
  return moves ? l10n.t('Move from {0} to {1}', from, to) : l10n.t('Copy from {0} to {1}', from, to);
}

/** One sentence, also for the journal. */
export function verdictOf(result: TransferResult): string {
  const { state, done, total, failedCount } = result;
  const there = placeText(result.to, result.targetMachine);
  const what = `${countsText(done)} (${sizeText(done.bytes)})`;
  switch (state) {
    case 'looking':
      return l10n.t('What is to be copied is looked for in {0}.', placeText(result.from, result.sourceMachine));
    case 'copying':
      return l10n.t(
        'Copied to {2} so far: {0} of {1}.',
        what,
        `${countsText(total)} (${sizeText(total.bytes)})`,
        there,
      );
    case 'deleting':
      return l10n.t('All of it is at {0}; the original is being deleted.', there);
    case 'cancelled':
      return l10n.t('Cancelled. Copied to {1} before, and kept there: {0}.', what, there) + endText(result);
    case 'stopped':
      return l10n.t('Stopped after {0} to {1}: {2}', what, there, result.stopReason ?? '') + endText(result);
    case 'done':
      if (failedCount > 0) {
        const text = l10n.t('Copied to {1}: {0}; {2} could not be copied.', what, there, grouped(failedCount));
        return text + endText(result);
      }
      return isMoved(result)
        ? l10n.t('Moved to {1} in {2}: {0}.', what, there, durationText(result.elapsedMs))
        : l10n.t('Copied to {1} in {2}: {0}.', what, there, durationText(result.elapsedMs)) + originalText(result);
  }
}

function endText(result: TransferResult): string {
  return partsText(result) + originalText(result);
}

function isMoved({ moves, state, deletedCount, undeletedCount }: TransferResult): boolean {
  return moves && state === 'done' && deletedCount > 0 && undeletedCount === 0;
}

/** What has become of what was to be moved. */
function originalText({ moves, deletedCount, undeletedCount, sourceMachine }: TransferResult): string {
  if (!moves) return '';
  const machine = machineText(sourceMachine);
  if (deletedCount + undeletedCount === 0) return ` ${l10n.t('Nothing was deleted on {0}.', machine)}`;
  const [gone, left] = [grouped(deletedCount), grouped(undeletedCount)];
  return ` ${l10n.t('All of it is there; on {0}, {1} were deleted and {2} could not be.', machine, gone, left)}`;
}

/** What stays of files that were not finished. */
function partsText({ keptParts, stopReason }: TransferResult): string {
  if (keptParts > 0) {
    return ` ${l10n.t('Parts of {0} large files are kept there; a run with “resume” goes on with them.', keptParts)}`;
  }
  return stopReason === null ? '' : ` ${l10n.t('No part of an unfinished file was kept.')}`;
}

function statusOf(result: TransferResult): Status {
  const { state, failedCount, moves } = result;
  if (state === 'looking' || state === 'copying' || state === 'deleting') return 'info';
  if (state === 'stopped') return 'error';
  if (state === 'cancelled') return 'warning';
  if (failedCount > 0) return 'error';
  return moves && !isMoved(result) ? 'warning' : 'ok';
}

function factsOf(result: TransferResult): readonly Fact[] {
  const { total, done, elapsedMs, bytesPerSecond, current, resumedFiles, verify } = result;
  const fraction = total.bytes === 0 ? 1 : Math.min(1, done.bytes / total.bytes);
  return [
    { label: l10n.t('From'), value: shownPath(result.from), note: machineText(result.sourceMachine), code: true },
    { label: l10n.t('To'), value: shownPath(result.to), note: machineText(result.targetMachine), code: true },
    { label: l10n.t('Copied'), value: { value: done.bytes, fraction }, unit: 'bytes', note: countsText(done) },
    { label: l10n.t('Altogether'), value: total.bytes, unit: 'bytes', note: countsText(total) },
    ...(bytesPerSecond === null
      ? []
      : [{ label: l10n.t('Rate'), value: bytesPerSecond, unit: 'bytesPerSecond' as const }]),
    { label: l10n.t('Time Taken'), value: elapsedMs / 1_000, unit: 'seconds' },
    { label: l10n.t('Verified'), value: result.verifiedFiles, unit: 'number', note: verifyNote(verify) },
    ...(resumedFiles === 0 ? [] : [resumedFact(result)]),
    ...(current.length === 0
      ? []
      : [{ label: l10n.t('Under Way'), value: current.map(shownPath).join('\n'), code: true }]),
  ];
}

function resumedFact({ resumedFiles, resumedBytes }: TransferResult): Fact {
  const note = l10n.t('{0} files went on from what was there', grouped(resumedFiles));
  return { label: l10n.t('Not Sent Again'), value: resumedBytes, unit: 'bytes', note };
}

function verifyNote(verify: TransferResult['verify']): string {
  if (verify === 'hash') return l10n.t('by SHA-256 of both sides');
  return verify === 'size' ? l10n.t('by size') : l10n.t('not wanted');
}

function tablesOf(result: TransferResult): readonly Block[] {
  const { failed, failedCount, undeleted, undeletedCount, skipped, skippedCount, copied, done } = result;
  return [
    ...(failedCount === 0 ? [] : [rowTable('failed', titled(l10n.t('Not Copied'), failed, failedCount), failed)]),
    ...(undeletedCount === 0
      ? []
      : [rowTable('undeleted', titled(l10n.t('Not Deleted'), undeleted, undeletedCount), undeleted)]),
    ...(skippedCount === 0 ? [] : [rowTable('skipped', titled(l10n.t('Left Out'), skipped, skippedCount), skipped)]),
    ...(copied.length === 0 ? [] : [copiedTable(result, titled(l10n.t('Files'), copied, done.files))]),
  ];
}

function titled(title: string, rows: readonly unknown[], count: number): string {
  return rows.length < count
    ? l10n.t('{0} (the first {1} of {2})', title, grouped(rows.length), grouped(count))
    : title;
}

function rowTable(id: string, title: string, rows: readonly TransferRow[]): TableBlock {
  return {
    kind: 'table',
    id,
    title,
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'reason', title: l10n.t('Reason') },
    ],
    rows: rows.map(({ path, reason }) => [shownPath(path === '' ? '.' : path), reason]),
    sort: { column: 'path', direction: 'ascending' },
  };
}

function copiedTable({ copied, to }: TransferResult, title: string): TableBlock {
  return {
    kind: 'table',
    id: 'copied',
    title,
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'size', title: l10n.t('Size'), unit: 'bytes' },
    ],
    rows: copied.map(({ path, sizeBytes }) => [shownPath(path === '' ? nameOf(to) : path), sizeBytes]),
    sort: { column: 'path', direction: 'ascending' },
  };
}
