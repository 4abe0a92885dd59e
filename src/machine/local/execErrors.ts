import * as l10n from '@vscode/l10n';
import { access } from 'node:fs/promises';
import { ExpectedError, messageOf } from '../../lib/errors';
import { describeErrno, errnoOf } from './errors';

/** Why a program did not start, from what spawn threw or emitted. */
export async function startError(program: string, cwd: string | undefined, error: unknown): Promise<unknown> {
  const cause = { cause: error };
  const errno = errnoOf(error);
  switch (errno) {
    case undefined:
      return error;
    case 'ENOENT':
      // The system names the program also when the folder to start it in is what is missing.
      if (cwd !== undefined && !(await isThere(cwd))) {
        const message = l10n.t('The folder {0}, in which {1} is to run, does not exist on this machine.', cwd, program);
        return new ExpectedError('missing', message, cause);
      }
      return new ExpectedError('not-found', notFoundText(program), cause);
    case 'EACCES':
    case 'EPERM':
      return new ExpectedError(
        'denied',
        l10n.t(
          '{0} may not be run on this machine. Check that it is a program and that this account may run it.',
          program,
        ),
        cause,
      );
    case 'E2BIG':
      return new ExpectedError(
        'too-large',
        l10n.t('The arguments for {0} are longer than this machine allows. Use fewer at once.', program),
        cause,
      );
    case 'ERR_INVALID_ARG_VALUE':
      return new ExpectedError('invalid-input', failedText(program, messageOf(error)), cause);
    default:
      return new ExpectedError('failed', failedText(program, describeErrno(errno)), cause);
  }
}

/** For a program that was ended because it took too long. */
export function lateProcess(program: string, deadlineMs: number): ExpectedError {
  const message = l10n.t(
    '{0} had not ended after {1} s on this machine and was stopped. Try again, or allow it more time.',
    program,
    deadlineMs / 1_000,
  );
  return new ExpectedError('timed-out', message);
}

function notFoundText(program: string): string {
  if (/[\\/]/.test(program)) return l10n.t('{0} does not exist on this machine. Check the path.', program);
  return l10n.t('{0} is not installed on this machine. Install it, or add its folder to PATH.', program);
}

function failedText(program: string, reason: string): string {
  return l10n.t('{0} could not be started on this machine: {1}', program, reason);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
