import { throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { readings } from '../readings';
import type { DisksInput } from './chosen';
import { DisksReader } from './reader';
import type { DisksResult } from './schema';
import { requireLinux } from '../linuxOnly';

export interface CollectDisksOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly clock?: Clock;
}

/** Between the first two readings, for rates that mean something. */
const FIRST_INTERVAL_MS = 1_000;
const LEAST_INTERVAL_MS = 500;
/** The first result without rates, then complete ones. Throws an ExpectedError, or a CancelledError. */
export async function* collectDisks(
  input: DisksInput,
  options: CollectDisksOptions,
): AsyncGenerator<DisksResult, void, undefined> {
  const { machine, signal, live, clock = SYSTEM_CLOCK } = options;
  throwIfCancelled(signal);
  requireLinux(machine);
  const reader = new DisksReader(machine, input, clock);
  const pace = { firstIntervalMs: FIRST_INTERVAL_MS, leastIntervalMs: LEAST_INTERVAL_MS };
  yield* readings(reader, { signal, live, clock, ...pace });
}
