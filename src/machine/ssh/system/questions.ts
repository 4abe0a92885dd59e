import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { passphraseKey, passwordKey, type SecretStore } from '../connect/auth/secretStore';
import { hostLabel, shortPath } from '../connect/names';
import type { HostOptions } from '../options';
import type { Person, SecretQuestion } from '../../person';
import type { AskpassQuestion } from './askpass';
import { readPrompt, type HostKeyPrompt, type Prompt } from './prompts';

/** What becomes of a question of ssh. */
export type Outcome =
  | { readonly kind: 'answer'; readonly text: string }
  /** ssh has to go on without; for a yes or no that is a no. */
  | { readonly kind: 'none' }
  /** Nothing good comes of going on: ssh would send an empty password. */
  | { readonly kind: 'give-up'; readonly error: Error }
  /** The key is trusted for this connection only, which ssh cannot: it has to be started anew. */
  | { readonly kind: 'once'; readonly fingerprint: string };

export interface QuestionParts {
  readonly options: HostOptions;
  readonly person: Person;
  readonly secrets: SecretStore;
  readonly onLog: (message: string) => void;
  /** Fingerprints of the host that were trusted for this connection only. */
  readonly trustedOnce: ReadonlySet<string>;
}

type SecretPrompt = Exclude<Prompt, { readonly kind: 'host-key' | 'notice' | 'yes-no' }>;

/** Puts the questions of one ssh process to the person. */
export class Questions {
  readonly #asked = new Set<string>();
  /** Keys of known secrets that have been given: asked for again, they were wrong. */
  readonly #given = new Set<string>();
  #open = 0;

  constructor(private readonly parts: QuestionParts) {}

  /** Whether the person is thinking: no deadline counts meanwhile. */
  get isAsking(): boolean {
    return this.#open > 0;
  }

  /** ssh is logged in, so what was answered last was right. */
  settle(): Promise<void> {
    return this.parts.secrets.settle(true);
  }

  async answer({ prompt, hint }: AskpassQuestion, signal: AbortSignal): Promise<Outcome> {
    const read = readPrompt(prompt, hint);
    this.#open++;
    try {
      return await this.#answer(read, signal);
    } finally {
      this.#open--;
    }
  }

  #answer(prompt: Prompt, signal: AbortSignal): Promise<Outcome> {
    switch (prompt.kind) {
      case 'notice':
        this.parts.onLog(l10n.t('{0}: {1}', hostLabel(this.parts.options), prompt.text));
        return Promise.resolve({ kind: 'none' });
      case 'yes-no':
        return Promise.resolve({ kind: 'answer', text: 'no' });
      case 'host-key':
        return this.#askHostKey(prompt, signal);
      default:
        return this.#askSecret(prompt, signal);
    }
  }

  async #askHostKey(prompt: HostKeyPrompt, signal: AbortSignal): Promise<Outcome> {
    const { options, person, trustedOnce } = this.parts;
    const isTarget = isOf(prompt, options);
    if (isTarget && trustedOnce.has(prompt.fingerprint)) return { kind: 'answer', text: 'yes' };
    const host = isTarget ? hostLabel(options) : labelOf(prompt);
    const { keyType, fingerprint, art } = prompt;
    const remark = prompt.remarks.join(' ');
    const answer = await person.ask(
      { kind: 'hostKey', host, keyType, fingerprint, art, changed: null, remark },
      signal,
    );
    if (answer === 'trust') return { kind: 'answer', text: 'yes' };
    if (answer === 'once' && isTarget) return { kind: 'once', fingerprint };
    return {
      kind: 'give-up',
      error: new ExpectedError('host-key-unknown', untrustedText(host, prompt, answer !== null)),
    };
  }

  /** Once; what ssh asks for again was wrong, and is forgotten. */
  async #known(place: string): Promise<string | undefined> {
    const { secrets } = this.parts;
    if (!this.#given.has(place)) {
      this.#given.add(place);
      return secrets.get(place);
    }
    await secrets.forget(place);
    return undefined;
  }

  async #askSecret(prompt: SecretPrompt, signal: AbortSignal): Promise<Outcome> {
    const { options, secrets } = this.parts;
    const place = placeOf(prompt, options);
    const known = place === null ? undefined : await this.#known(place);
    if (known !== undefined) return { kind: 'answer', text: known };
    const question = secretQuestion(prompt, options);
    const key = question.title + question.instruction;
    const refusal = this.#asked.has(key) ? l10n.t('The last answer was not accepted.') : '';
    this.#asked.add(key);
    const answer = await this.parts.person.ask({ ...question, refusal, canKeep: place !== null }, signal);
    if (answer !== null) {
      const text = answer.texts[0] ?? '';
      if (place !== null) secrets.keepLater(place, text, answer.keep);
      return { kind: 'answer', text };
    }
    const host = hostLabel(options);
    const error = new ExpectedError('denied', l10n.t('{0}: “{1}” was not answered.', host, question.title));
    return { kind: 'give-up', error };
  }
}

/** Where the secret is kept; null for what is none of the host's own password and the keys here. */
function placeOf(prompt: SecretPrompt, options: HostOptions): string | null {
  if (prompt.kind === 'passphrase') return passphraseKey(prompt.file, null);
  if (prompt.kind === 'other' || prompt.user !== options.user) return null;
  return prompt.host.toLowerCase() === options.hostName.toLowerCase() ? passwordKey(options) : null;
}

function secretQuestion(prompt: SecretPrompt, options: HostOptions): Omit<SecretQuestion, 'refusal' | 'canKeep'> {
  const ask = (title: string, text: string, instruction = ''): ReturnType<typeof secretQuestion> => ({
    kind: 'secret',
    title,
    instruction,
    prompts: [{ text, echo: false }],
  });
  switch (prompt.kind) {
    case 'password': {
      const host = prompt.host.toLowerCase() === options.hostName.toLowerCase() ? hostLabel(options) : prompt.host;
      return ask(l10n.t('Password of {0} on {1}', prompt.user, host), l10n.t('Password'));
    }
    case 'passphrase':
      return ask(l10n.t('Passphrase of the key {0}', shortPath(prompt.file)), l10n.t('Passphrase'));
    case 'other':
      // What is asked may come from the server, so it is no title of ours.
      return ask(l10n.t('{0} asks', hostLabel(options)), prompt.text, prompt.text);
  }
}

/** Whether it is about the host itself, not one on the way to it. ssh writes names in lower case. */
function isOf({ host, port }: HostKeyPrompt, options: HostOptions): boolean {
  if (options.hostKeyAlias !== null) return host.toLowerCase() === options.hostKeyAlias.toLowerCase();
  return host.toLowerCase() === options.hostName.toLowerCase() && port === options.port;
}

function labelOf({ host, port }: HostKeyPrompt): string {
  return port === 22 ? host : l10n.t('{0}, port {1}', host, port);
}

function untrustedText(host: string, { keyType, fingerprint }: HostKeyPrompt, wantedOnce: boolean): string {
  if (wantedOnce) {
    return l10n.t(
      'The system’s ssh cannot trust the key of the jump host {0} for one connection only ({1} {2}). Trust it, or connect to it first.',
      host,
      keyType,
      fingerprint,
    );
  }
  return l10n.t(
    'The host key of {0} is not known and was not trusted: {1} {2}. Compare the fingerprint with what the administrator of the host tells.',
    host,
    keyType,
    fingerprint,
  );
}
