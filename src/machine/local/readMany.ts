import * as l10n from '@vscode/l10n';
import * as os from 'node:os';
import { untilAborted } from '../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../lib/errors';
import { BatchRun, type Unsettled } from './batchRun';
import { fileFailure, lateFailure, notAFileText } from './errors';
import { pathOf } from './readGroups';
import { SKIPPED, type ReadRequest } from './readProtocol';
import { startReadThread, type ReadThread } from './readThread';
import type { FileFailure, FileKind, FileTexts, ReadItem, ReadManyOptions } from '../machine';

const DEFAULT_MAX_BYTES = 4 * 1_048_576;
/** Beyond it nothing is read any more: each hanging thread costs memory until its file system answers. */
const MAX_STUCK_THREADS = 8;
/** Of more, each is a dozen megabytes, and they hinder each other: the kernel has one table of open files for all. */
const MAX_HELPERS = 1;
/** A thread that is at one path for so long hangs. */
const HANG_MS = 2_000;
/** Each leaves out what the one before has hung at. After the last, the rest of the batch is given up. */
const MOST_ATTEMPTS = 4;
/** For a cancelled batch to end at the next file. */
const LAST_WAIT_MS = 200;

export interface BatchOptions {
  readonly workerFile: string;
  /** Until a batch that is slow is answered with what has been read. */
  readonly deadlineMs: number;
  /** Until the unused threads are ended. */
  readonly idleMs: number;
}

interface Attempt {
  readonly run: BatchRun;
  /** Each at its path. */
  readonly hanging: readonly Unsettled[];
}

/**
 * Batches of small files, read one batch after another: by one thread, which others help where there is much to read.
 * When a file hangs, its thread is left behind and the file is not touched again until it has answered; the batch is
 * read again without it.
 */
export class BatchReader {
  private tail: Promise<unknown> = Promise.resolve();
  /** The first reads, the others help it. */
  private threads: ReadThread[] = [];
  /** By the path that each hangs at. */
  private readonly stuck = new Map<string, ReadThread>();
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;
  private closed = false;

  private readonly hangMs: number;

  constructor(private readonly options: BatchOptions) {
    this.hangMs = Math.min(HANG_MS, options.deadlineMs);
  }

  /** Rejects only with a CancelledError: at once when the signal aborts. */
  async read(items: readonly ReadItem[], options: ReadManyOptions): Promise<FileTexts> {
    throwIfCancelled(options.signal);
    const turn = this.tail.then(() => this.readInTurn(items, options));
    this.tail = turn.catch(() => undefined);
    return untilAborted(turn, options.signal);
  }

  /** Ends the threads; batches on their way reject with a CancelledError. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    for (const thread of this.stuck.values()) void thread.end();
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  private async readInTurn(items: readonly ReadItem[], options: ReadManyOptions): Promise<FileTexts> {
    if (this.stuck.size >= MAX_STUCK_THREADS) return allFailed(items, tooManyStuck([...this.stuck.keys()]));
    const startMs = performance.now();
    for (let attempt = 1; ; attempt++) {
      const restMs = startMs + this.options.deadlineMs - performance.now();
      const { run, hanging } = await this.attempt(items, options, Math.max(restMs, this.hangMs));
      if (hanging.length === 0) return run.texts;
      // What it still reads, when it goes on, is older than what the next attempt reads.
      run.close();
      for (const { thread, done } of hanging) this.leaveBehind(thread, done);
      if (attempt < MOST_ATTEMPTS && this.stuck.size < MAX_STUCK_THREADS) continue;
      for (const item of items) run.texts.addUnread(pathOf(item), lateFailure(this.hangMs));
      return run.texts;
    }
  }

  private async attempt(
    items: readonly ReadItem[],
    { signal, maxBytes = DEFAULT_MAX_BYTES, encoding = 'utf8', onPart }: ReadManyOptions,
    deadlineMs: number,
  ): Promise<Attempt> {
    throwIfCancelled(signal);
    if (this.closed) throw new CancelledError('The machine was closed.');
    clearTimeout(this.idle);
    const skip = [...this.stuck.keys()];
    const request: ReadRequest = { kind: 'batch', id: ++this.lastId, items, skip, maxBytes, encoding };
    const failure = (code: string): FileFailure => failureOf(code, this.hangMs);
    const run = new BatchRun(request, this.threadAt(0), () => this.helpers(), failure, onPart);
    const cancel = (): void => run.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const hanging = await this.hangingAfter(run, deadlineMs);
      if (hanging.length === 0) await run.end();
      for (const path of run.unread) run.texts.addUnread(path, lateFailure(this.options.deadlineMs));
      return { run, hanging };
    } catch (error) {
      for (const thread of this.threads.splice(0)) void thread.end();
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.endWhenIdle();
    }
  }

  private async hangingAfter(run: BatchRun, deadlineMs: number): Promise<readonly Unsettled[]> {
    const late = await run.lateAfter(deadlineMs, this.hangMs);
    if (late.length === 0) return [];
    run.cancel();
    // A thread that is only slow answers now with what it has read.
    return run.lateAfter(Math.max(this.hangMs, LAST_WAIT_MS), LAST_WAIT_MS);
  }

  private threadAt(index: number): ReadThread {
    return (this.threads[index] ??= startReadThread(this.options.workerFile));
  }

  private helpers(): readonly ReadThread[] {
    if (this.closed) return [];
    const count = Math.max(0, Math.min(MAX_HELPERS, os.availableParallelism() - 1));
    return Array.from({ length: count }, (_none, index) => this.threadAt(index + 1));
  }

  private leaveBehind(thread: ReadThread, answer: Promise<void>): void {
    const path = thread.currentPath();
    this.threads = this.threads.filter((one) => one !== thread);
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
      for (const thread of this.threads.splice(0)) void thread.end();
    }, this.options.idleMs).unref();
  }
}

function failureOf(code: string, hangMs: number): FileFailure {
  if (code === SKIPPED) return lateFailure(hangMs);
  if (!code.startsWith('kind:')) return fileFailure(code);
  return { kind: 'failure', code: 'failed', message: notAFileText(code.slice('kind:'.length) as FileKind) };
}

/** Nothing is known of what a pattern would have matched, so it stands for itself. */
function allFailed(items: readonly ReadItem[], failure: FileFailure): FileTexts {
  return new Map(items.map((item) => [pathOf(item), failure]));
}

function tooManyStuck(paths: readonly string[]): FileFailure {
  const first = Buffer.from(paths[0] ?? '', 'latin1').toString();
  const message = l10n.t('not read, because {0} files do not answer, {1} among them', paths.length, first);
  return { kind: 'failure', code: 'timed-out', message };
}
