import * as l10n from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../../../lib/errors';
import { secretStore } from '../connect/auth/secretStore';
import { hostLabel } from '../connect/names';
import type { KeptSecrets } from '../connect/parts';
import type { HostOptions } from '../options';
import type { Person } from '../../person';
import { serveAskpass, type AskpassQuestion, type AskpassServer } from './askpass';
import { sshEnvironment, type Environment } from './environment';
import { loginFailure } from './failure';
import { Master } from './master';
import { masterArguments } from './masterArguments';
import { makePrivateFolder, type PrivateFolder } from './privateFolder';
import type { SshProgram } from './program';
import { Questions } from './questions';

/** Without the time in which a person thinks; a ConnectTimeout of the host comes on top. */
const LOGIN_DEADLINE_MS = 60_000;

export interface LoginParts {
  readonly program: SshProgram;
  readonly options: HostOptions;
  readonly configFile: string | null;
  readonly person: Person | null;
  readonly secrets: KeptSecrets;
  readonly env: Environment;
  readonly onLog: (message: string) => void;
  readonly nodeProgram: string;
  readonly tempFolder: string | undefined;
}

/** A master that is logged in. */
export interface LoggedIn {
  readonly master: Master;
  readonly folder: PrivateFolder;
}

/** Starts a master and waits until it is logged in. Throws ExpectedError that says why not, or CancelledError. */
export async function logIn(parts: LoginParts, signal: AbortSignal): Promise<LoggedIn> {
  const trustedOnce = new Set<string>();
  for (;;) {
    const attempt = new Attempt(parts, await makePrivateFolder(parts.tempFolder), trustedOnce);
    const result = await attempt.run(signal);
    if (result !== 'again') return result;
  }
}

/** One ssh process, from its start until it is logged in or ended. */
class Attempt {
  #questions: Questions | undefined;
  #askpass: AskpassServer | undefined;
  #master: Master | undefined;
  /** Why it was ended by us. */
  #failure: Error | 'again' | undefined;

  constructor(
    private readonly parts: LoginParts,
    private readonly folder: PrivateFolder,
    private readonly trustedOnce: Set<string>,
  ) {}

  async run(signal: AbortSignal): Promise<LoggedIn | 'again'> {
    const ending = new AbortController();
    const cancel = (): void => {
      ending.abort();
      void this.#master?.end();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const master = await this.#start(ending.signal);
      void master.ended.then(() => ending.abort()).then(() => this.#cleanUp());
      if (signal.aborted) cancel();
      if (await master.isReady(this.#deadline(), ending.signal).catch(() => false)) {
        await this.#questions?.settle();
        return { master, folder: this.folder };
      }
      await master.end();
      await this.#cleanUp();
      if (this.#failure === 'again' && !signal.aborted) return 'again';
      throw this.#why(master, signal);
    } catch (error) {
      await this.#cleanUp();
      throw signal.aborted ? new CancelledError('cancelled') : error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async #start(ending: AbortSignal): Promise<Master> {
    const { parts, folder } = this;
    const { options, person, program } = parts;
    const canAsk = person !== null && !options.batchMode;
    if (canAsk) {
      const { trustedOnce } = this;
      const secrets = secretStore(parts.secrets);
      this.#questions = new Questions({ options, person, secrets, onLog: parts.onLog, trustedOnce });
      this.#askpass = await serveAskpass(folder, parts.nodeProgram, (question) => this.#answer(question, ending));
    }
    const args = masterArguments({
      options,
      configFile: parts.configFile,
      controlSocket: folder.controlSocket,
      version: program.version,
      canAsk,
      ownKnownHosts: this.trustedOnce.size === 0 ? null : folder.knownHosts,
    });
    const env = sshEnvironment(parts.env, this.#askpass?.env ?? {});
    const { controlSocket } = folder;
    this.#master = new Master({ program: program.path, args, env, folder: folder.path, controlSocket });
    return this.#master;
  }

  async #answer(question: AskpassQuestion, ending: AbortSignal): Promise<string | null> {
    const outcome = await this.#questions?.answer(question, ending);
    if (outcome === undefined || outcome.kind === 'none') return null;
    if (outcome.kind === 'answer') return outcome.text;
    if (outcome.kind === 'once') this.trustedOnce.add(outcome.fingerprint);
    this.#failure = outcome.kind === 'once' ? 'again' : outcome.error;
    // Before anything is answered, for ssh takes no answer as an empty password and would send that.
    await this.#master?.end();
    return null;
  }

  #deadline(): (elapsedMs: number) => boolean {
    const { options } = this.parts;
    const limitMs = LOGIN_DEADLINE_MS + (options.connectTimeoutSeconds ?? 0) * 1_000;
    let waitedMs = 0;
    return (elapsedMs) => {
      if (this.#questions?.isAsking !== true) waitedMs += elapsedMs;
      if (waitedMs <= limitMs) return false;
      const text = l10n.t('{0} did not let us in within {1} s.', hostLabel(options), Math.round(limitMs / 1_000));
      this.#failure ??= new ExpectedError('timed-out', text);
      return true;
    };
  }

  #why(master: Master, signal: AbortSignal): Error {
    if (signal.aborted || this.#failure === 'again') return new CancelledError('cancelled');
    return this.#failure ?? loginFailure(master.stderr, this.parts.options);
  }

  async #cleanUp(): Promise<void> {
    this.#askpass?.close();
    await this.folder.remove();
  }
}
