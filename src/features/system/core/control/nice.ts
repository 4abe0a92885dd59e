import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { attemptOf, deniedText, type Attempt, type Control } from './act';
import type { ControlResult } from './schema';
import { setValue } from './setValue';
import { readStats, type Scene } from './subject';

/** setpriority(2): of the first thread, as renice(1) does it. */
export function setNice(control: Control, scene: Scene, nice: number): Promise<ControlResult> {
  const { machine, signal } = control;
  const order = { action: 'nice', scope: 'process', asked: String(nice) } as const;
  return setValue(control, scene, order, async (stat) => {
    const before = String(stat.nice);
    try {
      await machine.processes.setNice(stat.pid, nice, signal);
    } catch (error) {
      if (!(error instanceof ExpectedError) || error.code !== 'denied') throw error;
      return { ...attemptOf('denied', niceDeniedText(scene, stat.nice, nice)), before };
    }
    const after = (await readStats(machine, [stat.pid], signal)).get(stat.pid);
    return { ...done(after?.nice, nice), before };
  });
}

function done(after: number | undefined, nice: number): Attempt {
  if (after === undefined) return attemptOf('done', l10n.t('It has ended since.'));
  const message = after === nice ? null : l10n.t('The kernel made it {0}.', after);
  return { ...attemptOf('done', message), after: String(after) };
}

function niceDeniedText({ subject, ownUid }: Scene, before: number, nice: number): string {
  const mine = ownUid !== null && ownUid === subject.uid;
  if (!mine || nice >= before) return deniedText(subject.user);
  return l10n.t('Only root may lower nice, from {0} to {1} here, also where it was raised before.', before, nice);
}
