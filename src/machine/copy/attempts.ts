import { setMaxListeners } from 'node:events';
import { CancelledError, ExpectedError, isCancelled, throwIfCancelled } from '../../lib/errors';
import { isConnectionLost } from './connectionLost';

/** So many things in a row that a lost connection has failed: it will not come back. */
const MOST_LOST = 3;

/** How many things ended that were done for themselves. */
export interface AttemptsEnd {
  readonly state: 'done' | 'cancelled' | 'stopped';
  readonly stopReason: string | null;
}

/** Many things, each for itself: why one of them fails is told of it, unless it is the reason for all. */
export class Attempts {
  /** Fires when the caller cancels, and when it makes no sense to go on. */
  private readonly stop = new AbortController();
  private stopReason: string | null = null;
  private lostInARow = 0;

  constructor() {
    setMaxListeners(0, this.stop.signal);
  }

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** Carries out what consists of such things; ends also by a cancel. Throws what is the fault of none of them. */
  async run(work: () => Promise<void>, signal: AbortSignal): Promise<AttemptsEnd> {
    const cancel = (): void => this.stop.abort();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      await work();
      return { state: 'done', stopReason: null };
    } catch (error) {
      if (this.stopReason !== null) return { state: 'stopped', stopReason: this.stopReason };
      if (isCancelled(error) || signal.aborted) return { state: 'cancelled', stopReason: null };
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** One thing; `failed` is told why it was not done. */
  async attempt(work: () => Promise<void>, failed: (reason: string) => void): Promise<void> {
    throwIfCancelled(this.signal);
    try {
      await work();
      this.lostInARow = 0;
    } catch (error) {
      if (!(error instanceof ExpectedError) || this.signal.aborted) throw error;
      failed(error.message);
      this.judge(error);
    }
  }

  private judge(error: ExpectedError): void {
    this.lostInARow = isConnectionLost(error) ? this.lostInARow + 1 : 0;
    if (error.code !== 'disk-full' && this.lostInARow < MOST_LOST) return;
    this.stopReason = error.message;
    this.stop.abort();
    throw new CancelledError('stopped');
  }
}
