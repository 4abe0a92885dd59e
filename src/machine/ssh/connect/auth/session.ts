import * as l10n from '@vscode/l10n';
import type { AnyAuthMethod } from 'ssh2';
import { ExpectedError } from '../../../../lib/errors';
import type { AuthFailure } from '../ssh2Private';
import type { Candidates } from './candidates';
import type { AuthContext } from './context';
import { tryKeyboard } from './keyboardMethod';
import { tryPasswords } from './passwordMethod';
import { tryKeys, type Attempts, type OfferedKeys } from './publicKeyMethod';
import { refusedError } from './refusal';

/** Code of a failure whose message is a clause: why another transport can log in. */
export const BEYOND_SSH2 = 'beyond-ssh2';

type Method = 'publickey' | 'keyboard-interactive' | 'password';

export interface Authentication {
  /** What to send next, given what the server said to the last; null: it has not been sent. Throws ExpectedError. */
  next(reply: AuthFailure | null): Promise<AnyAuthMethod>;
  /** What the server would still take, as it said last; null before it said anything. */
  accepted(): readonly string[] | null;
  /** The methods that succeeded in part, in order. */
  readonly partial: readonly string[];
}

export interface AuthSources {
  readonly context: AuthContext;
  candidates(): Promise<Candidates>;
  /** What there is that ssh2 cannot log in with and another way could; null for nothing. */
  beyond(left: readonly string[], candidates: Candidates | null): Promise<string | null>;
  /** Told of what fails while the server waits for an answer. */
  failed(error: Error): void;
}

/** RFC 4252: `none` first, to hear what the server takes, then our methods in the order of PreferredAuthentications. */
export function authenticate(sources: AuthSources): Authentication {
  const partial: string[] = [];
  let accepted: readonly string[] | null = null;
  const steps = run(sources, partial, (left) => (accepted = left));
  return {
    next: async (reply) => {
      if (reply !== null) accepted = reply.left;
      const step = await steps.next(reply);
      return step.value;
    },
    accepted: () => accepted,
    partial,
  };
}

async function* run(
  sources: AuthSources,
  partial: string[],
  said: (left: readonly string[]) => void,
): AsyncGenerator<AnyAuthMethod, never, AuthFailure | null> {
  const { context } = sources;
  const { options } = context;
  let reply = yield { type: 'none', username: options.user };
  context.tries.push({ method: 'none', credential: '', outcome: 'refused', message: '' });
  let candidates: Candidates | null = null;
  const offered: OfferedKeys = { fingerprints: new Set() };
  const exhausted = new Set<Method>();
  for (;;) {
    const left = reply?.left ?? [];
    said(left);
    const method = methodsOf(context).find((name) => left.includes(name) && !exhausted.has(name));
    if (method === 'publickey') candidates ??= await foundCandidates(sources);
    // When the keys are through, and before a person is asked for a password that is not needed.
    const keysToCome = methodsOf(context).includes('publickey') && !exhausted.has('publickey');
    if (!keysToCome || !left.includes('publickey')) await handOver(sources, left, candidates);
    if (method === undefined) throw refusedError(context, left, candidates, partial);
    const answer: AuthFailure | null = yield* attempts(method, sources, candidates, offered);
    exhausted.add(method);
    if (answer?.partial === true) {
      partial.push(method);
      exhausted.clear();
      await context.secrets.settle(true);
    }
    reply = answer ?? reply;
  }
}

function attempts(method: Method, sources: AuthSources, candidates: Candidates | null, offered: OfferedKeys): Attempts {
  const { context } = sources;
  switch (method) {
    case 'publickey':
      return tryKeys(context, candidates ?? { keys: [], skipped: [], agentKeyCount: null, sshOnly: [] }, offered);
    case 'keyboard-interactive':
      return tryKeyboard(context, (error) => sources.failed(error));
    case 'password':
      return tryPasswords(context);
  }
}

async function handOver(
  { beyond }: AuthSources,
  left: readonly string[],
  candidates: Candidates | null,
): Promise<void> {
  const reason = await beyond(left, candidates);
  if (reason !== null) throw new ExpectedError(BEYOND_SSH2, reason);
}

async function foundCandidates({ context, candidates }: AuthSources): Promise<Candidates> {
  const found = await candidates();
  for (const { label, reason } of found.skipped) {
    context.tries.push({ method: 'publickey', credential: label, outcome: 'skipped', message: reason });
  }
  return found;
}

/** What the options allow, in their order; what they do not order comes last. */
export function methodsOf({ options }: Pick<AuthContext, 'options'>): readonly Method[] {
  const all: readonly Method[] = ['publickey', 'keyboard-interactive', 'password'];
  const allowed: Readonly<Record<Method, boolean>> = {
    publickey: options.pubkeyAuthentication,
    'keyboard-interactive': options.kbdInteractiveAuthentication,
    password: options.passwordAuthentication,
  };
  const order = options.preferredAuthentications;
  const ordered = order.length === 0 ? all : order.flatMap((name) => all.filter((method) => method === name));
  return ordered.filter((method) => allowed[method]);
}

/** The server sends a change of password instead of an answer (RFC 4252, 8). */
export function expiredError(context: Pick<AuthContext, 'host' | 'options'>): ExpectedError {
  return new ExpectedError(
    'denied',
    l10n.t(
      'The password of {0} on {1} has expired. Log in once with ssh in a terminal and set a new one.',
      context.options.user,
      context.host,
    ),
  );
}
