import { setMaxListeners } from 'node:events';
import { CancelledError } from './errors';

/** Longer delays make setTimeout fire at once (2^31 - 1 milliseconds, about 24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;

/** What ended the waiting: the caller's signal, or the clock. */
export type DeadlineCause = 'cancelled' | 'timed-out';

/** One operation's limits, as one signal to hand down. */
export interface Deadline {
  /** Aborts when a signal of the caller does or when the time is over, whichever is first. */
  readonly signal: AbortSignal;
  /** Which of the two fired; undefined while neither has. Errors do not tell: Node names both AbortError. */
  readonly fired: DeadlineCause | undefined;
  /** Removes the timer and the listener. Call it when the operation is over, whichever way; again does nothing. */
  clear(): void;
}

/**
 * Derives a signal that aborts with any of the given ones, and after `deadlineMs`. The timer keeps the process alive until it is cleared.
 *
 * Not made with AbortSignal.any: a derived signal that has a listener stays in memory for as long as its source
 * lives (Node 20 to 24, about 1.2 kB for each), and the source may be that of a panel which is open for days.
 */
export function withDeadline(signal: AbortSignal | readonly AbortSignal[], deadlineMs: number): Deadline {
  const sources = signal instanceof AbortSignal ? [signal] : signal;
  const controller = new AbortController();
  let fired: DeadlineCause | undefined;
  const clear = (): void => {
    stopTimer();
    for (const source of sources) source.removeEventListener('abort', onCancel);
  };
  const fire = (cause: DeadlineCause): void => {
    clear();
    fired = cause;
    controller.abort(reasonOf(cause, deadlineMs));
  };
  const onCancel = (): void => fire('cancelled');
  const stopTimer = startTimer(() => fire('timed-out'), deadlineMs);
  if (sources.some((source) => source.aborted)) onCancel();
  else for (const source of sources) listen(source, onCancel);
  return {
    signal: controller.signal,
    get fired() {
      return fired;
    },
    clear,
  };
}

function reasonOf(cause: DeadlineCause, deadlineMs: number): Error {
  if (cause === 'cancelled') return new CancelledError('cancelled');
  return new DOMException(`no end within ${deadlineMs} ms`, 'TimeoutError');
}

/**
 * The result of `work`, which gets the derived signal. When the signal or the clock is first, it rejects at once with
 * a CancelledError or with what `late` makes, even if `work` ignores its signal; `work` then cleans up by itself.
 */
export async function runWithDeadline<T>(
  signal: AbortSignal,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const deadline = withDeadline(signal, deadlineMs);
  try {
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    return await untilAborted(work(deadline.signal), deadline.signal);
  } catch (error) {
    if (deadline.fired === 'timed-out') throw late();
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw error;
  } finally {
    deadline.clear();
  }
}

/**
 * As runWithDeadline, for one of thousands of short steps that cannot be cancelled: what comes of it later is dropped.
 */
export function stepWithDeadline<T>(
  signal: AbortSignal,
  deadlineMs: number,
  step: () => Promise<T>,
  late: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(new CancelledError('cancelled'));
    const stopTimer = startTimer(() => end(() => reject(late())), deadlineMs);
    const onAbort = (): void => end(() => reject(new CancelledError('cancelled')));
    const end = (settle: () => void): void => {
      stopTimer();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    listen(signal, onAbort);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it came
    const fail = (error: unknown): void => end(() => reject(error));
    try {
      step().then((value) => end(() => resolve(value)), fail);
    } catch (error) {
      fail(error);
    }
  });
}

/**
 * The promise's outcome, or a CancelledError as soon as the signal aborts. For work that cannot be cancelled; whatever
 * comes of it later is dropped.
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(new CancelledError('cancelled'));
    const done = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(
      (value) => {
        done();
        resolve(value);
      },
      (error: unknown) => {
        done();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it came
        reject(error);
      },
    );
    if (signal.aborted) onAbort();
    else listen(signal, onAbort);
  });
}

/** Whether the promise settles, either way, before `waitMs` are over. The timer keeps the process alive meanwhile. */
export function settlesWithin(promise: Promise<unknown>, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const stopTimer = startTimer(() => resolve(false), waitMs);
    const settled = (): void => {
      stopTimer();
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

/**
 * Calls back when the time is over and what has arrived by then has been handed out: an event loop that was held up
 * runs its timers first, and an answer that lay there in time must not count as late. Returns what stops it.
 */
function startTimer(callback: () => void, delayMs: number): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (immediate = setImmediate(callback)), Math.min(delayMs, MAX_TIMER_MS));
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

/** Node 20 warns on stderr about the eleventh listener of a signal; one signal may well govern a hundred operations. */
function listen(signal: AbortSignal, listener: () => void): void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', listener, { once: true });
}
