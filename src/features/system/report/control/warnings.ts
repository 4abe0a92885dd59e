import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../../report/plainText';
import { treeOf } from '../../core/control/family';
import type { Scene } from '../../core/control/subject';
import { maskHas, signalEffect, SIGKILL, SIGSTOP, signalName, SIGTERM } from '../../core/kernel/signals';
import type { PlanFacts } from './planFacts';

/** What may come of it that one does not think of at once; one line each. */
export function warningsOf(facts: PlanFacts): readonly string[] {
  const effect = effectOf(facts);
  return [
    ...(effect === 'ends' ? [...serviceWarning(facts.scene), ...sessionWarning(facts.scene)] : []),
    ...(effect === 'ends' || effect === 'stops' ? [...sshWarning(facts.scene), ...childrenWarning(facts, effect)] : []),
    ...rightsWarning(facts.scene),
  ];
}

/** What the signal means for this process, as far as the kernel tells; one line. */
export function signalLine({ subject }: Scene, signalNumber: number): string {
  const name = `${signalName(signalNumber)} (${signalNumber})`;
  const sure = signalNumber === SIGKILL || signalNumber === SIGSTOP;
  if (!sure && subject.masks !== null) {
    if (maskHas(subject.masks.ignored, signalNumber)) return l10n.t('Signal: {0}, which this process ignores', name);
    if (maskHas(subject.masks.caught, signalNumber)) {
      return l10n.t('Signal: {0}, which this process handles in its own way', name);
    }
  }
  switch (signalEffect(signalNumber)) {
    case 'terminate':
      return l10n.t('Signal: {0}, which ends it', name);
    case 'core':
      return l10n.t('Signal: {0}, which ends it with a core dump where these are on', name);
    case 'stop':
      return l10n.t('Signal: {0}, which stops it until SIGCONT', name);
    case 'continue':
      return l10n.t('Signal: {0}, which lets it go on if it is stopped', name);
    case 'ignore':
      return l10n.t('Signal: {0}, which does nothing to a process that has no handler for it', name);
  }
}

function effectOf({ action, signalNumber = SIGTERM }: PlanFacts): 'ends' | 'stops' | 'changes' {
  if (action === 'terminate') return 'ends';
  if (action === 'suspend') return 'stops';
  if (action !== 'signal') return 'changes';
  const effect = signalEffect(signalNumber);
  return effect === 'terminate' || effect === 'core' ? 'ends' : effect === 'stop' ? 'stops' : 'changes';
}

/** Only what systemd itself has started is started again by it. */
function serviceWarning({ subject, table }: Scene): readonly string[] {
  const { unit, path } = subject.groups;
  if (unit === null || !unit.endsWith('.service')) return [];
  const name = visibleLine(unit);
  if (table.get(subject.stat.parentPid)?.name !== 'systemd') {
    return [l10n.t('It belongs to the systemd service {0}.', name)];
  }
  // Below the manager of a user stands what that one has started.
  const ofUser = path !== null && /\/user@[^/]*\/./.test(path);
  const command = ofUser ? `systemctl --user stop ${name}` : `systemctl stop ${name}`;
  return [l10n.t('It is the systemd service {0}, which may be started again; to stop it for good: {1}', name, command)];
}

function sessionWarning({ subject }: Scene): readonly string[] {
  const { sessionId, terminal } = subject.stat;
  if (sessionId !== subject.pid || terminal === 0) return [];
  return [l10n.t('It leads the session of its terminal: what runs there gets SIGHUP, and mostly ends too.')];
}

function sshWarning({ subject }: Scene): readonly string[] {
  return /^sshd(?![a-z])/.test(subject.name)
    ? [l10n.t('It serves SSH: connections through it break, perhaps your own.')]
    : [];
}

function childrenWarning({ scope, scene }: PlanFacts, effect: 'ends' | 'stops'): readonly string[] {
  if (scope !== 'process') return [];
  const count = treeOf(scene.table, scene.subject.stat).length - 1;
  if (count === 0) return [];
  return effect === 'ends'
    ? [l10n.t('Its descendants ({0}) are not ended with it.', count)]
    : [l10n.t('Its descendants ({0}) are not stopped with it.', count)];
}

function rightsWarning({ ownUid, subject }: Scene): readonly string[] {
  if (ownUid === null || ownUid === 0 || subject.uid === null || ownUid === subject.uid) return [];
  return [l10n.t('It belongs to {0}: without the rights of root this will be denied.', visibleLine(subject.user))];
}
