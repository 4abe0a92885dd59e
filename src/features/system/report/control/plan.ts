import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../../report/format';
import { visibleLine } from '../../../../report/plainText';
import type { ControlAction } from '../../core/control/schema';
import type { Scene, Subject } from '../../core/control/subject';
import { SIGKILL, signalName } from '../../core/kernel/signals';
import type { PlanFacts } from './planFacts';
import { warningsOf } from './warnings';
import { actionTitle, whomAll } from './words';
import { machineName } from '../../core/machineName';
import { commandText } from '../processWords';

/** What a person is asked before anything is changed. */
export interface PlanText {
  readonly question: string;
  readonly details: readonly string[];
  readonly confirm: string;
}

const MOST_SHOWN = 10;
const LONGEST_COMMAND = 200;

export function planText(facts: PlanFacts): PlanText {
  const { scene, action, signalNumber = 0 } = facts;
  const { machine } = scene;
  const whom = whomAll(scene.subject.name, scene.subject.pid, facts.scope, facts.members.length - 1);
  return {
    question: questionOf(action, signalNumber, whom, machine.name),
    details: [...identityLines(scene), ...memberLines(facts), ...facts.lines, ...warningsOf(facts)],
    confirm: confirmOf(action, signalNumber),
  };
}

function questionOf(action: ControlAction, signalNumber: number, whom: string, machine: string): string {
  switch (action) {
    case 'signal':
      return signalNumber === SIGKILL
        ? l10n.t('Kill {0} on {1}?', whom, machineName(machine))
        : l10n.t('Send {0} to {1} on {2}?', signalName(signalNumber), whom, machineName(machine));
    case 'terminate':
      return l10n.t('Terminate {0} on {1}?', whom, machineName(machine));
    case 'suspend':
      return l10n.t('Suspend {0} on {1}?', whom, machineName(machine));
    case 'resume':
      return l10n.t('Resume {0} on {1}?', whom, machineName(machine));
    case 'nice':
      return l10n.t('Set the nice value of {0} on {1}?', whom, machineName(machine));
    case 'ionice':
      return l10n.t('Set the I/O priority of {0} on {1}?', whom, machineName(machine));
    case 'affinity':
      return l10n.t('Set the CPUs of {0} on {1}?', whom, machineName(machine));
    case 'limit':
      return l10n.t('Set a limit of {0} on {1}?', whom, machineName(machine));
  }
}

function confirmOf(action: ControlAction, signalNumber: number): string {
  if (action !== 'signal') return actionTitle(action);
  return signalNumber === SIGKILL ? l10n.t('Kill') : l10n.t('Send {0}', signalName(signalNumber));
}

function identityLines({ machine, subject }: Scene): readonly string[] {
  const command = commandLineText(subject);
  return [
    l10n.t('Process: {0}, PID {1}', visibleLine(subject.name), subject.pid),
    ...(command === '' ? [] : [l10n.t('Command: {0}', command)]),
    l10n.t('User: {0}', visibleLine(subject.user)),
    l10n.t('Started: {0}', timeText(subject.startedAtMs)),
    l10n.t('Machine: {0}', machineName(machine.name)),
  ];
}

function memberLines({ scope, members }: PlanFacts): readonly string[] {
  const others = members.slice(1);
  if (others.length === 0) return [];
  const shown = others
    .slice(0, MOST_SHOWN)
    .map(({ pid, name, user }) => l10n.t('– {0} {1} ({2})', pid, visibleLine(name), visibleLine(user)));
  return [
    scope === 'group'
      ? l10n.t('With it, of the same process group: {0}', others.length)
      : l10n.t('With it, its descendants: {0}, and those that they start meanwhile', others.length),
    ...shown,
    ...(others.length > MOST_SHOWN ? [l10n.t('– {0} more', others.length - MOST_SHOWN)] : []),
  ];
}

function commandLineText({ commandLine }: Subject): string {
  const characters = Array.from(visibleLine(commandText(commandLine) ?? ''));
  const cut = characters.length > LONGEST_COMMAND;
  return cut ? `${characters.slice(0, LONGEST_COMMAND).join('')}…` : characters.join('');
}

function timeText(ms: number | null): string {
  return createFormatter({ locale: 'en' }).cell(ms, 'time');
}
