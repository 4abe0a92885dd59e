import type { Control } from './core/control/act';
import { setAffinity } from './core/control/affinity';
import { Band } from './core/control/band';
import { identityOf, readAllowedScene, type Intent } from './core/control/guard';
import {
  affinityInput,
  ioniceInput,
  limitInput,
  niceInput,
  signalInput,
  suspendInput,
  terminateInput,
  type AffinityInput,
  type IoniceInput,
  type LimitInput,
  type NiceInput,
  type SignalInput,
  type SuspendInput,
  type TerminateInput,
} from './core/control/inputs';
import { readIoPriority, setIoPriority } from './core/control/ionice';
import { ioPriority, ioPriorityText } from './core/control/ioPriority';
import { readLimits, setLimit, wantedLimits } from './core/control/limit';
import { setNice } from './core/control/nice';
import { controlResult, type ControlAction, type ControlResult, type Scope } from './core/control/schema';
import { sendSignal } from './core/control/send';
import type { Scene } from './core/control/subject';
import { terminate } from './core/control/terminate';
import { SYSTEM_CLOCK } from './core/clock';
import { parseSignal, SIGCONT, signalEffect, SIGSTOP, SIGTERM } from './core/kernel/signals';
import { report } from './report/control';
import { changesOf } from './report/control/changes';
import { planText } from './report/control/plan';
import {
  affinityLines,
  limitLines,
  niceLines,
  stateLines,
  terminateLines,
  valueLine,
} from './report/control/valueLines';
import { signalLine } from './report/control/warnings';
import type { ChangeTool, Plan, RunContext } from '../../tool/tool';
import type { ZodType } from 'zod';

/** A process, as the inputs of all these tools name it. */
interface ProcessInput {
  readonly pid: number;
  readonly startTicks?: number | undefined;
}

/** What differs between the tools of control. */
interface Verb<Input extends ProcessInput> {
  readonly action: ControlAction;
  readonly input: ZodType<Input>;
  intent(input: Input): Intent;
  scope(input: Input): Scope;
  signalNumber?(input: Input): number;
  /** Present and new value; throws ExpectedError when it cannot be set. */
  lines(scene: Scene, input: Input, context: RunContext): readonly string[] | Promise<readonly string[]>;
  run(control: Control, scene: Scene, input: Input): AsyncIterable<ControlResult> | Promise<ControlResult>;
}

/** Plan and run both look at the process anew, and refuse alike. */
function controlTool<Input extends ProcessInput>(verb: Verb<Input>): ChangeTool<Input, ControlResult> {
  const sceneFor = (input: Input, { machine, signal }: RunContext): Promise<Scene> =>
    readAllowedScene(machine, { target: input, intent: verb.intent(input), scope: verb.scope(input) }, signal);
  return {
    input: verb.input,
    result: controlResult,
    async plan(input, context): Promise<Plan<Input>> {
      const scene = await sceneFor(input, context);
      const scope = verb.scope(input);
      const { targets: members } = await Band.gather(scene, scope, context.signal);
      const lines = await verb.lines(scene, input, context);
      const signalNumber = verb.signalNumber?.(input);
      const facts = { action: verb.action, scope, scene, members, lines };
      const text = planText(signalNumber === undefined ? facts : { ...facts, signalNumber });
      return { ...text, input: { ...input, ...identityOf(scene.subject) } };
    },
    async *run(input, context) {
      const scene = await sceneFor(input, context);
      const { machine, signal } = context;
      const outcome = verb.run({ machine, signal, clock: SYSTEM_CLOCK }, scene, input);
      if (outcome instanceof Promise) yield await outcome;
      else yield* outcome;
    },
    changes: changesOf,
    report,
  };
}

const treeOrProcess = ({ tree }: { readonly tree: boolean }): 'tree' | 'process' => (tree ? 'tree' : 'process');
const numberOf = ({ signal }: SignalInput): number => parseSignal(signal) ?? SIGTERM;
const signalScope = ({ tree, group }: SignalInput): Scope => (tree ? 'tree' : group ? 'group' : 'process');

export const signalTool = controlTool<SignalInput>({
  action: 'signal',
  input: signalInput,
  intent: (input) => (['terminate', 'core', 'stop'].includes(signalEffect(numberOf(input))) ? 'end' : 'signal'),
  scope: signalScope,
  signalNumber: numberOf,
  lines: (scene, input) => [signalLine(scene, numberOf(input))],
  run: (control, scene, input) =>
    sendSignal(control, scene, { action: 'signal', scope: signalScope(input), signalNumber: numberOf(input) }),
});

export const terminateTool = controlTool<TerminateInput>({
  action: 'terminate',
  input: terminateInput,
  intent: () => 'end',
  scope: treeOrProcess,
  lines: (scene, { graceSeconds }) => terminateLines(scene, graceSeconds),
  run: (control, scene, input) =>
    terminate(control, scene, { scope: treeOrProcess(input), graceMs: input.graceSeconds * 1_000 }),
});

export const suspendTool = controlTool<SuspendInput>({
  action: 'suspend',
  input: suspendInput,
  intent: () => 'end',
  scope: treeOrProcess,
  lines: (scene) => stateLines(scene, 'suspend'),
  run: (control, scene, input) =>
    sendSignal(control, scene, { action: 'suspend', scope: treeOrProcess(input), signalNumber: SIGSTOP }),
});

export const resumeTool = controlTool<SuspendInput>({
  action: 'resume',
  input: suspendInput,
  intent: () => 'signal',
  scope: treeOrProcess,
  lines: (scene) => stateLines(scene, 'resume'),
  run: (control, scene, input) =>
    sendSignal(control, scene, { action: 'resume', scope: treeOrProcess(input), signalNumber: SIGCONT }),
});

export const niceTool = controlTool<NiceInput>({
  action: 'nice',
  input: niceInput,
  intent: () => 'set',
  scope: () => 'process',
  lines: (scene, { nice }) => niceLines(scene, nice),
  run: (control, scene, { nice }) => setNice(control, scene, nice),
});

export const ioniceTool = controlTool<IoniceInput>({
  action: 'ionice',
  input: ioniceInput,
  intent: () => 'set',
  scope: () => 'process',
  async lines({ subject }, input, { machine, signal }) {
    const before = await readIoPriority(machine, subject.pid, signal);
    const after = ioPriorityText(ioPriority(input.class, input.level));
    return [valueLine('ionice', null, before === null ? null : ioPriorityText(before), after)];
  },
  run: (control, scene, input) => setIoPriority(control, scene, ioPriority(input.class, input.level)),
});

export const affinityTool = controlTool<AffinityInput>({
  action: 'affinity',
  input: affinityInput,
  intent: () => 'set',
  scope: ({ threads }) => (threads ? 'threads' : 'process'),
  lines: (scene, { cpus, threads }) => affinityLines(scene, cpus, threads),
  run: (control, scene, input) => setAffinity(control, scene, input),
});

export const limitTool = controlTool<LimitInput>({
  action: 'limit',
  input: limitInput,
  intent: () => 'set',
  scope: () => 'process',
  async lines(scene, input, { machine, signal }) {
    const before = await readLimits(machine, scene.subject.pid, input.resource, signal);
    return limitLines(scene, input.resource, before, wantedLimits(before, input));
  },
  run: (control, scene, input) => setLimit(control, scene, input),
});
