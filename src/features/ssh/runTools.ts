import * as l10n from '@vscode/l10n';
import { CancelledError, isCancelled } from '../../lib/errors';
import { TerminalScreen } from '../../report/terminalText';
import type { Change, ChangeTool, Plan, RunContext } from '../../tool/tool';
import { readEnvironment } from './core/run/environment';
import { runInput, type RunInput } from './core/run/inputs';
import { launchOf } from './core/run/launch';
import { runProgram } from './core/run/live';
import { runResult, type RunResult } from './core/run/schema';
import { report } from './report/run';
import { runPlanText } from './report/runPlan';
import { machineText, subjectText } from './report/runWords';

const USER_DEADLINE_MS = 10_000;

/** Runs a program or a script on the machine, with its output as it is written. */
export const runTool: ChangeTool<RunInput, RunResult> = {
  input: runInput,
  result: runResult,
  plan: async (input, context): Promise<Plan<RunInput>> => {
    const { machine } = context;
    const launch = launchOf(input);
    const isScript = input.script !== undefined && input.script.trim() !== '';
    const text = runPlanText({
      command: launch.command,
      script: isScript ? (input.script ?? '') : null,
      machine: machine.name,
      platform: machine.platform,
      user: await userOf(context),
      become: input.become,
      becomeUser: input.becomeUser,
      cwd: input.cwd ?? null,
      variables: Object.keys(readEnvironment(input.env ?? '')),
      stdinLength: (input.stdin ?? '').length,
      terminal: launch.terminal !== undefined,
      timeoutSeconds: input.timeoutSeconds ?? null,
    });
    return { ...text, input };
  },
  run: (input, { machine, signal, live, secrets, person }) =>
    runProgram({ machine, input, signal, secrets, person, newScreen: () => new TerminalScreen() }, live),
  changes: (result): readonly Change[] => [
    {
      what: l10n.t('{0} on {1}: {2}', subjectText(result), machineText(result.machine), endText(result)),
      undo: null,
    },
  ],
  report,
};

/** What the journal says of the end. */
function endText({ state, exitCode, signal }: RunResult): string {
  if (state === 'timed-out') return l10n.t('timed out');
  if (state === 'cancelled') return l10n.t('cancelled');
  if (state === 'running') return l10n.t('running');
  return signal === null ? l10n.t('exit code {0}', exitCode ?? '?') : l10n.t('ended by the signal {0}', signal);
}

/** null where there is nobody to ask: the plan is shown all the same. */
async function userOf({ machine, signal }: RunContext): Promise<string | null> {
  const command = machine.platform === 'win32' ? ['whoami'] : ['id', '-un'];
  try {
    const { exitCode, stdout } = await machine.exec(command, { signal, deadlineMs: USER_DEADLINE_MS, maxBytes: 4_096 });
    const name = new TextDecoder().decode(stdout).trim();
    return exitCode === 0 && name !== '' ? name : null;
  } catch (error) {
    if (isCancelled(error)) throw new CancelledError('cancelled');
    return null;
  }
}
