import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { BecomeMethod } from './become';

/** On which machine, by what, as whom. */
export interface BecomePlace {
  readonly machine: string;
  readonly method: BecomeMethod;
  readonly user: string;
}

const WRONG_PASSWORD =
  /Sorry, try again|incorrect password attempt|no password was provided|Authentication failure|Authentication failed|incorrect password|su: Sorry/i;
const NOT_ALLOWED =
  /is not in the sudoers file|is not allowed to (execute|run)|may not run sudo|doas: Operation not permitted|Permission denied/i;
const WANTS_TERMINAL =
  /must have a tty|a terminal is required|no tty present|a tty is required|must be run from a terminal/i;
const NO_SUCH_USER = /unknown user|user \S+ does not exist|unknown login|no passwd entry|no such user/i;
const TIMED_OUT = /timed out reading password/i;

/** Whether sudo -n says that it could not do without a password. */
export function needsPassword(words: string): boolean {
  return /^sudo: (a password is required|interactive authentication is required)/m.test(words);
}

/** Whether these are the words for a wrong password. The methods run with LANGUAGE=en, so they are English. */
export function isWrongPassword(words: string): boolean {
  return WRONG_PASSWORD.test(words);
}

/** Why the user was not become, or null where the words say nothing of the kind. */
export function refusalOf(words: string, { machine, method, user }: BecomePlace): ExpectedError | null {
  if (TIMED_OUT.test(words)) {
    return new ExpectedError('timed-out', l10n.t('{0} on {1} waited too long for the password.', method, machine));
  }
  if (NO_SUCH_USER.test(words)) {
    return new ExpectedError('not-found', l10n.t('There is no user {0} on {1}.', user, machine));
  }
  if (NOT_ALLOWED.test(words)) {
    const text = l10n.t('{0} on {1} does not allow this as {2}: {3}', method, machine, user, firstLine(words));
    return new ExpectedError('denied', text);
  }
  if (WANTS_TERMINAL.test(words)) {
    const text = l10n.t(
      '{0} on {1} works only with a terminal there (requiretty): run it with a terminal.',
      method,
      machine,
    );
    return new ExpectedError('unsupported', text);
  }
  return null;
}

export function wrongPassword({ machine, method }: BecomePlace, attempts: number): ExpectedError {
  return new ExpectedError(
    'denied',
    l10n.t('{0} on {1} refused the password {2} times; nothing was run.', method, machine, attempts),
  );
}

export function nobodyToAsk({ machine, method }: BecomePlace, owner: string): ExpectedError {
  return new ExpectedError(
    'needs-password',
    l10n.t(
      '{0} on {1} asks for the password of {2}, and nobody can be asked here; nothing was run. Run it where you can be asked, or allow it without a password there.',
      method,
      machine,
      owner,
    ),
  );
}

/** It ended before the program began, in words of its own. */
export function notStarted(words: string, { machine, method, user }: BecomePlace): ExpectedError {
  const told = firstLine(words);
  return new ExpectedError(
    'become-failed',
    told === ''
      ? l10n.t('{0} on {1} did not become {2} and does not say why.', method, machine, user)
      : l10n.t('{0} on {1} did not become {2}: {3}', method, machine, user, told),
  );
}

/** Where nobody can become another user in these ways. */
export function noBecomeThere(method: BecomeMethod, machine: string): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t('There is no {0} on {1}, which is a Windows machine.', method, machine),
  );
}

function firstLine(words: string): string {
  const lines = words.replace(/\p{Cc}/gu, (character) => (character === '\n' ? '\n' : ' ')).split('\n');
  return (lines.find((line) => line.trim() !== '') ?? '').trim().slice(0, 300);
}
