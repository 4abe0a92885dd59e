import { setTimeout as pause } from 'node:timers/promises';

/** Results come no closer than this, however fast it is. */
const LEAST_PAUSE_MS = 250;
/** The first one comes as soon as there is something in it, looked at so often, and in any case before long. */
const FIRST_LOOK_MS = 50;
const FIRST_LOOKS = 10;

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
  const news = { isThere: false };
  let over = false;
  const end = work.run(stop.signal, () => (news.isThere = true)).finally(() => (over = true));
  // It is awaited below, but a result may be with the consumer when it fails.
  end.catch(() => undefined);
  const ended = end.then(
    () => undefined,
    () => undefined,
  );
  try {
    for (let look = 0; live && !over && !news.isThere && look < FIRST_LOOKS; look += 1)
      await within(ended, FIRST_LOOK_MS);
    news.isThere = true;
    while (live && !over) {
      if (news.isThere) {
        news.isThere = false;
        yield work.result();
      }
      await within(ended, LEAST_PAUSE_MS);
    }
    await end;
    yield work.result();
  } finally {
    stop.abort();
    signal.removeEventListener('abort', cancel);
    await ended;
  }
}

/** The end, or so long. */
async function within(ended: Promise<void>, ms: number): Promise<void> {
  const timer = new AbortController();
  await Promise.race([ended, pause(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}
