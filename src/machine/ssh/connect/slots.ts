import { CancelledError } from '../../../lib/errors';

/** A number of places; who comes when all are taken waits in line. */
export interface Slots {
  /** Returns what gives the place back; calling that again does nothing. Throws CancelledError. */
  take(signal: AbortSignal): Promise<() => void>;
  /** Nobody has one, nobody waits. */
  unused(): boolean;
}

export function slotsOf(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  const giver = (): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  return {
    take: (signal) => {
      if (signal.aborted) return Promise.reject(new CancelledError('cancelled'));
      if (free > 0) {
        free -= 1;
        return Promise.resolve(giver());
      }
      return new Promise((resolve, reject) => {
        const enter = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(giver());
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(new CancelledError('cancelled'));
        };
        waiting.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    unused: () => free === count,
  };
}
