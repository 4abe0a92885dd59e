import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, Status } from '../../../report/model';
import type { RunResult } from '../core/run/schema';
import { durationText, machineText, programName, scriptLines, subjectText } from './runWords';

/** What a program did, in a sentence, and what it wrote. */
export function report(result: RunResult): Report {
  return {
    title: l10n.t('{0} on {1}', subjectText(result), machineText(result.machine)),
    verdict: verdictOf(result),
    status: statusOf(result),
    blocks: [{ kind: 'facts', items: factsOf(result) }, ...outputsOf(result), ...scriptOf(result)],
  };
}

function verdictOf(result: RunResult): string {
  const name = programName(result);
  const machine = machineText(result.machine);
  const time = durationText(result.elapsedMs);
  switch (result.state) {
    case 'running':
      return l10n.t('{0} runs on {1}.', name, machine);
    case 'cancelled':
      return l10n.t('{0} was cancelled after {1} on {2}.', name, time, machine);
    case 'timed-out':
      return l10n.t('{0} did not end within {1} on {2} and was ended.', name, time, machine);
    case 'ended':
      return result.signal === null
        ? l10n.t('{0} ended with {1} after {2} on {3}.', name, result.exitCode ?? '?', time, machine)
        : l10n.t('{0} was ended by the signal {1} after {2} on {3}.', name, result.signal, time, machine);
  }
}

function statusOf({ state, exitCode }: RunResult): Status {
  if (state === 'running') return 'info';
  if (state === 'cancelled') return 'warning';
  return state === 'ended' && exitCode === 0 ? 'ok' : 'error';
}

function factsOf(result: RunResult): readonly Fact[] {
  const { exitCode, signal, become, becomeUser, cwd, terminal } = result;
  const asked = result.terminal && result.stderrBytes === 0;
  return [
    { label: l10n.t('Command'), value: subjectText(result), code: result.script === null },
    ...(exitCode === null ? [] : [exitFact(exitCode)]),
    ...(signal === null ? [] : [{ label: l10n.t('Signal'), value: signal, code: true }]),
    { label: l10n.t('Time Taken'), value: result.elapsedMs / 1_000, unit: 'seconds' as const },
    { label: l10n.t('Started'), value: result.startedMs, unit: 'time' as const },
    { label: l10n.t('Output'), value: result.stdoutBytes, unit: 'bytes' as const },
    ...(asked ? [] : [{ label: l10n.t('Errors'), value: result.stderrBytes, unit: 'bytes' as const }]),
    { label: l10n.t('Lines'), value: result.lines, unit: 'number' as const },
    ...(becomeUser === null ? [] : [{ label: l10n.t('As User'), value: becomeUser, code: true, note: become }]),
    ...(cwd === null ? [] : [{ label: l10n.t('Working Folder'), value: cwd, code: true }]),
    ...(terminal
      ? [{ label: l10n.t('Terminal'), value: l10n.t('yes'), note: l10n.t('output and errors are one') }]
      : []),
  ];
}

function exitFact(exitCode: number): Fact {
  const note = exitMeaning(exitCode);
  return {
    label: l10n.t('Exit Code'),
    value: { value: exitCode, status: exitCode === 0 ? 'ok' : 'error' },
    unit: 'plain',
    ...(note === '' ? {} : { note }),
  };
}

/** What shells and env(1) mean by some of them (POSIX.1-2024, XCU 2.8.2). */
function exitMeaning(exitCode: number): string {
  if (exitCode === 126) return l10n.t('it was found but could not be run');
  if (exitCode === 127) return l10n.t('the program was not found');
  return exitCode > 128 && exitCode < 160 ? l10n.t('ended by the signal {0}, as shells tell it', exitCode - 128) : '';
}

function outputsOf(result: RunResult): readonly Block[] {
  const { stdout, stderr, state } = result;
  const empty = state === 'running' ? l10n.t('Nothing was written yet.') : l10n.t('Nothing was written.');
  const output: Block = { kind: 'terminal', title: l10n.t('Output'), text: stdout, empty };
  return stderr === '' ? [output] : [output, { kind: 'terminal', title: l10n.t('Errors'), text: stderr }];
}

function scriptOf({ script }: RunResult): readonly Block[] {
  if (script === null) return [];
  const { length } = scriptLines(script);
  const text: Block = { kind: 'text', style: 'code', text: script };
  return [
    { kind: 'section', title: l10n.t('Script'), summary: l10n.t('{0} lines', length), collapsed: true, blocks: [text] },
  ];
}
