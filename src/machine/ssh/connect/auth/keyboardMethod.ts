import * as l10n from '@vscode/l10n';
import type { AnyAuthMethod, Prompt } from 'ssh2';
import type { AuthTry } from '../../../connectionCheck';
import { ExpectedError } from '../../../../lib/errors';
import type { AuthFailure } from '../ssh2Private';
import { oneLine } from '../names';
import { ask, begin, canAsk, type AuthContext } from './context';
import type { Attempts } from './publicKeyMethod';
import { passwordKey } from './secretStore';

/** What one attempt asked for. */
interface Round {
  asked: boolean;
  refusal: string;
  usedKept: boolean;
}

const MAX_INSTRUCTION = 2_000;
const PASSWORD_WORDS = /password|passwort|mot de passe|contraseña|密码|密碼|パスワード/iu;
const OTHER_SECRETS = /new|old|current|one[- ]?time|code|token|otp|动态|一次/iu;

/** RFC 4256. As often as NumberOfPasswordPrompts, and no more once the server refuses without having asked. */
export async function* tryKeyboard(context: AuthContext, failed: (error: Error) => void): Attempts {
  let last: AuthFailure | null = null;
  if (!canAsk(context) && (await context.secrets.get(passwordKey(context.options))) === undefined) {
    context.tries.push(tried('skipped', l10n.t('nobody can be asked')));
    return last;
  }
  const round: Round = { asked: false, refusal: '', usedKept: false };
  for (let count = 0; count < Math.max(1, context.options.numberOfPasswordPrompts); count++) {
    round.asked = false;
    last = yield attempt(context, round, failed);
    context.tries.push(tried(last?.partial === true ? 'partial' : 'refused', ''));
    if (last === null || last.partial || !last.left.includes('keyboard-interactive') || !round.asked) return last;
    await context.secrets.settle(false);
    if (round.usedKept) await context.secrets.forget(passwordKey(context.options));
    round.usedKept = false;
    round.refusal = l10n.t('The server refused the answer.');
    if (!canAsk(context)) return last;
  }
  return last;
}

function attempt(context: AuthContext, round: Round, failed: (error: Error) => void): AnyAuthMethod {
  begin(context, 'keyboard-interactive', '');
  return {
    type: 'keyboard-interactive',
    username: context.options.user,
    prompt: (name, instructions, _language, prompts, finish) => {
      round.asked = true;
      answersFor(context, round, { name, instructions, prompts }).then(
        (answers) => finish([...answers]),
        (error: unknown) => failed(error instanceof Error ? error : new Error(String(error))),
      );
    },
  };
}

interface InfoRequest {
  readonly name: string;
  readonly instructions: string;
  readonly prompts: readonly Prompt[];
}

async function answersFor(context: AuthContext, round: Round, info: InfoRequest): Promise<readonly string[]> {
  const key = passwordKey(context.options);
  const isPassword = asksPassword(info.prompts);
  if (isPassword && round.refusal === '') {
    const kept = await context.secrets.get(key);
    if (kept !== undefined && !round.usedKept) {
      round.usedKept = true;
      return [kept];
    }
  }
  const answer = await ask(context, {
    title: l10n.t('{0} asks {1}', context.host, context.options.user),
    instruction: [info.name, info.instructions]
      .map((text) => oneLine(text, MAX_INSTRUCTION))
      .filter((text) => text !== '')
      .join('\n'),
    prompts: info.prompts.map(({ prompt, echo }) => ({ text: oneLine(prompt, MAX_INSTRUCTION), echo: echo === true })),
    refusal: round.refusal,
    canKeep: isPassword,
  });
  if (answer === null) throw nobodyAnswered(context.host);
  if (isPassword) context.secrets.keepLater(key, answer.texts[0] ?? '', answer.keep);
  return info.prompts.map((_prompt, index) => answer.texts[index] ?? '');
}

/** Only what is clearly the account's password may be kept or answered by itself: a code for one time never. */
function asksPassword(prompts: readonly Prompt[]): boolean {
  const [only] = prompts;
  if (prompts.length !== 1 || only === undefined || only.echo === true) return false;
  const text = only.prompt;
  return text.length <= 80 && PASSWORD_WORDS.test(text) && !OTHER_SECRETS.test(text);
}

function tried(outcome: AuthTry['outcome'], message: string): AuthTry {
  return { method: 'keyboard-interactive', credential: '', outcome, message };
}

function nobodyAnswered(host: string): ExpectedError {
  return new ExpectedError(
    'denied',
    l10n.t('{0} asked questions to log in, and nobody answered. Connect again.', host),
  );
}
