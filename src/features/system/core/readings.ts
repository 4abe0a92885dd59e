import type { Clock } from './clock';

/** Reads a machine once; keeps what it has learned about it for the next time. */
export interface ResultSource<Result> {
  /** Throws an ExpectedError, or a CancelledError. */
  read(signal: AbortSignal): Promise<Result>;
}

export interface ReadingPace {
  readonly signal: AbortSignal;
  /** Goes on after the second result, whenever the consumer asks. */
  readonly live: boolean;
  readonly clock: Clock;
  /** Between the first two, for rates that mean something. */
  readonly firstIntervalMs: number;
  /** Between all others, however fast the consumer is. */
  readonly leastIntervalMs: number;
}

/** The first result at once and without rates, then complete ones. */
export async function* readings<Result>(
  source: ResultSource<Result>,
  { signal, live, clock, firstIntervalMs, leastIntervalMs }: ReadingPace,
): AsyncGenerator<Result, void, undefined> {
  yield await source.read(signal);
  await clock.sleep(firstIntervalMs, signal);
  for (;;) {
    yield await source.read(signal);
    if (!live) return;
    await clock.sleep(leastIntervalMs, signal);
  }
}
