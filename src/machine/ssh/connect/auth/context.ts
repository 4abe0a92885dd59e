import type { AuthTry } from '../../../connectionCheck';
import type { Person, SecretAnswer, SecretQuestion } from '../../../person';
import type { HostOptions } from '../../options';
import type { SecretStore } from './secretStore';

/** What the methods of authentication share, of one connection. */
export interface AuthContext {
  readonly options: HostOptions;
  /** 'web01 (10.0.0.7), port 2222' */
  readonly host: string;
  readonly person: Person | null;
  readonly secrets: SecretStore;
  /** Fires also when the connection breaks: a question without a purpose goes away. */
  readonly signal: AbortSignal;
  /** What was tried, in order, with what came of it. */
  readonly tries: AuthTry[];
  /** What is being tried. */
  readonly current: { method: AuthTry['method']; credential: string };
  /** Holds the clock that watches the server while a person is asked or a key is unlocked. */
  whilePersonThinks<T>(work: () => Promise<T>): Promise<T>;
}

/** null: there is nobody to ask, nobody may be asked (BatchMode), or the person left. */
export async function ask(
  { options, person, signal, whilePersonThinks }: AuthContext,
  question: Omit<SecretQuestion, 'kind'>,
): Promise<SecretAnswer | null> {
  if (person === null || options.batchMode) return null;
  return whilePersonThinks(() => person.ask<SecretQuestion>({ kind: 'secret', ...question }, signal));
}

export function canAsk({ options, person }: AuthContext): boolean {
  return person !== null && !options.batchMode;
}

/** To be called before something is sent. */
export function begin({ current }: AuthContext, method: AuthTry['method'], credential: string): void {
  current.method = method;
  current.credential = credential;
}
