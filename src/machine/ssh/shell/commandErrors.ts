import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import type { StartProblem } from './commandScript';

/** Why a program did not start on that host. */
export function problemError(
  problem: StartProblem,
  host: string,
  program: string,
  cwd: string | undefined,
): ExpectedError {
  const name = shownPath(program);
  const folder = shownPath(cwd ?? '');
  switch (problem) {
    case 'no-folder':
      return new ExpectedError(
        'missing',
        l10n.t('The folder {0}, in which {1} is to run, does not exist on {2}.', folder, name, host),
      );
    case 'closed-folder':
      return new ExpectedError(
        'denied',
        l10n.t('The folder {0}, in which {1} is to run, may not be entered on {2}.', folder, name, host),
      );
    case 'missing':
      return new ExpectedError(
        'not-found',
        program.includes('/')
          ? l10n.t('{0} does not exist on {1}. Check the path.', name, host)
          : l10n.t('{0} is not installed on {1}. Install it, or add its folder to PATH.', name, host),
      );
    case 'denied':
      return new ExpectedError(
        'denied',
        l10n.t('{0} may not be run on {1}. Check that it is a program and that this account may run it.', name, host),
      );
  }
}

export function lateCommand(host: string, program: string, deadlineMs: number): ExpectedError {
  const text = l10n.t(
    '{0} had not ended after {1} s on {2} and was stopped. Try again, or allow it more time.',
    shownPath(program),
    deadlineMs / 1_000,
    host,
  );
  return new ExpectedError('timed-out', text);
}

/** When the login shell ended without having run what it was given; `words` is what it said instead. */
export function noShellError(host: string, words: string): ExpectedError {
  const said = words.trim().split('\n').at(-1)?.trim() ?? '';
  return new ExpectedError(
    'unsupported',
    said === ''
      ? l10n.t('{0} runs no programs for this account. Allow the account a POSIX shell.', host)
      : l10n.t('{0} runs no programs for this account: {1}. Allow the account a POSIX shell.', host, shownPath(said)),
  );
}

export function tooManyArguments(host: string, program: string): ExpectedError {
  const text = l10n.t('The arguments for {0} are longer than {1} allows. Use fewer at once.', shownPath(program), host);
  return new ExpectedError('too-large', text);
}
