import { setTimeout as pause } from 'node:timers/promises';

/** Results come no closer than this, however fast it is. */
const LEAST_PAUSE_MS = 250;

export interface LiveWork<Result> {
  /** Does it until its end, or until the signal fires; tells whenever there is something new. */
  run(signal: AbortSignal, changed: () => void): Promise<void>;
  result(): Result;
}

/**
 * Carries it out: live a result whenever there is something new and the consumer asks for one, then the last one;
 * otherwise only that. Who ends the iteration early cancels it.
 */
export async function* liveResults<Result>(
  work: LiveWork<Result>,
  signal: AbortSignal,
  live: boolean,
): AsyncGenerator<Result, void, undefined> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const news = { isThere: true };
  let over = false;
  const end = work.run(stop.signal, () => (news.isThere = true)).finally(() => (over = true));
  // It is awaited below, but a result may be with the consumer when it fails.
  end.catch(() => undefined);
  const ended = end.then(
    () => undefined,
    () => undefined,
  );
  try {
    while (live && !over) {
      if (news.isThere) {
        news.isThere = false;
        yield work.result();
      }
      const timer = new AbortController();
      await Promise.race([ended, pause(LEAST_PAUSE_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
    await end;
    yield work.result();
  } finally {
    stop.abort();
    signal.removeEventListener('abort', cancel);
    await ended;
  }
}
