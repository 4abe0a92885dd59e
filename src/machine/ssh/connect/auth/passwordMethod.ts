import * as l10n from '@vscode/l10n';
import type { AnyAuthMethod } from 'ssh2';
import type { AuthTry } from '../../../connectionCheck';
import type { AuthFailure } from '../ssh2Private';
import { ask, begin, canAsk, type AuthContext } from './context';
import type { Attempts } from './publicKeyMethod';
import { leftError } from './refusal';
import { passwordKey } from './secretStore';

/** One attempt for each answer of the person, at most NumberOfPasswordPrompts; before it the kept one, once. */
export async function* tryPasswords(context: AuthContext): Attempts {
  const key = passwordKey(context.options);
  let last: AuthFailure | null = null;
  const kept = await context.secrets.get(key);
  if (kept !== undefined) {
    last = yield attempt(context, kept);
    note(context, last, l10n.t('the password that was known'));
    if (isOver(last)) return last;
    await context.secrets.forget(key);
  }
  for (let round = 0; round < context.options.numberOfPasswordPrompts; round++) {
    const answer = await ask(context, {
      title: l10n.t('Password of {0} on {1}', context.options.user, context.host),
      instruction: '',
      prompts: [{ text: l10n.t('Password'), echo: false }],
      refusal: last === null ? '' : l10n.t('The server refused the password.'),
      canKeep: true,
    });
    if (answer === null) {
      if (canAsk(context)) throw leftError(context);
      if (round === 0) context.tries.push(skipped(l10n.t('nobody gave a password')));
      return last;
    }
    context.secrets.keepLater(key, answer.texts[0] ?? '', answer.keep);
    last = yield attempt(context, answer.texts[0] ?? '');
    note(context, last, '');
    if (isOver(last)) return last;
    await context.secrets.settle(false);
  }
  return last;
}

/** The server went on to another method, so the password was right, or it takes none any more. */
export function isOver(reply: AuthFailure | null): boolean {
  return reply === null || reply.partial || !reply.left.includes('password');
}

function attempt(context: AuthContext, password: string): AnyAuthMethod {
  begin(context, 'password', '');
  return { type: 'password', username: context.options.user, password };
}

function note(context: AuthContext, reply: AuthFailure | null, credential: string): void {
  const outcome: AuthTry['outcome'] = reply?.partial === true ? 'partial' : 'refused';
  context.tries.push({ method: 'password', credential, outcome, message: '' });
}

function skipped(message: string): AuthTry {
  return { method: 'password', credential: '', outcome: 'skipped', message };
}
