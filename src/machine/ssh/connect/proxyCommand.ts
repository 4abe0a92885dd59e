import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions } from '../options';
import { hostLabel, oneLine } from './names';

/** Kept of what the command writes to stderr, for the message when it fails. */
const STDERR_CHARACTERS = 2_000;
/** How long the command may take to end once it is told to. */
const END_MS = 2_000;
/** What it writes to stderr may come after the end of its stdout. */
const LAST_WORDS_MS = 300;

/** The stdin and stdout of a ProxyCommand as one connection. */
export class ProxyConnection extends Duplex {
  bytesRead = 0;
  bytesWritten = 0;
  private said = '';

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    super();
    child.stdout.pause().on('data', this.onData);
    child.stdout.once('end', () => setTimeout(this.onEnd, LAST_WORDS_MS).unref());
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-STDERR_CHARACTERS);
    });
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
    child.once('error', (error) => this.destroy(error));
    child.once('close', this.onEnd);
    this.once('end', () => this.destroy());
  }

  private hasEnded = false;

  /** What it wrote to stderr, one line; '' for nothing. */
  get lastWords(): string {
    return oneLine(this.said);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.bytesRead += chunk.length;
    if (!this.push(chunk)) this.child.stdout.pause();
  };

  private readonly onEnd = (): void => {
    this.hasEnded = true;
    if (!this.readableEnded && !this.destroyed) this.push(null);
  };

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytesWritten += chunk.length;
    this.child.stdin.write(chunk, (error) => {
      // Mostly it is about to end, and its last words tell more than that it reads nothing any more.
      if (error == null || this.hasEnded) done(error);
      else this.child.once('close', () => done(error));
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.child.stdin.destroy();
    endGroup(this.child);
    done(error);
  }
}

/**
 * Runs the ProxyCommand as ssh does: by the user's shell, because it is a shell line, which the user's own
 * configuration holds. Throws ExpectedError where the configuration is not trusted.
 */
export function openProxyCommand(options: HostOptions, command: string, trusted: boolean): ProxyConnection {
  if (!trusted) {
    throw new ExpectedError(
      'denied',
      l10n.t(
        '{0} is reached through a ProxyCommand, and this workspace is not trusted to run programs. Trust the workspace, then connect again.',
        hostLabel(options),
      ),
    );
  }
  const detached = process.platform !== 'win32';
  const child = detached
    ? spawn(process.env.SHELL ?? '/bin/sh', ['-c', `exec ${command}`], { detached, stdio: 'pipe' })
    : spawn(command, { shell: true, stdio: 'pipe', windowsHide: true });
  return new ProxyConnection(child);
}

/** With what it started: it is the leader of a group of its own. */
function endGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const { pid } = child;
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  send('SIGHUP');
  const timer = setTimeout(() => send('SIGKILL'), END_MS).unref();
  child.once('exit', () => clearTimeout(timer));
}
