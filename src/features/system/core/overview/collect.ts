import * as l10n from '@vscode/l10n';
import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { EMPTY_HISTORY, extendedHistory } from './history';
import { ProcReader, USUAL_PACES, type Paces } from './procReader';
import { sampleOf } from './rates/rates';
import type { Reading } from './reading';
import type { History, SystemOverview } from './schema/overview';
import { findingsOf, statusOf } from './verdict';
import { machineName } from '../machineName';

export interface CollectOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  /** Goes on after the first complete result: one more reading whenever the consumer asks. */
  readonly live: boolean;
  readonly clock?: Clock;
  readonly paces?: Paces;
}

/** Reads a machine once; keeps what it has learned about it for the next time. */
export interface Reader {
  /** Counters of its back end go on in steps: over a shorter time, rates would be noise. */
  readonly leastIntervalMs: number;
  /** Throws an ExpectedError, or a CancelledError. */
  read(signal: AbortSignal): Promise<Reading>;
}

/** Between the first two readings, for rates that mean something. */
const FIRST_INTERVAL_MS = 500;

/** The first result at once and without rates, then complete ones. Throws an ExpectedError, or a CancelledError. */
export async function* collectOverviews(options: CollectOptions): AsyncGenerator<SystemOverview, void, undefined> {
  const { machine, signal, live, clock = SYSTEM_CLOCK } = options;
  throwIfCancelled(signal);
  const reader = await readerFor(machine, clock, options.paces ?? USUAL_PACES);
  let earlier = await reader.read(signal);
  let overview = overviewOf(machine.name, null, earlier, EMPTY_HISTORY);
  yield overview;
  await waitAfter(earlier, Math.max(FIRST_INTERVAL_MS, reader.leastIntervalMs), clock, signal);
  for (;;) {
    const now = await reader.read(signal);
    overview = overviewOf(machine.name, earlier, now, overview.history);
    earlier = now;
    yield overview;
    if (!live) return;
    await waitAfter(earlier, reader.leastIntervalMs, clock, signal);
  }
}

async function waitAfter(reading: Reading, milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  const leftMs = reading.monotonicMs + milliseconds - clock.monotonicMs();
  if (leftMs > 0) await clock.sleep(leftMs, signal);
}

async function readerFor(machine: Machine, clock: Clock, paces: Paces): Promise<Reader> {
  if (machine.platform === 'linux') return new ProcReader(machine, clock, paces);
  if (machine.name === 'local' && (machine.platform === 'darwin' || machine.platform === 'win32')) {
    const elsewhere = await import('./elsewhere');
    return new elsewhere.ElsewhereReader(machine.platform, clock);
  }
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'The overview of {0} ({1}) is not possible. It works for Linux machines, near or far, and for macOS and Windows where Opsdeck itself runs.',
      machineName(machine.name),
      machine.platform,
    ),
  );
}

function overviewOf(machine: string, earlier: Reading | null, now: Reading, history: History): SystemOverview {
  const sample = sampleOf(machine, earlier, now);
  const findings = findingsOf(sample);
  return { ...sample, status: statusOf(sample, findings), findings, history: extendedHistory(history, sample) };
}
