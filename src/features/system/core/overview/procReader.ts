import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { partOf, ProblemList } from './problems';
import { ProcTexts, type Scope } from './procTexts';
import { ProcUsage } from './procUsage';
import { readUsers } from './procUsers';
import type { HostFacts, Reading, Surroundings, UsersReading } from './reading';
import { readCounters, readHost, readSurroundings } from './readTexts';
import { machineName } from '../machineName';

/** How often what does not change all the time is read again, in milliseconds. 0: for every sample. */
export interface Paces {
  readonly slowMs: number;
  readonly fixedMs: number;
  readonly usageMs: number;
  /** Until a machine that does not answer is given up. */
  readonly deadlineMs: number;
}

export const USUAL_PACES: Paces = { slowMs: 5_000, fixedMs: 60_000, usageMs: 5_000, deadlineMs: 15_000 };

/** On a host where containers come and go, devices change all the time: still not looked at more often than that. */
const LEAST_FIXED_MS = 5_000;
const USERS_EVERY = 10;

/** What stays known between the samples that look for it. */
interface Known {
  readonly host: HostFacts;
  readonly surroundings: Surroundings;
  readonly problems: ProblemList;
}

/**
 * Reads /proc and /sys of a machine again and again. A sample costs one round trip for the files and, at the same
 * time, one for the space of the file systems, or for the users with every tenth. The first, which has to learn where
 * things are, has a second round.
 */
export class ProcReader {
  /** The kernel counts processor time in steps of 10 ms. */
  readonly leastIntervalMs = 200;
  private readonly texts = new ProcTexts();
  private readonly usage: ProcUsage;
  private sample = 0;
  private slowAtMs = Number.NEGATIVE_INFINITY;
  private fixedAtMs = Number.NEGATIVE_INFINITY;
  private known: Known | undefined;
  private mountProblems = new ProblemList();
  private users: UsersReading = { list: null, unavailable: null };

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    private readonly paces: Paces,
  ) {
    this.usage = new ProcUsage(machine, paces.usageMs);
  }

  /** Throws an ExpectedError when the machine has no /proc or does not answer. */
  async read(signal: AbortSignal): Promise<Reading> {
    const { deadlineMs } = this.paces;
    const late = (): ExpectedError =>
      new ExpectedError(
        'timed-out',
        l10n.t(
          'No answer from {0} within {1} s. Check the connection.',
          machineName(this.machine.name),
          deadlineMs / 1000,
        ),
      );
    return runWithDeadline(signal, deadlineMs, (limited) => this.readInTime(limited), late);
  }

  private async readInTime(signal: AbortSignal): Promise<Reading> {
    const startMs = this.clock.monotonicMs();
    const first = this.sample === 0;
    const scope = this.scopeAt(startMs);
    const usersDue = this.sample % USERS_EVERY === 0;
    const [answer] = await Promise.all([
      this.machine.files.readMany(this.texts.patterns(scope), { signal }),
      usersDue ? this.askUsers(signal) : this.usage.ask(this.sample, startMs, signal),
    ]);
    const takenAtMs = this.clock.nowMs();
    const monotonicMs = this.clock.monotonicMs();
    this.take(answer, scope);
    if (first) await this.readSecondRound(startMs, signal);
    this.sample++;
    const known = this.interpret(scope);
    const problems = new ProblemList();
    return {
      backEnd: 'proc',
      takenAtMs,
      monotonicMs,
      counters: readCounters(this.texts.all, known.host, this.texts.controlGroups, problems),
      surroundings: known.surroundings,
      host: known.host,
      fileSystems: this.usage.list(),
      users: this.users,
      problems: [...problems.list(), ...this.mountProblems.list(), ...known.problems.list()],
    };
  }

  private scopeAt(startMs: number): Scope {
    const fixedAgeMs = startMs - this.fixedAtMs;
    const changed = fixedAgeMs >= LEAST_FIXED_MS && this.texts.devicesChanged();
    if (fixedAgeMs >= this.paces.fixedMs || changed) {
      this.fixedAtMs = startMs;
      this.slowAtMs = startMs;
      return 'fixed';
    }
    if (startMs - this.slowAtMs < this.paces.slowMs) return 'counters';
    this.slowAtMs = startMs;
    return 'slow';
  }

  private take(answer: FileTexts, scope: Scope): void {
    this.texts.take(answer, scope);
    if (this.sample === 0) requireProc(this.texts.all, this.machine);
    if (scope === 'counters') return;
    this.mountProblems = new ProblemList();
    const update = (text: string): unknown => this.usage.update(text);
    partOf(this.texts.all, '/proc/self/mountinfo', 'fileSystems', update, this.mountProblems);
    // Where the control group is another one now, its files are read with the next sample.
    if (scope === 'fixed' && this.texts.locate(this.usage.mounts)) this.slowAtMs = Number.NEGATIVE_INFINITY;
  }

  /** What could not be asked for before the mounts were known. */
  private async readSecondRound(startMs: number, signal: AbortSignal): Promise<void> {
    const files = this.texts.allGroupFiles();
    const groups = files.length === 0 ? null : this.machine.files.readMany(files, { signal });
    const [answer] = await Promise.all([groups, this.usage.ask(this.sample, startMs, signal)]);
    if (answer !== null) this.texts.take(answer, 'counters');
    this.slowAtMs = startMs;
  }

  private async askUsers(signal: AbortSignal): Promise<void> {
    this.users = await readUsers(this.machine, signal);
  }

  private interpret(scope: Scope): Known {
    if (scope === 'counters' && this.known !== undefined) return this.known;
    this.texts.narrow();
    const problems = new ProblemList();
    const host = scope === 'fixed' || this.known === undefined ? readHost(this.texts.all) : this.known.host;
    this.known = { host, surroundings: readSurroundings(this.texts.all, problems), problems };
    return this.known;
  }
}

function requireProc(texts: FileTexts, machine: Machine): void {
  const files = ['/proc/stat', '/proc/meminfo', '/proc/uptime'];
  if (files.some((file) => texts.has(file) && !isFailure(texts.get(file)))) return;
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'The overview of {0} comes from /proc, which cannot be read there. Check that it is mounted.',
      machineName(machine.name),
    ),
  );
}
