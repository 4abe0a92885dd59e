import * as l10n from '@vscode/l10n';
import { settlesWithin, untilAborted } from '../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../lib/errors';
import { fileFailure, lateFailure, notAFileText } from './errors';
import { SKIPPED, type ReadReply } from './reads';
import { startReadThread, type ReadThread } from './readThread';
import type { FileFailure, FileKind, FileTexts, ReadOptions } from '../machine';

const DEFAULT_MAX_BYTES = 4 * 1_048_576;
/** Beyond it nothing is read any more: each hanging thread costs memory until its file system answers. */
const MAX_STUCK_THREADS = 8;

/** For all other files, read once more without the one that hangs. */
const RETRY_DEADLINE_MS = 2_000;
/** For a cancelled batch to end at the next file. */
const LAST_WAIT_MS = 200;

export interface BatchOptions {
  readonly workerFile: string;
  /** Until the file that a batch hangs at is given up. */
  readonly deadlineMs: number;

  /** Until the unused thread is ended. */
  readonly idleMs: number;
}

/**
 * Batches of small files, read one batch after another by one thread. When a file hangs, its thread is left behind
 * and the file is not touched again until it has answered; the batch is read once more without it.
 */
export class BatchReader {
  private tail: Promise<unknown> = Promise.resolve();
  private thread: ReadThread | undefined;
  private readonly stuck = new Map<string, ReadThread>();
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;
  private closed = false;

  constructor(private readonly options: BatchOptions) {}

  /** Rejects only with a CancelledError: at once when the signal aborts. */
  async read(patterns: readonly string[], options: ReadOptions): Promise<FileTexts> {
    throwIfCancelled(options.signal);
    const turn = this.tail.then(() => this.readInTurn(patterns, options));
    this.tail = turn.catch(() => undefined);
    return untilAborted(turn, options.signal);
  }

  /** Ends the threads; batches on their way reject with a CancelledError. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    for (const thread of this.stuck.values()) void thread.end();
    await this.thread?.end();
  }

  private async readInTurn(patterns: readonly string[], options: ReadOptions): Promise<FileTexts> {
    const first = await this.attempt(patterns, options, this.options.deadlineMs);
    if (first !== undefined) return first;
    const second = await this.attempt(patterns, options, RETRY_DEADLINE_MS);
    return second ?? allFailed(patterns, lateFailure(this.options.deadlineMs + RETRY_DEADLINE_MS));
  }

  /** Undefined when a file hangs: it is in `stuck` then. */
  private async attempt(
    patterns: readonly string[],
    { signal, maxBytes = DEFAULT_MAX_BYTES }: ReadOptions,
    deadlineMs: number,
  ): Promise<FileTexts | undefined> {
    throwIfCancelled(signal);
    if (this.closed) throw new CancelledError('The machine was closed.');
    const skip = [...this.stuck.keys()];
    if (skip.length >= MAX_STUCK_THREADS) return allFailed(patterns, tooManyStuck(skip));
    clearTimeout(this.idle);
    const thread = (this.thread ??= startReadThread(this.options.workerFile));
    const id = ++this.lastId;
    const cancel = (): void => thread.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const answer = thread.ask({ id, patterns, skip, maxBytes });
      if (!(await settlesWithin(answer, deadlineMs))) cancel();
      // A thread that is only slow answers now with what it has read.
      if (await settlesWithin(answer, LAST_WAIT_MS)) return textsOf(await answer, deadlineMs);
      this.leaveBehind(thread, answer);
      return undefined;
    } catch (error) {
      this.thread = undefined;
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.endWhenIdle();
    }
  }

  private leaveBehind(thread: ReadThread, answer: Promise<ReadReply>): void {
    const path = thread.currentPath();
    this.thread = undefined;
    this.stuck.set(path, thread);
    const answered = (): void => {
      this.stuck.delete(path);
      void thread.end();
    };
    answer.then(answered, answered);
  }

  private endWhenIdle(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      void this.thread?.end();
      this.thread = undefined;
    }, this.options.idleMs).unref();
  }
}

function textsOf(reply: ReadReply, deadlineMs: number): FileTexts {
  const texts = new Map<string, string | FileFailure>();
  for (const [index, path] of reply.paths.entries()) texts.set(path, reply.texts[index] ?? '');
  for (const [index, code] of reply.errors) {
    const path = reply.paths[index];
    if (path !== undefined) texts.set(path, failureOf(code, deadlineMs));
  }
  for (const pattern of reply.unread) {
    if (!texts.has(pattern)) texts.set(pattern, lateFailure(deadlineMs));
  }
  return texts;
}

function failureOf(code: string, deadlineMs: number): FileFailure {
  if (code === SKIPPED) return lateFailure(deadlineMs);
  if (!code.startsWith('kind:')) return fileFailure(code);
  return { kind: 'failure', code: 'failed', message: notAFileText(code.slice('kind:'.length) as FileKind) };
}

/** Nothing is known of what a pattern would have matched, so it stands for itself. */
function allFailed(patterns: readonly string[], failure: FileFailure): FileTexts {
  return new Map(patterns.map((pattern) => [pattern, failure]));
}

function tooManyStuck(paths: readonly string[]): FileFailure {
  const message = l10n.t('not read, because {0} files do not answer, {1} among them', paths.length, paths[0] ?? '');
  return { kind: 'failure', code: 'timed-out', message };
}
