import type { Readable } from 'node:stream';
import { settlesWithin, untilAborted } from '../../../../lib/deadline';
import { CancelledError, isCancelled } from '../../../../lib/errors';
import type { ExitStatus, Machine, RunningCommand } from '../../../../machine/machine';
import type { Become } from './become';
import { Capture, type OutputScreen } from './capture';
import { commandOf, inputOf, type Launch } from './launch';
import type { BecomePassword } from './password';
import { PromptWatch, type Seen } from './prompts';
import { isWrongPassword, needsPassword, notStarted, refusalOf, type BecomePlace } from './refusals';

/** What is left in a pipe when the program has ended is there at once. */
const REST_WAIT_MS = 1_000;
/** What was told to end may take its time; a machine forces it before that. */
const STOP_WAIT_MS = 10_000;

export interface AttemptParts {
  readonly machine: Machine;
  readonly launch: Launch;
  /** null: as whoever we are there. */
  readonly become: Become | null;
  readonly password: BecomePassword;
  /** Fires on cancel and when the time is over. */
  readonly signal: AbortSignal;
  newScreen(): OutputScreen;
  changed(): void;
  /** Ends what no signal to the program itself reaches; never rejects. */
  endOthers(): Promise<void>;
  /** The program may run from here on: a password is no part of the time that it took. */
  began(): void;
}

export type Outcome =
  | { readonly kind: 'ended'; readonly status: ExitStatus }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'needs-password' }
  | { readonly kind: 'wrong-password' };

/** One start of the program, with at most one password given on the way to it. */
export class Attempt {
  readonly stdout: Capture;
  readonly stderr: Capture;
  private readonly watch: PromptWatch | null;
  private readonly stop = new AbortController();
  private running: RunningCommand | null = null;
  private hasAnswered = false;
  private isWrong = false;
  private failure: Error | null = null;

  constructor(private readonly parts: AttemptParts) {
    this.stdout = new Capture(parts.newScreen());
    this.stderr = new Capture(parts.newScreen());
    this.watch = parts.become === null ? null : new PromptWatch(parts.become);
  }

  /** Throws ExpectedError when it cannot be started, or the user not become. */
  async run(): Promise<Outcome> {
    let isStopped = false;
    const { signal, endOthers } = this.parts;
    const stopped = (): void => {
      isStopped = true;
      void endOthers().finally(() => this.stop.abort());
    };
    signal.addEventListener('abort', stopped, { once: true });
    if (signal.aborted) stopped();
    try {
      const status = await this.untilEnd();
      if (isStopped) return { kind: 'stopped' };
      if (this.failure !== null) throw this.failure;
      return status === null ? this.whenStopped() : await this.judge(status);
    } finally {
      signal.removeEventListener('abort', stopped);
    }
  }

  private whenStopped(): Outcome {
    return { kind: this.isWrong ? 'wrong-password' : 'stopped' };
  }

  /** null when it was stopped. */
  private async untilEnd(): Promise<ExitStatus | null> {
    const { machine, launch, become } = this.parts;
    try {
      const running = await machine.start(commandOf(launch, become, machine.platform), {
        signal: this.stop.signal,
        ...(launch.cwd === undefined ? {} : { cwd: launch.cwd }),
        env: become === null ? launch.env : { ...launch.env, LANGUAGE: 'en' },
        ...(launch.terminal === undefined ? {} : { terminal: launch.terminal }),
      });
      return await this.follow(running);
    } catch (error) {
      if (this.stop.signal.aborted && isCancelled(error)) return null;
      throw error;
    }
  }

  private async follow(running: RunningCommand): Promise<ExitStatus> {
    this.running = running;
    // A program that reads nothing closes its end; that is no failure.
    running.stdin.on('error', () => undefined);
    const watched = this.parts.launch.terminal === undefined ? this.stderr : this.stdout;
    const read = [
      this.read(running.stdout, this.stdout, watched === this.stdout),
      this.read(running.stderr, this.stderr, watched === this.stderr),
    ];
    if (this.watch === null || this.parts.become?.silent === true) this.giveInput();
    const status = await endOf(running, this.stop.signal);
    await settlesWithin(Promise.all(read), REST_WAIT_MS);
    this.finish(watched);
    return status;
  }

  /** Reads whatever comes as fast as it comes: nobody who is slow holds the program up. */
  private read(stream: Readable, capture: Capture, isWatched: boolean): Promise<void> {
    return new Promise((resolve) => {
      stream.on('data', (chunk: Uint8Array) => {
        const text = capture.decode(chunk);
        if (!isWatched || this.watch === null) capture.keep(text, chunk);
        else this.obey(this.watch.feed(text), capture);
        this.parts.changed();
      });
      stream.on('error', () => resolve());
      stream.on('close', () => resolve());
      stream.on('end', () => resolve());
    });
  }

  private obey(seen: Seen, capture: Capture): void {
    capture.keepText(seen.pass);
    if (seen.started) this.giveInput();
    if (seen.prompt === null) return;
    if (this.hasAnswered) {
      this.isWrong = true;
      this.stop.abort();
      return;
    }
    this.hasAnswered = true;
    this.answer(seen.prompt.user).catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.stop.abort();
    });
  }

  private async answer(owner: string | null): Promise<void> {
    const text = await this.parts.password.next(owner);
    const [line = ''] = text.split(/[\r\n]/);
    this.watch?.answered();
    const { become, launch } = this.parts;
    this.running?.stdin.write(`${line}\n`);
    this.parts.began();
    // What was not announced reads nothing: and where the password is wrong, sudo asks nobody a second time.
    if (become?.announced !== true && launch.terminal === undefined) this.running?.stdin.end();
  }

  private giveInput(): void {
    const { stdin } = this.running ?? {};
    const input = inputOf(this.parts.launch);
    if (this.parts.launch.terminal === undefined) stdin?.end(input);
    else stdin?.write(input);
  }

  private finish(watched: Capture): void {
    for (const capture of [this.stdout, this.stderr]) {
      const text = capture.rest();
      if (capture === watched && this.watch !== null) this.obey(this.watch.feed(text), capture);
      else capture.keepText(text);
    }
    const { become } = this.parts;
    if (become !== null && !become.announced && become.method !== 'su') watched.keepText(this.watch?.rest() ?? '');
  }

  /** Whether the program ended, or it was never begun. */
  private async judge(status: ExitStatus): Promise<Outcome> {
    const { become, password, machine } = this.parts;
    if (this.isWrong) return { kind: 'wrong-password' };
    if (become === null || this.watch === null || this.watch.started) return this.whenRun(status);
    const place: BecomePlace = { machine: machine.name, method: become.method, user: become.user };
    const isTold = become.announced || become.method === 'su';
    const words = isTold ? this.watch.rest() : this.lastWords(status);
    if (become.silent && needsPassword(words)) return { kind: 'needs-password' };
    if (password.text !== null && this.hasAnswered && isWrongPassword(words)) return { kind: 'wrong-password' };
    const refusal = words === '' ? null : refusalOf(words, place);
    if (refusal !== null) throw refusal;
    if (isTold) throw notStarted(words, place);
    return this.whenRun(status);
  }

  private async whenRun(status: ExitStatus): Promise<Outcome> {
    if (this.hasAnswered) await this.parts.password.right();
    return { kind: 'ended', status };
  }

  /** What sudo or doas themselves said when they ended with 1 and nothing else was written; '' otherwise. */
  private lastWords(status: ExitStatus): string {
    const { launch } = this.parts;
    const hasOutput = launch.terminal === undefined && this.stdout.bytes > 0;
    if (status.exitCode !== 1 || hasOutput) return '';
    const words = (launch.terminal === undefined ? this.stderr : this.stdout).text();
    const own = /^(sudo: |doas: |Sorry, |\S+ is not in the sudoers file)/m;
    return own.test(words) ? words : '';
  }
}

/** The end of the program; after a stop it is waited for a while only. Rejects with CancelledError. */
async function endOf(running: RunningCommand, stop: AbortSignal): Promise<ExitStatus> {
  try {
    return await untilAborted(running.ended, stop);
  } catch (error) {
    if (!stop.aborted) throw error;
    await settlesWithin(running.ended, STOP_WAIT_MS);
    throw new CancelledError('stopped');
  }
}
