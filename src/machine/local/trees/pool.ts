import * as os from 'node:os';
import { CancelledError } from '../../../lib/errors';
import type { TreeAnswer, TreeTask } from './protocol';
import { startTreeThread, type TreeThread } from './thread';

/** Two are as fast as the memory is; on one processor a second would only be in the way. */
const MOST_THREADS = 2;
/** So many tasks wait in a thread, so that it is never idle while its owner is busy. */
const AHEAD = 3;
/** A thread that is at one item for so long hangs: at a mount that does not answer. */
const HANG_MS = 10_000;
const LOOK_MS = 200;
/** Beyond it nothing is touched any more: each hanging thread costs memory until its file system answers. */
const MOST_STUCK = 4;

export interface TreePoolOptions {
  readonly workerFile: string;
  /** Until the unused threads are ended. */
  readonly idleMs: number;
  /** Default 10,000. */
  readonly hangMs?: number;
}

/** What becomes of a task: its answer, or the item that a thread hangs at. */
export type TreeOutcome =
  | { readonly kind: 'answer'; readonly answer: TreeAnswer }
  | { readonly kind: 'hangs'; readonly item: number; readonly waitedMs: number }
  /** Nothing is asked any more, because too many items hang. */
  | { readonly kind: 'refused'; readonly waitedMs: number };

/** The tasks of one call: cancelled together, and told together what was read for them. */
export interface TreeCall {
  readonly stop: SharedArrayBuffer;
  readonly onRead?: (bytes: number) => void;
}

interface Job {
  readonly id: number;
  readonly task: TreeTask;
  readonly call: TreeCall;
  readonly resolve: (outcome: TreeOutcome) => void;
  readonly reject: (error: Error) => void;
}

interface Seat {
  readonly thread: TreeThread;
  /** In the order in which they are worked off. */
  readonly jobs: Map<number, Job>;
  steps: number;
  movedAtMs: number;
}

/** Hands tasks to a few threads, and goes on without one that hangs. */
export class TreePool {
  private seats: Seat[] = [];
  private readonly queue: Job[] = [];
  private stuck = 0;
  private lastId = 0;
  private watch: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly hangMs: number;
  private readonly most = Math.max(1, Math.min(MOST_THREADS, os.availableParallelism()));

  constructor(private readonly options: TreePoolOptions) {
    this.hangMs = options.hangMs ?? HANG_MS;
  }

  /** How many tasks are worth having at a time. */
  get width(): number {
    return this.most * AHEAD;
  }

  /** Rejects with a CancelledError when the pool is closed. */
  run(task: TreeTask, call: TreeCall): Promise<TreeOutcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ id: ++this.lastId, task, call, resolve, reject });
      this.serve();
    });
  }

  /** Drops what waits; what a thread is at ends at its next step. */
  cancel({ stop }: TreeCall): void {
    Atomics.store(new Int32Array(stop), 0, 1);
    const mine = this.queue.filter(({ call }) => call.stop === stop);
    for (const job of mine) {
      this.queue.splice(this.queue.indexOf(job), 1);
      job.reject(new CancelledError('cancelled'));
    }
    this.rest();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.watch);
    clearTimeout(this.idle);
    const waiting = [...this.queue.splice(0), ...this.seats.flatMap(({ jobs }) => [...jobs.values()])];
    for (const job of waiting) {
      Atomics.store(new Int32Array(job.call.stop), 0, 1);
      job.reject(new CancelledError('The machine was closed.'));
    }
    await Promise.all(this.seats.splice(0).map(({ thread }) => thread.end()));
  }

  private serve(): void {
    clearTimeout(this.idle);
    while (this.queue.length > 0) {
      const job = this.queue[0] as Job;
      if (this.closed) job.reject(new CancelledError('The machine was closed.'));
      else if (this.stuck >= MOST_STUCK) job.resolve({ kind: 'refused', waitedMs: this.hangMs });
      else {
        const seat = this.freeSeat();
        if (seat === undefined) break;
        if (seat.jobs.size === 0) seat.movedAtMs = performance.now();
        seat.jobs.set(job.id, job);
        seat.thread.post({ id: job.id, task: job.task, stop: job.call.stop });
      }
      this.queue.shift();
    }
    // It keeps the process alive while somebody waits, which the threads do not.
    this.watch ??= setInterval(() => this.look(), LOOK_MS);
    this.rest();
  }

  /** The one with the fewest tasks; a new one rather than one that has something to do. */
  private freeSeat(): Seat | undefined {
    const [least] = [...this.seats].sort((one, other) => one.jobs.size - other.jobs.size);
    if (this.seats.length < this.most && (least === undefined || least.jobs.size > 0)) return this.newSeat();
    return least !== undefined && least.jobs.size < AHEAD ? least : undefined;
  }

  private newSeat(): Seat {
    const seat: Seat = {
      thread: startTreeThread(this.options.workerFile, {
        answer: (answer) => this.take(seat, answer),
        lost: (error) => this.lost(seat, error),
      }),
      jobs: new Map(),
      steps: 0,
      movedAtMs: performance.now(),
    };
    this.seats.push(seat);
    return seat;
  }

  private take(seat: Seat, answer: TreeAnswer): void {
    const job = seat.jobs.get(answer.id);
    if (job === undefined) return;
    seat.jobs.delete(answer.id);
    this.tellRead(seat, job);
    if (answer.kind !== 'thrown') job.resolve({ kind: 'answer', answer });
    else if (isStopped(job.call)) job.reject(new CancelledError('cancelled'));
    else job.reject(new Error(`The thread that works on trees failed: ${answer.error}`));
    this.serve();
  }

  private tellRead(seat: Seat, { call }: Job): void {
    const bytes = seat.thread.shared.takeRead();
    if (bytes > 0) call.onRead?.(bytes);
  }

  private lost(seat: Seat, error: Error): void {
    this.seats = this.seats.filter((one) => one !== seat);
    for (const job of seat.jobs.values()) job.reject(error);
    this.serve();
  }

  private look(): void {
    const nowMs = performance.now();
    for (const seat of this.seats) {
      const [first] = seat.jobs.values();
      if (first !== undefined) this.tellRead(seat, first);
      const steps = seat.thread.shared.steps();
      if (first === undefined || steps !== seat.steps) {
        seat.steps = steps;
        seat.movedAtMs = nowMs;
      } else if (nowMs - seat.movedAtMs > this.hangMs && steps > 0) this.leaveBehind(seat);
    }
  }

  /** The thread stays where it is until its file system answers; what it had to do goes to another one. */
  private leaveBehind(seat: Seat): void {
    const { taskId, item } = seat.thread.shared.place();
    const hanging = seat.jobs.get(taskId);
    if (hanging === undefined) return;
    this.seats = this.seats.filter((one) => one !== seat);
    this.stuck += 1;
    const others = [...seat.jobs.values()].filter((job) => job !== hanging);
    seat.jobs.clear();
    hanging.resolve({ kind: 'hangs', item, waitedMs: this.hangMs });
    this.queue.unshift(...others);
    void seat.thread.leave().then(() => (this.stuck -= 1));
    this.serve();
  }

  /** Ends the watch, and later the threads, when there is nothing to do. */
  private rest(): void {
    if (this.queue.length > 0 || this.seats.some(({ jobs }) => jobs.size > 0)) return;
    clearInterval(this.watch);
    this.watch = undefined;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      for (const { thread } of this.seats.splice(0)) void thread.end();
    }, this.options.idleMs).unref();
  }
}

function isStopped({ stop }: TreeCall): boolean {
  return Atomics.load(new Int32Array(stop), 0) !== 0;
}
