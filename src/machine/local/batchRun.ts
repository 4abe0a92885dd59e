import { settlesWithin } from '../../lib/deadline';
import type { FileFailure } from '../machine';
import { PartTexts } from './partTexts';
import type { ReadPart, ReadRequest, ShareOffer } from './readProtocol';
import type { ReadThread } from './readThread';
import { ShareCursor } from './shareCursor';

/** What one thread does for a batch. */
interface Task {
  readonly thread: ReadThread;
  readonly done: Promise<void>;
  settled: boolean;
  /** Whether the batch has to wait for it. */
  readonly needed: () => boolean;
}

const BUSY_FACTOR = 1.5;

/** One batch on its way: read by one thread, which other threads help where it has much to read. */
export class BatchRun {
  /** What has been read. */
  readonly texts: PartTexts;
  /** The paths of the items that a cancelled batch did not come to, or not to the end of. */
  readonly unread: string[] = [];
  private readonly first: Task;
  private readonly shares: Task[] = [];
  private readonly cursors: ShareCursor[] = [];
  private closed = false;

  /** `helpers` gives the threads that may help, and starts them. */
  constructor(
    private readonly request: ReadRequest,
    thread: ReadThread,
    private readonly helpers: () => readonly ReadThread[],
    failureOf: (code: string) => FileFailure,
  ) {
    this.texts = new PartTexts(request, failureOf, (buffers) => this.giveBack(buffers));
    const done = thread.ask(request, { part: (part) => this.take(part), offer: (offer) => this.share(offer) });
    this.first = taskOf(thread, done, () => true);
  }

  /** Whether all is read in time. Not when the time is over, nor when a thread stays at one path for too long. */
  async endsWithin(deadlineMs: number, hangMs: number): Promise<boolean> {
    const giveUpMs = performance.now() + deadlineMs;
    for (;;) {
      const before = this.steps();
      const startMs = performance.now();
      const waitMs = Math.min(hangMs, giveUpMs - startMs);
      if (await settlesWithin(this.end(), waitMs)) return true;
      const hangs = this.unsettled().some(({ thread }) => thread.steps() > 0 && thread.steps() === before.get(thread));
      // A machine so busy that this thread was late as well says nothing about the file.
      const busy = performance.now() - startMs > waitMs * BUSY_FACTOR;
      if ((hangs && !busy) || performance.now() >= giveUpMs) return false;
    }
  }

  /**
   * When all is read. The first thread ends when there is nothing left to take: a helper that has nothing then is not
   * waited for.
   */
  async end(): Promise<void> {
    await this.first.done;
    await Promise.all(this.shares.filter((one) => one.needed()).map((one) => one.done));
  }

  /** Asks all threads to leave the rest. */
  cancel(): void {
    for (const { thread } of [this.first, ...this.shares]) thread.cancel(this.request.id);
    // A helper that comes to it only later does not know any more that it was cancelled.
    for (const cursor of this.cursors) cursor.close();
  }

  /** The threads that have not answered, with when they do. */
  unsettled(): readonly Pick<Task, 'thread' | 'done'>[] {
    return [this.first, ...this.shares].filter((one) => !one.settled && one.needed());
  }

  /** What is still to come does not change the texts any more. */
  close(): void {
    this.closed = true;
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

  private take(part: ReadPart): void {
    if (this.closed) return;
    this.texts.add(part);
    if (part.unread !== null) this.unread.push(...part.unread);
  }

  private share(offer: ShareOffer): void {
    const cursor = new ShareCursor(offer.cursor);
    this.cursors.push(cursor);
    for (const [helper, thread] of this.helpers().entries()) {
      const listener = { part: (part: ReadPart) => this.take(part), offer: () => undefined };
      const done = thread.ask({ kind: 'share', batch: this.request, offer, helper }, listener);
      this.shares.push(taskOf(thread, done, () => cursor.isBusy(helper)));
    }
  }
}

function taskOf(thread: ReadThread, done: Promise<void>, needed: () => boolean): Task {
  const task: Task = { thread, done, settled: false, needed };
  const settle = (): void => {
    task.settled = true;
  };
  done.then(settle, settle);
  return task;
}
