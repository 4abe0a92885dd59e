import type { Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { queryOf } from './query';
import { SocketReader } from './reader';
import { resultOf } from './result';
import type { SocketsInput, SocketsResult } from './schema';
import type { SsTraffic } from './ss';

export interface CollectSocketsOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly input: SocketsInput;
  readonly clock?: Clock;
}

/** Between the first two readings, for rates that mean something. */
const FIRST_INTERVAL_MS = 500;
const LEAST_INTERVAL_MS = 200;

/**
 * The sockets at once, from /proc alone; then with what ss tells, as rates. Who has a port is one answer. Throws an
 * ExpectedError, or a CancelledError.
 */
export async function* collectSockets(options: CollectSocketsOptions): AsyncGenerator<SocketsResult, void, undefined> {
  const { machine, signal, live, clock = SYSTEM_CLOCK } = options;
  const query = queryOf(options.input);
  const reader = new SocketReader(machine, clock, query);
  let before: SsTraffic | null = null;
  if (reader.hasTraffic && (live || query.port === null)) {
    yield { ...resultOf(await reader.read(signal, false), { before, now: null, missing: null }), measuring: true };
    before = await reader.traffic(signal);
    if (before !== null) await clock.sleep(FIRST_INTERVAL_MS, signal);
  }
  for (;;) {
    const [reading, now] = await Promise.all([reader.read(signal, true), reader.traffic(signal)]);
    yield resultOf(reading, { before, now, missing: reader.ss.missing });
    before = now;
    if (!live) return;
    await clock.sleep(LEAST_INTERVAL_MS, signal);
  }
}
