import type { Target } from '../../core/control/act';
import type { ControlAction, Scope } from '../../core/control/schema';
import type { Scene } from '../../core/control/subject';

/** What was found out for a plan. */
export interface PlanFacts {
  readonly action: ControlAction;
  readonly scope: Scope;
  readonly scene: Scene;
  /** The process itself first. */
  readonly members: readonly Target[];
  /** For what sends signals. */
  readonly signalNumber?: number;
  /** Present and new value, and what is to be known about it; one line each. */
  readonly lines: readonly string[];
}
