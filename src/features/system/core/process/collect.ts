import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { missingText } from '../control/subject';
import { UserNames } from '../processes/userNames';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { pidReusedText } from '../identity';
import type { MapsMode } from './maps';
import { readProcess, type ReaderOptions } from './reader';
import type { ProcessReading, Wanted } from './reading';
import { resultOf } from './result';
import type { ProcessResult } from './schema/process';
import { requireLinux } from '../linuxOnly';

export interface ProcessInput {
  readonly pid: number;
  readonly startTicks?: number | undefined;
  readonly environment: boolean;
  readonly reveal: boolean;
  readonly maps: MapsMode;
}

export interface ProcessOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly clock?: Clock;
}

/** Between the first two readings, for rates that mean something. */
const FIRST_INTERVAL_MS = 500;

/**
 * The first result at once and without rates, then complete ones; when the process ends, the last one once more and
 * marked. Throws ExpectedError: 'missing', 'pid-reused', 'unsupported'.
 */
export async function* collectProcess(
  input: ProcessInput,
  { machine, signal, live, clock = SYSTEM_CLOCK }: ProcessOptions,
): AsyncGenerator<ProcessResult, void, undefined> {
  throwIfCancelled(signal);
  requireLinux(machine);
  const users = new UserNames(machine);
  const options: ReaderOptions = { machine, clock, maps: input.maps, users };
  const { reading: first, thread } = await readFirst(input, options, signal);
  const { environment, reveal } = input;
  const wanted: Wanted = { machine: machine.name, environment, reveal, thread };
  let earlier = first;
  let result = await named(() => resultOf(null, first, wanted), users, signal);
  yield result;
  await waitAfter(earlier, clock, signal);
  for (;;) {
    const look = await readProcess(earlier.identity.pid, earlier, options, signal);
    if (look.kind !== 'read' || look.reading.stat.startTicks !== earlier.stat.startTicks) {
      yield { ...result, ended: { noticedAtMs: clock.nowMs() } };
      return;
    }
    const [before, now] = [earlier, look.reading];
    result = await named(() => resultOf(before, now, wanted), users, signal);
    earlier = now;
    yield result;
    if (!live) return;
  }
}

/** With the names of users that only the name service knows. */
async function named(make: () => ProcessResult, users: UserNames, signal: AbortSignal): Promise<ProcessResult> {
  const result = make();
  return (await users.resolve(signal)) ? make() : result;
}

async function waitAfter(reading: ProcessReading, clock: Clock, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  const leftMs = reading.monotonicMs + FIRST_INTERVAL_MS - clock.monotonicMs();
  if (leftMs > 0) await clock.sleep(leftMs, signal);
}

/** The number of a thread leads to its process, which is what the rest is about. */
async function readFirst(
  { pid, startTicks }: ProcessInput,
  options: ReaderOptions,
  signal: AbortSignal,
): Promise<{ readonly reading: ProcessReading; readonly thread: number | null }> {
  const { name } = options.machine;
  const look = await readProcess(pid, null, options, signal);
  if (look.kind === 'gone') throw new ExpectedError('missing', missingText(pid, name));
  const found = look.kind === 'read' ? look.reading.stat.startTicks : look.startTicks;
  if (startTicks !== undefined && startTicks !== found) throw new ExpectedError('pid-reused', pidReusedText(pid, name));
  if (look.kind === 'read') return { reading: look.reading, thread: null };
  const process = await readProcess(look.processPid, null, options, signal);
  if (process.kind !== 'read') throw new ExpectedError('missing', missingText(pid, name));
  return { reading: process.reading, thread: pid };
}
