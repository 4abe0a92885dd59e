import { setMaxListeners } from 'node:events';
import { CancelledError } from '../../../lib/errors';

/** So many at a time; who comes when all are taken waits for its turn. */
export class Slots {
  private taken = 0;
  private readonly queue = new Set<() => void>();

  constructor(private readonly count: number) {}

  /** Rejects with a CancelledError when the signal is first. Returns what gives the slot back; again does nothing. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new CancelledError('cancelled');
    if (this.taken >= this.count) await this.turn(signal);
    else this.taken += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.giveBack();
    };
  }

  /** The slot goes from hand to hand, so nobody who comes later is first. */
  private giveBack(): void {
    const [next] = this.queue;
    if (next === undefined) this.taken -= 1;
    else next();
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.queue.delete(onTurn);
        signal.removeEventListener('abort', onAbort);
      };
      const onTurn = (): void => {
        leave();
        resolve();
      };
      const onAbort = (): void => {
        leave();
        reject(new CancelledError('cancelled'));
      };
      setMaxListeners(0, signal);
      signal.addEventListener('abort', onAbort, { once: true });
      this.queue.add(onTurn);
    });
  }
}

/** Bytes that all transfers of a session may have on their way; a transfer always has its first request. */
export class ByteBudget {
  private left: number;

  constructor(total: number) {
    this.left = total;
  }

  has(bytes: number): boolean {
    return this.left >= bytes;
  }

  take(bytes: number): void {
    this.left -= bytes;
  }

  giveBack(bytes: number): void {
    this.left += bytes;
  }
}
