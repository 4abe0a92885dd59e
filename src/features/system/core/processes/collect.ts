import { throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { unsupportedError } from './failures';
import { ProcessReader } from './processReader';
import type { ProcessQuery } from './query';
import type { ProcessesResult } from './schema';

export interface CollectOptions {
  readonly machine: Machine;
  readonly query: ProcessQuery;
  readonly signal: AbortSignal;
  /** Goes on after the first result with rates: one more reading whenever the consumer asks. */
  readonly live: boolean;
  readonly clock?: Clock;
}

/** Reads the processes of a machine once; keeps what it has learned about them for the next time. */
export interface ProcessSource {
  /** Throws an ExpectedError, or a CancelledError. */
  read(signal: AbortSignal): Promise<ProcessesResult>;
}

/** Between the first two readings, for rates that mean something: the kernel counts time in steps of 10 ms. */
const FIRST_INTERVAL_MS = 500;
const LEAST_INTERVAL_MS = 200;

/** The first result at once and without rates, then complete ones. Throws an ExpectedError, or a CancelledError. */
export async function* collectProcesses(options: CollectOptions): AsyncGenerator<ProcessesResult, void, undefined> {
  const { machine, query, signal, live, clock = SYSTEM_CLOCK } = options;
  throwIfCancelled(signal);
  const source = await sourceFor(machine, clock, query);
  let readAtMs = clock.monotonicMs();
  yield await source.read(signal);
  let intervalMs = FIRST_INTERVAL_MS;
  do {
    throwIfCancelled(signal);
    const leftMs = readAtMs + intervalMs - clock.monotonicMs();
    if (leftMs > 0) await clock.sleep(leftMs, signal);
    readAtMs = clock.monotonicMs();
    yield await source.read(signal);
    intervalMs = LEAST_INTERVAL_MS;
  } while (live);
}

async function sourceFor(machine: Machine, clock: Clock, query: ProcessQuery): Promise<ProcessSource> {
  if (machine.platform === 'linux') return new ProcessReader(machine, clock, query);
  if (machine.name === 'local' && (machine.platform === 'darwin' || machine.platform === 'win32')) {
    const elsewhere = await import('./elsewhere');
    return new elsewhere.ElsewhereProcesses(machine, clock, query);
  }
  throw unsupportedError(machine);
}
