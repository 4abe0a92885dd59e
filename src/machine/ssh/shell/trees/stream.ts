import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError } from '../../../../lib/errors';
import { lateFile, type FileTask } from '../../../fileErrors';
import type { RunningCommand } from '../../../machine';
import type { HostConnection } from '../connection';
import { startRemote } from '../start';

const MOST_WORDS = 4 * 1_048_576;
const SILENT = Symbol('silent');
const NEVER = new AbortController().signal;

/** A script at work over there, of which the output is read as it comes. */
export interface RunningScript {
  /** Throws ExpectedError('timed-out') when it says nothing for so long unless it is idle, CancelledError. */
  chunks(
    silenceMs: () => number,
    taskAt: () => FileTask,
    isIdle?: () => boolean,
  ): AsyncGenerator<Buffer, void, undefined>;
  /** Resolves when it may get more. */
  send(bytes: Uint8Array): Promise<void>;
  endInput(): void;
  /** What it complained of, and how it ended. */
  end(): Promise<{ readonly exitCode: number | null; readonly complaints: string }>;
  /** Ends it over there. */
  stop(): void;
}

export async function startScript(
  host: HostConnection,
  machine: string,
  script: string,
  signal: AbortSignal,
  takesInput = false,
): Promise<RunningScript> {
  const stopping = new AbortController();
  const stop = (): void => {
    signal.removeEventListener('abort', stop);
    stopping.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const options = { signal: stopping.signal, env: { LC_ALL: 'C' } };
  const command = await startRemote(host, machine, ['sh', '-c', script], options, NEVER);
  command.ended.catch(() => undefined);
  command.stdin.on('error', () => undefined);
  if (!takesInput) command.stdin.end();
  let complaints = '';
  command.stderr.on('data', (chunk: Buffer) => {
    if (complaints.length < MOST_WORDS) complaints += chunk.toString('latin1');
  });
  command.stderr.on('error', () => undefined);
  return {
    chunks: (silenceMs, taskAt, isIdle = () => false) => chunksOf(command, silenceMs, taskAt, isIdle),
    send: (bytes) => sendTo(command, bytes),
    endInput: () => void command.stdin.end(),
    end: async () => ({ exitCode: (await command.ended).exitCode, complaints }),
    stop,
  };
}

async function* chunksOf(
  { stdout }: RunningCommand,
  silenceMs: () => number,
  taskAt: () => FileTask,
  isIdle: () => boolean,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = iterator.next();
    next.catch(() => undefined);
    try {
      const result = await beforeSilence(next, silenceMs, taskAt, isIdle);
      if (result.done === true) return;
      yield result.value;
    } catch (error) {
      // A stream that was destroyed by a cancel says so in Node's words.
      if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
        throw new CancelledError('cancelled');
      }
      throw error;
    }
  }
}

async function beforeSilence<T>(
  next: Promise<T>,
  silenceMs: () => number,
  taskAt: () => FileTask,
  isIdle: () => boolean,
): Promise<T> {
  for (;;) {
    const limitMs = silenceMs();
    const timer = new AbortController();
    const silence = pause(limitMs, SILENT, { signal: timer.signal });
    silence.catch(() => undefined);
    const result = await Promise.race([next, silence]).finally(() => timer.abort());
    if (result !== SILENT) return result;
    if (!isIdle()) throw lateFile(taskAt(), limitMs);
  }
}

/** The end of the program ends the waiting too. */
function sendTo({ stdin, ended }: RunningCommand, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (stdin.destroyed || stdin.write(bytes)) return resolve();
    stdin.once('drain', resolve).once('close', resolve);
    ended.then(
      () => resolve(),
      () => resolve(),
    );
  });
}
