import * as l10n from '@vscode/l10n';
import type { Action, Block, Cell, Report, RowMenu } from '../../../report/model';
import type { ControlAction, ControlResult, ControlRow } from '../core/control/schema';
import { changesOf } from './control/changes';
import { statusOf, verdictOf } from './control/verdict';
import { actionTitle, outcomeStatus, outcomeText, shownValue, valueLabel } from './control/words';
import { column, markedCell, table } from './table';
import { whom } from './processWords';

/** What became of each process, and the way back. */
export function report(result: ControlResult): Report {
  const [root] = result.processes;
  return {
    title: root === undefined ? actionTitle(result.action) : titleOf(result.action, whom(root.name, root.pid)),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [processesTable(result), ...notes(result)],
    actions: actionsOf(result),
  };
}

function processesTable(result: ControlResult): Block {
  const label = valueLabel(result.action, result.resource);
  const columns = [
    column('name', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('outcome', l10n.t('Outcome')),
    column('before', l10n.t('{0} Before', label)),
    column('after', l10n.t('{0} After', label)),
    column('message', l10n.t('Note')),
  ];
  const { processes } = result;
  const keys = processes.map((row) => `${row.pid}:${row.startTicks}`);
  return { ...table('processes', null, columns, processes.map(cellsOf), keys), menu: menuOf(processes) };
}

function cellsOf(row: ControlRow): readonly Cell[] {
  const outcome = markedCell(outcomeText(row.outcome), outcomeStatus(row.outcome));
  return [row.name, row.pid, row.user, outcome, shownValue(row.before), shownValue(row.after), row.message];
}

function menuOf(rows: readonly ControlRow[]): RowMenu {
  return {
    actions: [{ label: l10n.t('Show the Process'), tool: 'system.process' }],
    inputs: rows.map((row) => (isThere(row) ? { pid: row.pid, startTicks: row.startTicks } : null)),
  };
}

function isThere({ outcome }: ControlRow): boolean {
  return outcome !== 'ended' && outcome !== 'killed' && outcome !== 'missing';
}

/** Where other rights would help, and where nothing leads back. */
function notes(result: ControlResult): readonly Block[] {
  const texts = [
    result.processes.some((row) => row.outcome === 'denied')
      ? l10n.t('What was denied can be done by root: run VS Code, or connect to the machine, with an account that may.')
      : null,
    result.processes.some((row) => row.outcome === 'killed' || row.outcome === 'ended')
      ? l10n.t('A process that has ended cannot be brought back: start it again where it was started.')
      : null,
  ];
  return texts.filter((text) => text !== null).map((text) => ({ kind: 'text', style: 'note', text }));
}

function actionsOf(result: ControlResult): readonly Action[] {
  const undos = changesOf(result).flatMap(({ undo }) => undo ?? []);
  const [first] = result.processes;
  return [
    // Of several changes each is in the journal.
    ...(undos.length === 1
      ? undos.map(({ tool, input }): Action => ({ kind: 'tool', label: l10n.t('Undo'), tool, input }))
      : []),
    ...(first !== undefined && isThere(first) ? [showAction(first)] : []),
  ];
}

function showAction({ pid, startTicks }: ControlRow): Action {
  return { kind: 'tool', label: l10n.t('Show the Process'), tool: 'system.process', input: { pid, startTicks } };
}

function titleOf(action: ControlAction, one: string): string {
  return l10n.t('{0}: {1}', actionTitle(action), one);
}
