import { actOn, resultOf, type Attempt, type Control } from './act';
import type { ControlAction, ControlResult, Scope } from './schema';
import type { Scene } from './subject';
import type { ProcessStat } from '../kernel/processStat';

export interface ValueOrder {
  readonly action: ControlAction;
  readonly scope: Scope;
  /** In the form of `before` and `after`. */
  readonly asked: string;
  readonly resource?: string;
}

/** One value of one process: set, and read back by `set` itself. */
export async function setValue(
  control: Control,
  scene: Scene,
  order: ValueOrder,
  set: (stat: ProcessStat) => Promise<Attempt>,
): Promise<ControlResult> {
  const startMs = control.clock.monotonicMs();
  const { pid, startTicks, name, user } = scene.subject;
  const row = await actOn(control, { pid, startTicks, name, user }, set);
  return resultOf(control, startMs, { ...order, pid, processes: [row] });
}
