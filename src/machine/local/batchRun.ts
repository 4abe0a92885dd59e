import { settlesWithin } from '../../lib/deadline';
import type { FileFailure, FileTexts, ReadManyOptions } from '../machine';
import { PartTexts } from './partTexts';
import type { ReadPart, ReadRequest, ShareOffer } from './readProtocol';
import type { ReadThread } from './readThread';
import { ShareCursor } from './shareCursor';

/** What one thread does for a batch. */
interface Task {
  readonly thread: ReadThread;
  readonly done: Promise<void>;
  settled: boolean;
}

interface Share extends Task {
  /** Whether it has taken something that it is to answer. */
  readonly busy: () => boolean;
}

/** A thread that has not answered, and when it does. */
export type Unsettled = Pick<Task, 'thread' | 'done'>;

const BUSY_FACTOR = 1.5;

/** One batch on its way: read by one thread, which other threads help where it has much to read. */
export class BatchRun {
  /** What has been read, and was not handed over part by part. */
  readonly texts: PartTexts;
  /** The paths of the items that a cancelled batch did not come to, or not to the end of. */
  readonly unread: string[] = [];
  private readonly first: Task;
  private readonly shares: Share[] = [];
  private readonly cursors: ShareCursor[] = [];
  /** Those that the batch has to wait for, known when the first thread has answered. */
  private lastShares: readonly Share[] | undefined;
  private cancelled = false;
  private closed = false;
  /** What `onPart` has thrown. */
  private partError: Error | undefined;

  /** `helpers` gives the threads that may help, and starts them. */
  constructor(
    private readonly request: ReadRequest,
    thread: ReadThread,
    private readonly helpers: () => readonly ReadThread[],
    private readonly failureOf: (code: string) => FileFailure,
    private readonly onPart: ReadManyOptions['onPart'] = undefined,
  ) {
    this.texts = new PartTexts(request, failureOf, (buffers) => this.giveBack(buffers));
    const listener = {
      part: (part: ReadPart) => this.take(part, thread),
      offer: (offer: ShareOffer) => this.share(offer),
    };
    this.first = taskOf(
      thread,
      thread.ask(request, listener).then(() => this.endShares()),
    );
  }

  /**
   * The threads that the batch waits for in vain: one stays at its path for longer than `hangMs`, or the time is over
   * and these have not answered. None when all is read.
   */
  async lateAfter(deadlineMs: number, hangMs: number): Promise<readonly Unsettled[]> {
    const giveUpMs = performance.now() + deadlineMs;
    for (;;) {
      const before = this.steps();
      const startMs = performance.now();
      const waitMs = Math.min(hangMs, giveUpMs - startMs);
      if (await settlesWithin(this.end(), waitMs)) return [];
      const hanging = this.unsettled().filter(
        ({ thread }) => thread.steps() > 0 && thread.steps() === before.get(thread),
      );
      // A machine so busy that this thread was late as well says nothing about the file.
      const busy = performance.now() - startMs > waitMs * BUSY_FACTOR;
      if (hanging.length > 0 && !busy) return hanging;
      if (performance.now() >= giveUpMs) return this.unsettled();
    }
  }

  /** When all is read. Throws what `onPart` has thrown. */
  async end(): Promise<void> {
    await this.first.done;
    await Promise.all((this.lastShares ?? []).map((one) => one.done));
    if (this.partError !== undefined) throw this.partError;
  }

  /** Asks all threads to leave the rest. */
  cancel(): void {
    this.cancelled = true;
    for (const { thread } of [this.first, ...this.shares]) thread.cancel(this.request.id);
    // A helper that comes to it only later does not know any more that it was cancelled.
    this.closeCursors();
  }

  /** What is still to come does not change the texts any more. */
  close(): void {
    this.closed = true;
  }

  /** Those that the batch waits for. */
  private unsettled(): readonly Task[] {
    const shares = this.lastShares ?? this.shares.filter((one) => one.busy());
    return [this.first, ...shares].filter((one) => !one.settled);
  }

  /**
   * The first thread answers when there is nothing left to take, or when it was cancelled. From then on nobody can
   * begin any more, so who is busy now is all that is waited for: not a helper that looks in vain only later.
   */
  private endShares(): void {
    this.closeCursors();
    this.lastShares = this.shares.filter((one) => one.busy());
  }

  private closeCursors(): void {
    for (const cursor of this.cursors) cursor.close();
  }

  private steps(): ReadonlyMap<ReadThread, number> {
    return new Map(this.unsettled().map(({ thread }) => [thread, thread.steps()]));
  }

  /** To the threads that have filled them, in equal shares. */
  private giveBack(buffers: readonly ArrayBuffer[]): void {
    const threads = [this.first, ...this.shares].map((one) => one.thread);
    for (const [index, thread] of threads.entries()) {
      thread.give(buffers.filter((_buffer, at) => at % threads.length === index));
    }
  }

  private take(part: ReadPart, thread: ReadThread): void {
    if (this.closed) return;
    if (this.onPart === undefined) this.texts.add(part);
    else this.handOver(part, thread, this.onPart);
    if (part.unread !== null) this.unread.push(...part.unread);
  }

  private handOver(part: ReadPart, thread: ReadThread, onPart: (texts: FileTexts) => void): void {
    const texts = new PartTexts(this.request, this.failureOf, (buffers) => thread.give(buffers));
    texts.add(part);
    try {
      onPart(texts);
    } catch (error) {
      this.partError ??= error instanceof Error ? error : new Error(String(error));
    }
    texts.release();
  }

  private share(offer: ShareOffer): void {
    // Nobody is asked to read what is not wanted any more: those who do not know it would read all of it.
    if (this.cancelled) return;
    const cursor = new ShareCursor(offer.cursor);
    this.cursors.push(cursor);
    for (const [helper, thread] of this.helpers().entries()) {
      const listener = { part: (part: ReadPart) => this.take(part, thread), offer: () => undefined };
      const done = thread.ask({ kind: 'share', batch: this.request, offer, helper }, listener);
      this.shares.push(Object.assign(taskOf(thread, done), { busy: () => cursor.isBusy(helper) }));
    }
  }
}

function taskOf(thread: ReadThread, done: Promise<void>): Task {
  const task: Task = { thread, done, settled: false };
  const settle = (): void => {
    task.settled = true;
  };
  done.then(settle, settle);
  return task;
}
