import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { LimitName } from '../kernel/limits';
import { attemptOf, deniedText, type Control } from './act';
import { runProgram } from './program';
import { compareLimit, exactLimits, limitsText, type Limits } from './resources';
import type { ControlResult } from './schema';
import { setValue } from './setValue';
import { textOf, type Scene } from './subject';

export interface LimitOrder {
  readonly resource: LimitName;
  /** Digits, 'unlimited', or '' to keep it. */
  readonly soft: string;
  readonly hard: string;
}

/** null when /proc does not tell it. */
export async function readLimits(
  machine: Machine,
  pid: number,
  resource: LimitName,
  signal: AbortSignal,
): Promise<Limits | null> {
  const path = `/proc/${pid}/limits`;
  return exactLimits(textOf(await machine.files.readMany([path], { signal }), path), resource);
}

/** What the limits will be. Throws ExpectedError('invalid-input') when they cannot be. */
export function wantedLimits(present: Limits | null, { resource, soft, hard }: LimitOrder): Limits {
  if (soft === '' && hard === '') {
    throw new ExpectedError('invalid-input', l10n.t('Give a new soft or hard limit of {0}.', resource));
  }
  const wanted = { soft: soft || (present?.soft ?? ''), hard: hard || (present?.hard ?? '') };
  if (wanted.soft !== '' && wanted.hard !== '' && compareLimit(wanted.soft, wanted.hard) > 0) {
    throw new ExpectedError(
      'invalid-input',
      l10n.t(
        'The soft limit of {0} cannot be above the hard one: {1} is above {2}.',
        resource,
        wanted.soft,
        wanted.hard,
      ),
    );
  }
  return wanted;
}

/** prlimit(2) by prlimit(1). */
export async function setLimit(control: Control, scene: Scene, order: LimitOrder): Promise<ControlResult> {
  const { machine, signal } = control;
  const { resource } = order;
  const asked = limitsText(order);
  return setValue(control, scene, { action: 'limit', scope: 'process', asked, resource }, async ({ pid }) => {
    const present = await readLimits(machine, pid, resource, signal);
    wantedLimits(present, order);
    const before = present === null ? null : limitsText(present);
    try {
      await runProgram(machine, ['prlimit', '--pid', String(pid), `--${resource}=${asked}`], signal);
    } catch (error) {
      if (!(error instanceof ExpectedError) || error.code !== 'denied') throw error;
      return { ...attemptOf('denied', limitDeniedText(scene, present, order)), before };
    }
    const after = await readLimits(machine, pid, resource, signal);
    return { ...attemptOf('done', null), before, after: after === null ? null : limitsText(after) };
  });
}

function limitDeniedText({ subject, ownUid }: Scene, present: Limits | null, { resource, hard }: LimitOrder): string {
  const raises = present !== null && hard !== '' && compareLimit(hard, present.hard) > 0;
  if (raises && resource === 'nofile') {
    return l10n.t(
      'Only root (CAP_SYS_RESOURCE) may raise a hard limit, and that of open files never above fs.nr_open.',
    );
  }
  const mine = ownUid !== null && ownUid === subject.uid;
  return raises && mine ? l10n.t('Only root (CAP_SYS_RESOURCE) may raise a hard limit.') : deniedText(subject.user);
}
