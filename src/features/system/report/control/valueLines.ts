import * as l10n from '@vscode/l10n';
import { compareLimit, limitsText, type Limits } from '../../core/control/resources';
import type { ControlAction } from '../../core/control/schema';
import type { Scene } from '../../core/control/subject';
import type { LimitName } from '../../core/kernel/limits';
import { maskHas, SIGTERM } from '../../core/kernel/signals';
import { valueLabel } from './words';

/** 'Nice: 0 → 10'. */
export function valueLine(
  action: ControlAction,
  resource: string | null,
  before: string | null,
  after: string,
): string {
  return l10n.t('{0}: {1} → {2}', valueLabel(action, resource), before ?? '?', after);
}

export function terminateLines({ subject }: Scene, graceSeconds: number): readonly string[] {
  const ignores = subject.masks !== null && maskHas(subject.masks.ignored, SIGTERM);
  return [
    l10n.t('SIGTERM first; what is still there after {0} s gets SIGKILL.', graceSeconds),
    ...(ignores ? [l10n.t('It ignores SIGTERM: it will have to be killed.')] : []),
  ];
}

export function stateLines({ subject }: Scene, action: 'suspend' | 'resume'): readonly string[] {
  const stopped = subject.stat.state === 'stopped';
  if (action === 'suspend') return stopped ? [l10n.t('It is stopped already.')] : [];
  return stopped ? [] : [l10n.t('It is not stopped: this changes nothing for it.')];
}

export function niceLines(scene: Scene, nice: number): readonly string[] {
  const before = scene.subject.stat.nice;
  const root = scene.ownUid === 0;
  return [
    valueLine('nice', null, String(before), String(nice)),
    ...(nice < before && !root ? [l10n.t('Only root may lower nice.')] : []),
    ...(nice > before && !root
      ? [l10n.t('Only root can take it back: nice may be raised by its user, not lowered.')]
      : []),
    ...otherThreads(scene),
  ];
}

export function affinityLines(scene: Scene, cpus: string, threads: boolean): readonly string[] {
  return [
    valueLine('affinity', null, scene.subject.allowedCpus, cpus),
    ...(threads ? [l10n.t('All its threads ({0}).', scene.subject.stat.threads)] : otherThreads(scene)),
  ];
}

export function limitLines(scene: Scene, resource: LimitName, before: Limits | null, after: Limits): readonly string[] {
  const order = before === null ? 0 : compareLimit(after.hard || before.hard, before.hard);
  return [
    valueLine('limit', resource, before === null ? null : limitsText(before), limitsText(after)),
    ...(order < 0 ? [l10n.t('Only root can raise a hard limit again: without it this cannot be undone.')] : []),
    ...(order > 0 && scene.ownUid !== 0 ? [l10n.t('Only root (CAP_SYS_RESOURCE) may raise a hard limit.')] : []),
  ];
}

/** The kernel keeps nice and CPUs for each thread; setting them for a pid sets those of its first thread. */
function otherThreads({ subject }: Scene): readonly string[] {
  const others = subject.stat.threads - 1;
  return others <= 0 ? [] : [l10n.t('Its first thread only: the others ({0}) keep what they have.', others)];
}
