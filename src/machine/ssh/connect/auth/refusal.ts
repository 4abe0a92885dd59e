import * as l10n from '@vscode/l10n';
import type { AuthTry } from '../../../connectionCheck';
import { ExpectedError } from '../../../../lib/errors';
import { oneLine } from '../names';
import type { Candidates } from './candidates';
import { canAsk, type AuthContext } from './context';

const SECRETS: readonly AuthTry['method'][] = ['password', 'keyboard-interactive'];

/** Code of every failure to log in; nothing else has it. */
export const NOT_AUTHENTICATED = 'not-authenticated';

/** Why the server does not let us in, what was tried, and what to do. */
export function refusedError(
  context: AuthContext,
  left: readonly string[],
  candidates: Candidates | null,
  partial: readonly string[],
): ExpectedError {
  const methods = left.map((method) => oneLine(method, 40)).join(', ');
  const sentences = [
    l10n.t('{0} does not let {1} in.', context.host, context.options.user),
    partial.length > 0
      ? l10n.t('It took {0} and then wants {1}.', partial.join(', '), methods)
      : l10n.t('The server accepts only {0}.', methods === '' ? l10n.t('nothing that is known') : methods),
    offeredText(context, left, candidates),
    adviceText(context, left),
  ];
  return new ExpectedError(NOT_AUTHENTICATED, sentences.filter((text) => text !== '').join(' '));
}

/** A person was asked for the password, and left. */
export function leftError(context: AuthContext): ExpectedError {
  const isKey = ({ method }: AuthTry): boolean => method === 'publickey';
  const sentences = [
    l10n.t('{0} wants the password of {1}, and nobody gave it. Connect again.', context.host, context.options.user),
    context.tries.some(isKey) ? offeredText(context, [], null) : '',
  ];
  return new ExpectedError('denied', sentences.filter((text) => text !== '').join(' '));
}

/** The server broke off: mostly its MaxAuthTries. */
export function brokenOffError(context: AuthContext, reason: string): ExpectedError {
  const sentences = [
    l10n.t('{0} broke off while {1} logged in ({2}).', context.host, context.options.user, oneLine(reason)),
    offeredText(context, ['publickey'], null),
    /too many/iu.test(reason)
      ? l10n.t('Name the right key for this host: IdentityFile, and IdentitiesOnly yes.')
      : l10n.t('Its log tells why.'),
  ];
  return new ExpectedError(NOT_AUTHENTICATED, sentences.filter((text) => text !== '').join(' '));
}

function offeredText(context: AuthContext, left: readonly string[], candidates: Candidates | null): string {
  const offered = context.tries.filter(({ method }) => method !== 'none').map(tryText);
  const agent =
    candidates === null || !left.includes('publickey') || context.options.identitiesOnly
      ? ''
      : candidates.agentKeyCount === null
        ? l10n.t('there is no agent')
        : candidates.agentKeyCount === 0
          ? l10n.t('the agent has no key')
          : '';
  const parts = [...offered, agent].filter((text) => text !== '');
  return parts.length === 0 ? l10n.t('Nothing could be offered.') : l10n.t('Offered: {0}.', parts.join('; '));
}

function tryText({ method, credential, outcome, message }: AuthTry): string {
  const name = credential === '' ? method : credential;
  const what = message === '' ? outcomeText(outcome) : message;
  return `${name} (${what})`;
}

function outcomeText(outcome: AuthTry['outcome']): string {
  switch (outcome) {
    case 'accepted':
      return l10n.t('accepted');
    case 'partial':
      return l10n.t('accepted, not enough');
    case 'refused':
      return l10n.t('refused');
    case 'skipped':
      return l10n.t('not used');
  }
}

function adviceText(context: AuthContext, left: readonly string[]): string {
  const secretWanted = left.includes('password') || left.includes('keyboard-interactive');
  if (secretWanted && !canAsk(context)) {
    return l10n.t('It would take a password, and nobody could be asked. Connect once where a person is, or use a key.');
  }
  const isWrong = context.tries.some(({ method, outcome }) => SECRETS.includes(method) && outcome === 'refused');
  if (isWrong) return l10n.t('Check the user name and the password.');
  if (left.includes('publickey') && context.options.pubkeyAuthentication) {
    return l10n.t(
      'Put the public key into ~/.ssh/authorized_keys of {0} there, or name the right one with IdentityFile.',
      context.options.user,
    );
  }
  return secretWanted ? l10n.t('Check the user name and the password.') : '';
}
