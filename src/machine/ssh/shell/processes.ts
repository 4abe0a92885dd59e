import * as l10n from '@vscode/l10n';
import { ExpectedError, throwIfCancelled } from '../../../lib/errors';
import type { MachineProcesses } from '../../machine';
import { errnoAtEnd } from './complaints';

const NOT_FOUND = 127;

/** Runs a script in a shell that is there already; both outputs are one. */
export type RunScript = (script: string, signal: AbortSignal) => Promise<ScriptResult>;

export interface ScriptResult {
  readonly exitCode: number;
  /** As lib/bytePath.ts has names. */
  readonly output: string;
}

/** MachineProcesses by kill(1) and renice(1). */
export function remoteProcesses(run: RunScript, host: string): MachineProcesses {
  return {
    async signal(pid, signalNumber, signal) {
      throwIfCancelled(signal);
      // kill(2) takes 0 for the caller's own group and -1 for every process there is: neither is ever meant.
      if (!Number.isInteger(pid) || pid === 0 || pid === -1) throw noTarget(pid, host);
      if (!Number.isInteger(signalNumber) || signalNumber < 0) throw noSignal(pid, signalNumber, host);
      const { exitCode, output } = await run(`kill -${signalNumber} ${pid}`, signal);
      if (exitCode !== 0) throw signalError(pid, signalNumber, host, output);
    },
    async setNice(pid, nice, signal) {
      throwIfCancelled(signal);
      if (!Number.isInteger(pid) || pid <= 0) throw noTarget(pid, host);
      if (!Number.isInteger(nice) || nice < -20 || nice > 19) throw noNice(pid, nice, host);
      // Without -n, which is the value itself with some and what is added with others.
      const { exitCode, output } = await run(`renice ${nice} -p ${pid}`, signal);
      if (exitCode === NOT_FOUND) throw noRenice(host);
      if (exitCode !== 0) throw niceError(pid, nice, host, output);
    },
  };
}

function signalError(pid: number, signalNumber: number, host: string, output: string): ExpectedError {
  switch (errnoOf(output)) {
    case 'ESRCH':
      return hasEnded(pid, host);
    case 'EPERM':
    case 'EACCES':
      return new ExpectedError(
        'denied',
        l10n.t(
          'Process {0} on {1} may not be sent signal {2}: it belongs to another user or has more rights. Do it as that user or as root.',
          pid,
          host,
          signalNumber,
        ),
      );
    case 'EINVAL':
      return noSignal(pid, signalNumber, host);
    default:
      if (/signal/.test(output) && /invalid|bad|unknown|illegal/i.test(output))
        return noSignal(pid, signalNumber, host);
      return new ExpectedError(
        'failed',
        l10n.t('Process {0} on {1} could not be sent signal {2}: {3}', pid, host, signalNumber, lastLine(output)),
      );
  }
}

function niceError(pid: number, nice: number, host: string, output: string): ExpectedError {
  switch (errnoOf(output)) {
    case 'ESRCH':
      return hasEnded(pid, host);
    case 'EPERM':
    case 'EACCES':
      return new ExpectedError(
        'denied',
        l10n.t(
          'The nice value of process {0} on {1} may not be set to {2}. Only root may lower it or change that of another user’s process.',
          pid,
          host,
          nice,
        ),
      );
    default:
      return new ExpectedError(
        'failed',
        l10n.t('The nice value of process {0} on {1} could not be set: {2}', pid, host, lastLine(output)),
      );
  }
}

/** ksh and zsh write it small. */
function errnoOf(output: string): string | undefined {
  if (/no such process/i.test(output)) return 'ESRCH';
  if (/not permitted|permission denied/i.test(output)) return 'EPERM';
  return errnoAtEnd(output);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

function hasEnded(pid: number, host: string): ExpectedError {
  return new ExpectedError(
    'missing',
    l10n.t('Process {0} on {1} does not exist, or has ended. Refresh the process list.', pid, host),
  );
}

function noTarget(pid: number, host: string): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t('{0} is not the number of a process on {1}. Give a process id from the process list.', pid, host),
  );
}

function noSignal(pid: number, signalNumber: number, host: string): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t(
      'Process {0} on {1} was not sent signal {2}: there is no such signal. Choose one of 1 to 64.',
      pid,
      host,
      signalNumber,
    ),
  );
}

function noNice(pid: number, nice: number, host: string): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t(
      'The nice value of process {0} on {1} cannot be {2}. Choose one from -20 (first served) to 19.',
      pid,
      host,
      nice,
    ),
  );
}

function noRenice(host: string): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t('renice is not installed on {0}. Install it, or add its folder to PATH.', host),
  );
}
