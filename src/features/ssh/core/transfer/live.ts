import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from './journey';
import type { TransferResult } from './schema';
import { Transfer } from './transfer';

/** Results come no closer than this, however fast it is. */
const LEAST_PAUSE_MS = 250;

/**
 * Carries it out: live a result whenever there is something new and the consumer asks for one, then the last one;
 * otherwise only that. Who ends the iteration early cancels it.
 */
export async function* carryOut(
  journey: Journey,
  signal: AbortSignal,
  live: boolean,
): AsyncGenerator<TransferResult, void, undefined> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const news = { isThere: true };
  const transfer = new Transfer(journey, stop.signal, () => (news.isThere = true));
  let over = false;
  const end = transfer.run().finally(() => (over = true));
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
        yield transfer.result();
      }
      const timer = new AbortController();
      await Promise.race([ended, pause(LEAST_PAUSE_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
    await end;
    yield transfer.result();
  } finally {
    stop.abort();
    signal.removeEventListener('abort', cancel);
    await ended;
  }
}
