import * as l10n from '@vscode/l10n';
import type { Machine } from '../../../../machine/machine';
import { attemptOf, type Control } from './act';
import { ioniceArguments, ioPriorityText, parseIonice, type IoPriority } from './ioPriority';
import { runProgram } from './program';
import type { ControlResult } from './schema';
import { setValue } from './setValue';
import type { Scene } from './subject';

/** ioprio_get(2) by ionice(1); null when it prints something unknown. Throws ExpectedError, 'not-found' without it. */
export async function readIoPriority(machine: Machine, pid: number, signal: AbortSignal): Promise<IoPriority | null> {
  return parseIonice(await runProgram(machine, ['ionice', '-p', String(pid)], signal));
}

export function setIoPriority(control: Control, scene: Scene, wanted: IoPriority): Promise<ControlResult> {
  const { machine, signal } = control;
  const order = { action: 'ionice', scope: 'process', asked: ioPriorityText(wanted) } as const;
  return setValue(control, scene, order, async ({ pid }) => {
    const before = await readIoPriority(machine, pid, signal);
    await runProgram(machine, ['ionice', ...ioniceArguments(pid, wanted)], signal);
    const after = await readIoPriority(machine, pid, signal);
    const changed = after !== null && ioPriorityText(after) !== ioPriorityText(wanted);
    return {
      ...attemptOf('done', changed ? l10n.t('The kernel made it {0}.', ioPriorityText(after)) : null),
      before: before === null ? null : ioPriorityText(before),
      after: after === null ? null : ioPriorityText(after),
    };
  });
}
