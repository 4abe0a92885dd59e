import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { settlesWithin } from '../../../lib/deadline';
import { endGroup } from '../../local/processGroup';
import { isAlive } from './controlSocket';
import { CHANGED_KEY } from './failure';

/**
 * ssh without a session does not look at its stdin, so a watcher does: it ends when nobody holds the pipe any more, and
 * then ends ssh and removes the private folder. That is how nothing stays when our process is killed. `$0` is the
 * folder, `$@` the program with its arguments; both keep the number of the process that was started.
 */
const WATCHED = `exec 3<&0
{ cat <&3; kill "$$"; rm -rf -- "$0"; } >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null`;

const MAX_STDERR = 16_384;
const STDERR_WAIT_MS = 500;
const POLL_MS = 15;
/** For the rest of the warning, which says where the known key stands. */
const WARNING_WAIT_MS = 300;

export interface MasterStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly controlSocket: string;
}

/** A running ssh that is master of a control socket. */
export class Master {
  readonly #child: ChildProcess;
  /** Settles when the process has ended, however. */
  readonly ended: Promise<void>;
  readonly #stderrEnded: Promise<void>;
  #stderr = '';
  #ending: Promise<void> | undefined;

  constructor(private readonly start: MasterStart) {
    this.#child = spawn('/bin/sh', ['-c', WATCHED, start.folder, start.program, ...start.args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: start.env,
      cwd: '/',
      // A session of its own: no terminal that ssh could ask on, and a group with all that it starts.
      detached: true,
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#onStderr(text));
    this.#stderrEnded = new Promise((resolve) => this.#child.stderr?.once('close', () => resolve()));
    const exited = Promise.race([once(this.#child, 'exit'), once(this.#child, 'close')]);
    this.ended = exited.then(
      () => this.end(),
      () => this.end(),
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last that ssh said there. */
  get stderr(): string {
    return this.#stderr;
  }

  /** True when it is logged in; false when it has ended before. `isLate` is asked again and again. */
  async isReady(isLate: (elapsedMs: number) => boolean, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return false;
      if (await this.#answers(signal)) return true;
      signal.throwIfAborted();
      if (isLate(POLL_MS)) return false;
      await pause(POLL_MS);
    }
  }

  /** Ends ssh and all that it has started (a ProxyCommand), and waits for that and for its last words. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    await endGroup(this.#child);
    await settlesWithin(this.#stderrEnded, STDERR_WAIT_MS);
    this.#child.stdin?.destroy();
    this.#child.stderr?.destroy();
  }

  async #answers(signal: AbortSignal): Promise<boolean> {
    const { controlSocket } = this.start;
    try {
      await fs.access(controlSocket);
      return await isAlive(controlSocket, signal);
    } catch {
      // Not there yet; whether it ever will be is what the process tells.
      return false;
    }
  }

  #onStderr(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-MAX_STDERR);
    if (!this.#stderr.includes(CHANGED_KEY)) return;
    // With StrictHostKeyChecking=no a jump host's changed key would pass.
    setTimeout(() => void this.end(), WARNING_WAIT_MS).unref();
  }
}
