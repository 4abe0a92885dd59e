/**
 * The way to the person at the keyboard, from where connections are made: a modal or an input box in VS Code, the
 * terminal of the command line. Nothing is asked in the background: a question has somebody who waits for its answer.
 */
export interface Person {
  /** null: the person left, or there is nobody to ask. Rejects with CancelledError when the signal fires. */
  ask<Q extends Question>(question: Q, signal: AbortSignal): Promise<AnswerTo<Q> | null>;
}

export type Question = SecretQuestion | HostKeyQuestion;

export type AnswerTo<Q extends Question> = Q extends SecretQuestion ? SecretAnswer : HostKeyAnswer;

/** A password, a passphrase, or what a server asks for (keyboard-interactive, sudo). */
export interface SecretQuestion {
  readonly kind: 'secret';
  /** 'Password of root on web01', one line. */
  readonly title: string;
  /** What the server says beside, as text from outside; '' for nothing. */
  readonly instruction: string;
  /** One or more, in order. */
  readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
  /** What went wrong with the last answer; '' the first time. */
  readonly refusal: string;
  /** Whether it may be kept in the secret storage. */
  readonly canKeep: boolean;
}

export interface SecretAnswer {
  readonly texts: readonly string[];
  readonly keep: boolean;
}

export interface HostKeyQuestion {
  readonly kind: 'hostKey';
  /** 'web01' or 'web01 (10.0.0.7), port 2222'. */
  readonly host: string;
  /** 'ssh-ed25519' … */
  readonly keyType: string;
  /** 'SHA256:…' */
  readonly fingerprint: string;
  /** The picture of ssh-keygen -lv, lines joined by newlines. */
  readonly art: string;
  /** The key that was known, where it is another one now. */
  readonly changed: {
    readonly keyType: string;
    readonly fingerprint: string;
    readonly file: string;
    readonly line: number;
  } | null;
  /** More that the person should know: 'web01 is known with a key of another type'; '' for nothing. */
  readonly remark: string;
}

/** 'trust': from now on (written into known_hosts); 'once': for this connection only. A changed key cannot be trusted so. */
export type HostKeyAnswer = 'trust' | 'once';
