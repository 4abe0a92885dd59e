import * as l10n from '@vscode/l10n';
import { CancelledError } from '../../../../lib/errors';
import type { Person } from '../../../../machine/person';
import { nobodyToAsk, wrongPassword, type BecomePlace } from './refusals';

const MAX_ATTEMPTS = 3;

/** Where passwords are kept that somebody asked to keep. */
export interface PasswordStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Where a password comes from. */
export interface PasswordParts {
  readonly place: BecomePlace;
  readonly secrets: PasswordStore;
  readonly person: Person | null;
  readonly signal: AbortSignal;
}

/**
 * The password for becoming another user, in the course of one run: the kept one first, then what a person says, three
 * times at most. It is in memory for that long only, and kept beyond it on request once it has been right.
 */
export class BecomePassword {
  private given: string | null = null;
  private owner: string | null = null;
  private keeps = false;
  private attempts = 0;

  constructor(private readonly parts: PasswordParts) {}

  /** The last one that was given; null before any. */
  get text(): string | null {
    return this.given;
  }

  /** `owner` is whose password it is, as far as the prompt tells. Throws ExpectedError or CancelledError. */
  async next(owner: string | null): Promise<string> {
    this.owner = owner ?? this.parts.place.user;
    const kept = this.attempts === 0 ? await this.parts.secrets.get(this.key()) : undefined;
    this.given = kept ?? (await this.asked(this.owner));
    this.attempts++;
    return this.given;
  }

  /** The last one was wrong: it is not tried again. Throws ExpectedError when there were enough. */
  async wrong(): Promise<void> {
    this.given = null;
    this.keeps = false;
    if (this.owner !== null) await this.parts.secrets.delete(this.key());
    if (this.attempts >= MAX_ATTEMPTS) throw wrongPassword(this.parts.place, this.attempts);
  }

  /** The last one was right. */
  async right(): Promise<void> {
    if (!this.keeps || this.given === null) return;
    this.keeps = false;
    await this.parts.secrets.store(this.key(), this.given);
  }

  private async asked(owner: string): Promise<string> {
    const { place, person, signal } = this.parts;
    if (person === null) throw nobodyToAsk(place, owner);
    const title = l10n.t('Password of {0} on {1}', owner, place.machine);
    const answer = await person.ask(
      {
        kind: 'secret',
        title,
        instruction: l10n.t('{0} asks for it to run this as {1}.', place.method, place.user),
        prompts: [{ text: title, echo: false }],
        refusal: this.attempts === 0 ? '' : l10n.t('The password was wrong.'),
        canKeep: true,
      },
      signal,
    );
    const [text] = answer?.texts ?? [];
    if (answer === null || text === undefined) throw new CancelledError('no password was given');
    this.keeps = answer.keep;
    return text;
  }

  private key(): string {
    return `become:${this.parts.place.machine}:${this.owner ?? this.parts.place.user}`;
  }
}
