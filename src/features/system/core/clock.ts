import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../../../lib/errors';

/** Time as collecting needs it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  nowMs(): number;
  /** Milliseconds since some moment; never steps. */
  monotonicMs(): number;
  /** Throws a CancelledError when the signal fires first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(milliseconds, signal) {
    throwIfCancelled(signal);
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      throwIfCancelled(signal);
      throw error;
    }
  },
};
