import { createHash } from 'node:crypto';
import * as path from 'node:path';

/** What the tokens of ssh_config(5) stand for, by their letter. */
export type Tokens = Readonly<Record<string, string>>;

export interface TokenFacts {
  readonly hostName: string;
  /** As it was asked for. */
  readonly originalHost: string;
  readonly port: number;
  readonly user: string;
  readonly localUser: string;
  readonly localHost: string;
  readonly uid: number;
  readonly home: string;
  readonly hostKeyAlias: string | null;
  /** The value of ProxyJump, '' for none. */
  readonly proxyJump: string;
}

/** See TOKENS in ssh_config(5). */
export function tokensOf(facts: TokenFacts): Tokens {
  const { hostName, localHost, port, user, proxyJump } = facts;
  const connection = createHash('sha1').update(`${localHost}${hostName}${port}${user}${proxyJump}`).digest('hex');
  return {
    '%': '%',
    h: hostName,
    p: String(port),
    r: user,
    n: facts.originalHost,
    u: facts.localUser,
    d: facts.home,
    i: String(facts.uid),
    l: localHost,
    L: localHost.replace(/\..*$/su, ''),
    C: connection,
    k: facts.hostKeyAlias ?? facts.originalHost,
    j: proxyJump,
  };
}

/** Puts the tokens in; what is no token of this list stays as it is. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(/%([A-Za-z%])/gu, (whole, letter: string) =>
    Object.hasOwn(tokens, letter) ? (tokens[letter] ?? whole) : whole,
  );
}

/** `${NAME}` from the environment; null when there is one that the environment does not have. */
export function expandEnv(text: string, env: Readonly<Record<string, string | undefined>>): string | null {
  let complete = true;
  const expanded = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/gu, (_whole, name: string) => {
    const value = env[name];
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? expanded : null;
}

/** `~` and `~/…` at the beginning; the home of another user is left to ssh. */
export function expandTilde(text: string, home: string): string {
  if (text === '~') return home;
  return /^~[/\\]/u.test(text) ? path.join(home, text.slice(2)) : text;
}
