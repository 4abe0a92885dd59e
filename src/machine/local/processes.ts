import * as l10n from '@vscode/l10n';
import * as os from 'node:os';
import { ExpectedError, throwIfCancelled } from '../../lib/errors';
import type { MachineProcesses } from '../machine';
import { describeErrno, errnoOf } from './errors';

/** MachineProcesses by Node's own calls. What libuv knows as a signal works on Windows too. */
export const localProcesses: MachineProcesses = {
  async signal(pid, signalNumber, signal) {
    throwIfCancelled(signal);
    // kill(2) takes 0 for the caller's own group and -1 for every process there is: neither is ever meant.
    if (!Number.isInteger(pid) || pid === 0 || pid === -1) throw noTarget(pid);
    if (!Number.isInteger(signalNumber) || signalNumber < 0) throw noSignal(pid, signalNumber);
    try {
      process.kill(pid, signalNumber);
    } catch (error) {
      throw signalError(pid, signalNumber, error);
    }
    return Promise.resolve();
  },
  async setNice(pid, nice, signal) {
    throwIfCancelled(signal);
    // To setpriority(2) 0 is the caller itself.
    if (!Number.isInteger(pid) || pid <= 0) throw noTarget(pid);
    if (!Number.isInteger(nice) || nice < -20 || nice > 19) throw noNice(pid, nice);
    try {
      os.setPriority(pid, nice);
    } catch (error) {
      throw niceError(pid, nice, error);
    }
    return Promise.resolve();
  },
};

function noTarget(pid: number): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t('{0} is not the number of a process on this machine. Give a process id from the process list.', pid),
  );
}

function noSignal(pid: number, signalNumber: number): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t(
      'Process {0} on this machine was not sent signal {1}: there is no such signal. Choose one of 1 to 64.',
      pid,
      signalNumber,
    ),
  );
}

function noNice(pid: number, nice: number): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t(
      'The nice value of process {0} on this machine cannot be {1}. Choose one from -20 (first served) to 19.',
      pid,
      nice,
    ),
  );
}

function signalError(pid: number, signalNumber: number, error: unknown): unknown {
  const errno = systemErrno(error);
  if (errno === undefined) return error;
  const cause = { cause: error };
  switch (errno) {
    case 'ESRCH':
      return hasEnded(pid, cause);
    case 'EPERM':
    case 'EACCES':
      return new ExpectedError(
        'denied',
        l10n.t(
          'Process {0} on this machine may not be sent signal {1}: it belongs to another user or has more rights. Do it as that user or as root.',
          pid,
          signalNumber,
        ),
        cause,
      );
    case 'EINVAL':
    case 'ENOSYS':
      return noSignal(pid, signalNumber);
    default:
      return new ExpectedError(
        'failed',
        l10n.t(
          'Process {0} on this machine could not be sent signal {1}: {2}. Look at its state in the process list.',
          pid,
          signalNumber,
          describeErrno(errno),
        ),
        cause,
      );
  }
}

function niceError(pid: number, nice: number, error: unknown): unknown {
  const errno = systemErrno(error);
  if (errno === undefined) return error;
  const cause = { cause: error };
  switch (errno) {
    case 'ESRCH':
      return hasEnded(pid, cause);
    // setpriority(2): EPERM for another user's process, EACCES for a lower value without the right to it.
    case 'EPERM':
    case 'EACCES':
      return new ExpectedError(
        'denied',
        l10n.t(
          'The nice value of process {0} on this machine may not be set to {1}. Only root may lower it or change that of another user’s process.',
          pid,
          nice,
        ),
        cause,
      );
    case 'EINVAL':
      return noNice(pid, nice);
    default:
      return new ExpectedError(
        'failed',
        l10n.t(
          'The nice value of process {0} on this machine could not be set: {1}. Look at its state in the process list.',
          pid,
          describeErrno(errno),
        ),
        cause,
      );
  }
}

function hasEnded(pid: number, cause: ErrorOptions): ExpectedError {
  return new ExpectedError(
    'missing',
    l10n.t('Process {0} on this machine does not exist, or has ended. Refresh the process list.', pid),
    cause,
  );
}

/** process.kill has the errno's name as its code, os.setPriority within `info`. */
function systemErrno(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'info' in error) return errnoOf(error.info);
  return errnoOf(error);
}
