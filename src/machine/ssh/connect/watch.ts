/** Watches one step after another: each has its time, and the clock stands still while a person is asked. */
export interface StepWatch {
  /** Begins a step; the one before is done. */
  start(seconds: number, late: () => void): void;
  stop(): void;
  /** The step's whole time begins anew after it. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

export function stepWatch(): StepWatch {
  let timer: NodeJS.Timeout | undefined;
  let again: (() => void) | undefined;
  let held = 0;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    again = undefined;
  };
  return {
    start: (seconds, late) => {
      stop();
      again = () => {
        clearTimeout(timer);
        timer = setTimeout(late, seconds * 1_000);
      };
      if (held === 0) again();
    },
    stop,
    hold: async (work) => {
      held += 1;
      clearTimeout(timer);
      try {
        return await work();
      } finally {
        held -= 1;
        if (held === 0) again?.();
      }
    },
  };
}
