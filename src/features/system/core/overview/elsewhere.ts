import * as l10n from '@vscode/l10n';
import * as os from 'node:os';
import * as systeminformation from 'systeminformation';
import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../../../../lib/errors';
import type { Clock } from '../clock';
import {
  addedTimes,
  allDisks,
  hostFactsOf,
  interfaceCounters,
  loggedIn,
  memoryFigures,
  mountedOf,
  surroundingsOf,
  totalTimes,
} from './elsewhereFigures';
import { ProblemList } from './problems';
import type { Counters, HostFacts, MountedFileSystem, Reading, Surroundings, UsersReading } from './reading';
import type { Part } from './schema/overview';
import type { CoreTimes, StatCounters } from '../kernel/stat';

/** Those functions of the package that are used; tests put their own in their place. */
export type Library = Pick<
  typeof systeminformation,
  | 'battery'
  | 'cpu'
  | 'cpuTemperature'
  | 'currentLoad'
  | 'disksIO'
  | 'fsSize'
  | 'fsStats'
  | 'mem'
  | 'networkInterfaces'
  | 'networkStats'
  | 'osInfo'
  | 'users'
>;

interface Slow {
  readonly surroundings: Surroundings;
  readonly fileSystems: readonly MountedFileSystem[];
  readonly users: UsersReading;
}

const SLOW_MS = 30_000;
const DEADLINE_MS = 15_000;

/** Reads the machine that Opsdeck runs on where that is macOS or Windows, by the programs of the system. */
export class ElsewhereReader {
  /** The package answers calls within half a second from its memory. */
  readonly leastIntervalMs = 1_000;
  private cores: readonly CoreTimes[] = [];
  private host: HostFacts | undefined;
  private slow: Slow | undefined;
  private hostProblems = new ProblemList();
  private slowProblems = new ProblemList();
  private slowAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly platform: 'darwin' | 'win32',
    private readonly clock: Clock,
    private readonly library: Library = systeminformation,
  ) {}

  /** Throws a CancelledError only: what fails costs its own part. */
  async read(signal: AbortSignal): Promise<Reading> {
    const problems = new ProblemList();
    const startMs = this.clock.monotonicMs();
    const slowDue = this.slow === undefined || startMs - this.slowAtMs >= SLOW_MS;
    const [host, slow] = await Promise.all([
      this.host ?? this.readHost(signal),
      slowDue || this.slow === undefined ? this.readSlow(signal) : this.slow,
    ]);
    if (slowDue) this.slowAtMs = startMs;
    [this.host, this.slow] = [host, slow];
    const counters = await this.readCounters(signal, problems);
    return {
      backEnd: 'systeminformation',
      takenAtMs: this.clock.nowMs(),
      monotonicMs: this.clock.monotonicMs(),
      counters,
      ...slow,
      host,
      problems: [...problems.list(), ...this.slowProblems.list(), ...this.hostProblems.list()],
    };
  }

  private async readCounters(signal: AbortSignal, problems: ProblemList): Promise<Counters> {
    const library = this.library;
    const [load, mem, interfaces, bytes, operations] = await Promise.all([
      ask('currentLoad', 'cpu', () => library.currentLoad(), signal, problems),
      ask('mem', 'memory', () => library.mem(), signal, problems),
      ask('networkStats', 'interfaces', () => library.networkStats('*'), signal, problems),
      ask('fsStats', 'blockDevices', () => library.fsStats(), signal, problems),
      ask('disksIO', 'blockDevices', () => library.disksIO(), signal, problems),
    ]);
    if (load !== null) this.cores = addedTimes(this.cores, load);
    const [one = 0, five = 0, fifteen = 0] = os.loadavg();
    return {
      uptimeSeconds: os.uptime(),
      stat: load === null ? null : statOf(this.cores),
      memory: mem === null ? null : memoryFigures(mem),
      // Windows has no load average; Node says 0 there.
      load: this.platform === 'win32' ? null : { one, five, fifteen, runnable: null, tasks: null },
      paging: null,
      disks: allDisks(bytes, operations),
      interfaces: interfaces?.map(interfaceCounters) ?? null,
      pressure: null,
      cgroup: null,
    };
  }

  private async readHost(signal: AbortSignal): Promise<HostFacts> {
    const problems = new ProblemList();
    this.hostProblems = problems;
    const [system, cpu] = await Promise.all([
      ask('osInfo', 'host', () => this.library.osInfo(), signal, problems),
      ask('cpu', 'cpu', () => this.library.cpu(), signal, problems),
    ]);
    return hostFactsOf(system, cpu);
  }

  private async readSlow(signal: AbortSignal): Promise<Slow> {
    const problems = new ProblemList();
    this.slowProblems = problems;
    const library = this.library;
    const [temperature, battery, interfaces, fileSystems, users] = await Promise.all([
      ask('cpuTemperature', 'sensors', () => library.cpuTemperature(), signal, problems),
      ask('battery', 'sensors', () => library.battery(), signal, problems),
      ask('networkInterfaces', 'interfaces', () => library.networkInterfaces(), signal, problems),
      ask('fsSize', 'fileSystems', () => library.fsSize(), signal, problems),
      ask('users', 'users', () => library.users(), signal, problems),
    ]);
    const list = users?.map(loggedIn) ?? null;
    return {
      surroundings: surroundingsOf(temperature, battery, interfaces ?? []),
      fileSystems: mountedOf(fileSystems ?? []),
      users: { list, unavailable: list === null ? l10n.t('The system did not tell who is logged in.') : null },
    };
  }
}

function statOf(cores: readonly CoreTimes[]): StatCounters {
  return {
    total: totalTimes(cores),
    cores,
    bootTimeSeconds: null,
    contextSwitches: null,
    interrupts: null,
    softInterrupts: null,
    forks: null,
    running: null,
    blocked: null,
  };
}

/** One function of the package. That it fails, or is not done in time, costs its part; null also where it knows nothing. */
async function ask<T>(
  name: string,
  missing: Part,
  call: () => Promise<T>,
  signal: AbortSignal,
  problems: ProblemList,
): Promise<T | null> {
  const late = (): ExpectedError =>
    new ExpectedError('timed-out', l10n.t('no answer within {0} s', DEADLINE_MS / 1000));
  try {
    return await runWithDeadline(signal, DEADLINE_MS, call, late);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const reason = error instanceof ExpectedError ? 'timed-out' : 'failed';
    problems.add({ source: `systeminformation.${name}`, reason, message: messageOf(error), missing });
    return null;
  }
}
