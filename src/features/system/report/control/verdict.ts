import * as l10n from '@vscode/l10n';
import type { Status } from '../../../../report/model';
import type { ControlResult, ControlRow } from '../../core/control/schema';
import { outcomeStatus, shownValue, valueLabel } from './words';
import { machineName } from '../../core/machineName';
import { whom } from '../processWords';

/** One sentence: what became of it, and what is left. */
export function verdictOf(result: ControlResult): string {
  const [only, ...others] = result.processes;
  if (only === undefined) return l10n.t('Nothing was done.');
  return others.length === 0 ? ofOne(result, only) : ofMany(result);
}

/** An error only when nothing of what was asked came about. */
export function statusOf({ processes, cancelled }: ControlResult): Status {
  const statuses = processes.map(({ outcome }) => outcomeStatus(outcome));
  const bad = statuses.filter((status) => status === 'error').length;
  if (bad > 0) return bad === statuses.length ? 'error' : 'warning';
  if (statuses.length > 0 && processes.every(({ outcome }) => outcome === 'missing')) return 'error';
  return cancelled || statuses.includes('warning') ? 'warning' : 'ok';
}

function ofOne(result: ControlResult, row: ControlRow): string {
  const one = whom(row.name, row.pid);
  const { machine, asked, cancelled } = result;
  switch (row.outcome) {
    case 'ended':
      return l10n.t('{0} on {1} has ended after {2}.', one, machineName(machine), asked);
    case 'killed':
      return l10n.t('{0} on {1} was killed.', one, machineName(machine));
    case 'waiting':
      return cancelled
        ? l10n.t(
            '{0} on {1} was sent {2} and is still there; it was not killed, because the wait was cancelled.',
            one,
            machineName(machine),
            asked,
          )
        : l10n.t('{0} on {1} was sent {2} and is still there.', one, machineName(machine), asked);
    case 'missing':
      return l10n.t('{0} on {1} had ended before anything was done.', one, machineName(machine));
    case 'refused':
      return l10n.t('Nothing was done to {0} on {1}: {2}', one, machineName(machine), row.message ?? '');
    case 'denied':
      return l10n.t('{0} on {1} may not be changed: {2}', one, machineName(machine), row.message ?? '');
    case 'failed':
      return l10n.t('{0} on {1} is as it was or still there: {2}', one, machineName(machine), row.message ?? '');
    case 'done':
      return doneText(result, row, one);
  }
}

function doneText({ machine, asked, action, resource }: ControlResult, row: ControlRow, one: string): string {
  const { message } = row;
  const before = shownValue(row.before);
  const after = shownValue(row.after);
  if (action === 'signal')
    return l10n.t('{0} on {1} was sent {2}; its state is {3}.', one, machineName(machine), asked, after ?? '?');
  const label = valueLabel(action, resource);
  const text =
    before === after
      ? l10n.t('{0} on {1}: {2} stays {3}.', one, machineName(machine), label, after ?? '?')
      : l10n.t(
          '{0} on {1}: {2} changed from {3} to {4}.',
          one,
          machineName(machine),
          label,
          before ?? '?',
          after ?? '?',
        );
  return message === null ? text : `${text} ${message}`;
}

function ofMany({ machine, asked, processes, cancelled, action }: ControlResult): string {
  const parts = [
    counted(processes, 'ended', (count) => l10n.t('{0} ended', count)),
    counted(processes, 'killed', (count) => l10n.t('{0} killed', count)),
    counted(processes, 'done', (count) =>
      action === 'suspend'
        ? l10n.t('{0} stopped', count)
        : action === 'resume'
          ? l10n.t('{0} resumed', count)
          : l10n.t('{0} signalled', count),
    ),
    counted(processes, 'waiting', (count) => l10n.t('{0} still there', count)),
    counted(processes, 'missing', (count) => l10n.t('{0} gone before', count)),
    counted(processes, 'refused', (count) => l10n.t('{0} left alone', count)),
    counted(processes, 'denied', (count) => l10n.t('{0} denied', count)),
    counted(processes, 'failed', (count) => l10n.t('{0} failed', count)),
  ].filter((part) => part !== null);
  const list = parts.join(l10n.t(', '));
  return cancelled
    ? l10n.t('{0} to {1} processes on {2}, then cancelled: {3}.', asked, processes.length, machineName(machine), list)
    : l10n.t('{0} to {1} processes on {2}: {3}.', asked, processes.length, machineName(machine), list);
}

function counted(
  rows: readonly ControlRow[],
  outcome: ControlRow['outcome'],
  text: (count: number) => string,
): string | null {
  const count = rows.filter((row) => row.outcome === outcome).length;
  return count === 0 ? null : text(count);
}
