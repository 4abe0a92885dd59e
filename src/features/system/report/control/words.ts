import * as l10n from '@vscode/l10n';
import type { Status } from '../../../../report/model';
import type { ControlAction, Outcome, Scope } from '../../core/control/schema';
import { PROCESS_STATES } from '../../core/processes/schema';
import { stateText, whom } from '../processWords';

/** `others`: how many belong to it besides the process itself. */
export function whomAll(name: string, pid: number, scope: Scope, others: number): string {
  const one = whom(name, pid);
  if (others === 0 || scope === 'process' || scope === 'threads') return one;
  if (scope === 'tree') {
    return others === 1 ? l10n.t('{0} and its descendant', one) : l10n.t('{0} and its {1} descendants', one, others);
  }
  return others === 1
    ? l10n.t('{0} and the other one of its process group', one)
    : l10n.t('{0} and the {1} others of its process group', one, others);
}

export function outcomeText(outcome: Outcome): string {
  switch (outcome) {
    case 'done':
      return l10n.t('Done');
    case 'ended':
      return l10n.t('Ended');
    case 'killed':
      return l10n.t('Killed');
    case 'waiting':
      return l10n.t('Still there');
    case 'refused':
      return l10n.t('Refused');
    case 'denied':
      return l10n.t('Denied');
    case 'missing':
      return l10n.t('Had ended before');
    case 'failed':
      return l10n.t('Failed');
  }
}

export function outcomeStatus(outcome: Outcome): Status {
  switch (outcome) {
    case 'done':
    case 'ended':
      return 'ok';
    case 'killed':
    case 'missing':
      return 'info';
    case 'waiting':
      return 'warning';
    case 'refused':
    case 'denied':
    case 'failed':
      return 'error';
  }
}

/** What an action changes, as a label before its value. */
export function valueLabel(action: ControlAction, resource: string | null): string {
  switch (action) {
    case 'signal':
    case 'terminate':
    case 'suspend':
    case 'resume':
      return l10n.t('State');
    case 'nice':
      return l10n.t('Nice');
    case 'ionice':
      return l10n.t('I/O class');
    case 'affinity':
      return l10n.t('CPUs');
    case 'limit':
      return l10n.t('Limit {0} (soft:hard)', resource ?? '');
  }
}

/** A value of `before` or `after` for a person: a state in words, anything else as it is. */
export function shownValue(value: string | null): string | null {
  const state = PROCESS_STATES.find((one) => one === value);
  // 'idle' is also an I/O class, and the word for both.
  return state === undefined ? value : stateText(state);
}

/** In title case, as on a button. */
export function actionTitle(action: ControlAction): string {
  switch (action) {
    case 'signal':
      return l10n.t('Send a Signal');
    case 'terminate':
      return l10n.t('Terminate');
    case 'suspend':
      return l10n.t('Suspend');
    case 'resume':
      return l10n.t('Resume');
    case 'nice':
      return l10n.t('Set Nice');
    case 'ionice':
      return l10n.t('Set I/O Priority');
    case 'affinity':
      return l10n.t('Set CPU Affinity');
    case 'limit':
      return l10n.t('Set Limit');
  }
}
