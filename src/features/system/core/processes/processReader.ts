import { runWithDeadline } from '../../../../lib/deadline';
import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { EntryDraft, type HostScale } from './entry';
import { withExactMemory } from './exactMemory';
import { lateError, noProcError, problemsOf } from './failures';
import { GroupsByText, ProgramsByText } from './fixedParts';
import { FILE_ITEMS, fileUsers, namesOfFile, PORT_ITEMS, portOwners } from './holders';
import { hasHostTexts, HOST_ITEMS, hostFactsOf, PASSWD_FILE, UPTIME_FILE, uptimeOf, type HostFacts } from './host';
import { consider, reconsider, type Look } from './look';
import { isSelective, selectProcesses, type Holders, type ProcessQuery } from './query';
import { withDetails, type Detailed } from './processDetails';
import { Gatherer, type Part, type RawProcess } from './rawProcess';
import { secondsBetween, type Candidate, type Moment, type Remembered } from './reading';
import { countsOf } from './result';
import type { ProcessEntry, ProcessesResult } from './schema';
import { visitInSlices } from './slices';
import {
  FIXED,
  itemOf,
  movingParts,
  needsLinks,
  NEWEST,
  partsOfAll,
  RARE,
  type Due,
  type KernelTraits,
} from './sources';
import { UserNames } from './userNames';

/** How often the names of users, terminals and the like are read again. */
const HOST_MS = 60_000;
/** How often what seldom changes is read again of known processes. */
const FIXED_MS = 5_000;
const DEADLINE_MS = 30_000;
const EVERY_PROCESS = '[0-9]*';

type PartsOf = (pid: number) => readonly Part[];

interface StartOfLook {
  /** Of the monotonic clock. */
  readonly startMs: number;
  readonly takenAtMs: number;
}

/**
 * Reads the processes of a machine again and again, in one round trip; new ones, and the chosen ones of a query that
 * leaves others out, take a second. Command lines, programs and folders are kept for five seconds, unless another
 * program runs; control groups and OOM scores as well, and the first look goes without them.
 */
export class ProcessReader {
  private readonly users: UserNames;
  private readonly groups = new GroupsByText();
  private readonly draft = new EntryDraft();
  private traits: KernelTraits = NEWEST;
  private host: HostFacts | undefined;
  private hostAtMs = Number.NEGATIVE_INFINITY;
  private fixedAtMs = Number.NEGATIVE_INFINITY;
  private rareAtMs = Number.NEGATIVE_INFINITY;
  private before: Moment | undefined;
  private remembered: ReadonlyMap<number, Remembered> = new Map();
  private fileNames: ReadonlySet<string> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    private readonly query: ProcessQuery,
  ) {
    this.users = new UserNames(machine);
  }

  /** Throws an ExpectedError when the machine has no /proc or does not answer, and a CancelledError. */
  async read(signal: AbortSignal): Promise<ProcessesResult> {
    const late = (): Error => lateError(this.machine, DEADLINE_MS);
    return runWithDeadline(signal, DEADLINE_MS, (limited) => this.readInTime(limited), late);
  }

  private async readInTime(signal: AbortSignal): Promise<ProcessesResult> {
    const look = await this.look(signal);
    await this.considerAll(look, signal);
    if (look.candidates.size === 0) throw noProcError(this.machine);
    await this.nameUsers(look.candidates.values(), signal);
    const holders = await this.holders(look, signal);
    const entries = [...look.candidates.values()].map((candidate) => candidate.entry);
    const selection = selectProcesses(entries, this.query, holders, look.takenAtMs);
    const complete = await this.complete(selection.shown, look, signal);
    const { processes, problems } = await this.asked(complete, look, signal);
    this.remembered = look.whole ? look.candidates : await withoutEntries(look.candidates, signal);
    this.before = look.moment;
    return {
      machine: this.machine.name,
      takenAtMs: look.takenAtMs,
      filter: this.query,
      ...countsOf(look.candidates.values()),
      processes,
      ancestors: [...selection.ancestors],
      matched: selection.matched - (selection.shown.length - processes.length),
      problems: [...problemsOf(this.host, look.candidates), ...problems],
    };
  }

  /** What was read of a process is let go as soon as its entry is made: both of thousands would take twice the memory. */
  private async considerAll(look: Look, signal: AbortSignal): Promise<void> {
    const partsOf = this.partsLacking(look);
    await visitInSlices(look.gatherer.processes, signal, ([pid, raw]) => this.consider(look, pid, raw, partsOf));
  }

  /** Of most processes, all has come while others are still being read. */
  private considerRead(look: Look, pid: number, raw: RawProcess, partsOf: PartsOf): void {
    for (const part of look.parts) if (raw[part] === undefined) return;
    this.consider(look, pid, raw, partsOf);
  }

  private consider(look: Look, pid: number, raw: RawProcess, partsOf: PartsOf): void {
    consider(look, pid, raw);
    if (look.whole && partsOf(pid).length === 0) look.gatherer.processes.delete(pid);
  }

  private async look(signal: AbortSignal): Promise<Look> {
    const [startMs, takenAtMs] = [this.clock.monotonicMs(), this.clock.nowMs()];
    const hostDue = startMs - this.hostAtMs >= HOST_MS;
    const parts = new Set(partsOfAll(this.query, this.traits, this.dueAt(startMs)));
    const items = [UPTIME_FILE, ...(hostDue ? HOST_ITEMS : []), ...this.itemsOfAll(parts)];
    const { file } = this.query;
    if (file !== null) this.fileNames ??= await namesOfFile(this.machine, file, signal);
    const gatherer = new Gatherer(this.fileNames ?? null);
    const begin = (): Look => {
      if (hostDue) this.learn(gatherer.others, parts, startMs);
      return this.begin(gatherer, parts, { startMs, takenAtMs });
    };
    let early: Look | undefined;
    let partsOf: PartsOf | undefined;
    const onPart = (part: FileTexts): void => {
      gatherer.takePart(part, (pid, raw) => {
        if (early === undefined && this.canBegin(gatherer, hostDue)) early = begin();
        if (early === undefined) return;
        partsOf ??= this.partsLacking(early);
        this.considerRead(early, pid, raw, partsOf);
      });
    };
    const texts = await this.machine.files.readMany(items, { signal, encoding: 'bytes', onPart });
    await gatherer.take(texts, signal);
    texts.release?.();
    const look = early ?? begin();
    // A batch in which a file hung was read twice, so its rates would be those of a shorter time.
    return look.moment.uptimeSeconds === uptimeOf(gatherer.others) ? look : this.look(signal);
  }

  /** Of a choice, nothing can be said before all is there. */
  private canBegin({ others }: Gatherer, hostDue: boolean): boolean {
    return !isSelective(this.query) && uptimeOf(others) !== null && (!hostDue || hasHostTexts(others));
  }

  private begin(gatherer: Gatherer, parts: ReadonlySet<Part>, { startMs, takenAtMs }: StartOfLook): Look {
    const moment = { uptimeSeconds: uptimeOf(gatherer.others), monotonicMs: startMs };
    const seconds = this.before === undefined ? null : secondsBetween(this.before, moment);
    const { groups, draft, remembered } = this;
    const [scale, whole] = [this.scale(), !isSelective(this.query)];
    const [programs, candidates] = [new ProgramsByText(), new Map<number, Candidate>()];
    return {
      ...{ gatherer, parts, takenAtMs, moment, whole, seconds, scale },
      ...{ groups, programs, draft, remembered, candidates },
    };
  }

  /** Never both at once: no look takes much longer than the others. */
  private dueAt(startMs: number): Due {
    const fixed = startMs - this.fixedAtMs >= FIXED_MS;
    const rare = !fixed && startMs - this.rareAtMs >= FIXED_MS;
    if (fixed) this.fixedAtMs = startMs;
    if (rare) this.rareAtMs = startMs;
    return { fixed, rare };
  }

  private itemsOfAll(parts: ReadonlySet<Part>): readonly ReadItem[] {
    const links = needsLinks(this.query);
    return [
      ...[...parts].map((part) => itemOf(EVERY_PROCESS, part, this.traits, links)),
      ...(this.query.port === null ? [] : PORT_ITEMS),
      ...(this.query.file === null ? [] : FILE_ITEMS),
    ];
  }

  /** Takes what does not belong to one process. What this kernel does not answer is left to the second round. */
  private learn(texts: FileTexts, parts: Set<Part>, startMs: number): void {
    this.hostAtMs = startMs;
    this.host = hostFactsOf(texts);
    const passwd = texts.get(PASSWD_FILE);
    if (typeof passwd === 'string') this.users.take(passwd);
    const { countsNames, needsStatm } = this.host;
    if (countsNames && !this.traits.countsNames && !needsLinks(this.query)) parts.delete('fd');
    this.traits = { countsNames, needsStatm };
  }

  private scale(): HostScale {
    const host = this.host ?? hostFactsOf(new Map());
    return { ...host, userName: (uid) => this.users.nameOf(uid) };
  }

  private async nameUsers(candidates: Iterable<Candidate>, signal: AbortSignal): Promise<void> {
    if (!(await this.users.resolve(signal))) return;
    for (const { entry } of candidates) if (entry.uids !== null) entry.user = this.users.nameOf(entry.uids.real);
  }

  private async holders(look: Look, signal: AbortSignal): Promise<Holders> {
    const { port, file } = this.query;
    const { processes, others } = look.gatherer;
    return {
      ofPort: port === null ? null : await portOwners(this.machine, port, others, processes, signal),
      ofFile: file === null ? null : fileUsers(processes),
    };
  }

  /** Reads what is missing of those that are shown; one that has ended meanwhile is left out. */
  private async complete(shown: readonly ProcessEntry[], look: Look, signal: AbortSignal): Promise<ProcessEntry[]> {
    const partsOf = this.partsLacking(look);
    const lacking = shown.map(({ pid }) => ({ pid, parts: partsOf(pid) })).filter(({ parts }) => parts.length > 0);
    if (lacking.length === 0) return [...shown];
    const items = lacking.flatMap(({ pid, parts }) => parts.map((part) => itemOf(pid, part, this.traits)));
    const texts = await this.machine.files.readMany(items, { signal, encoding: 'bytes' });
    await look.gatherer.take(texts, signal);
    texts.release?.();
    await visitInSlices(lacking, signal, ({ pid, parts }) => reconsider(look, pid, parts));
    const candidates = shown.map(({ pid }) => look.candidates.get(pid)).filter((one) => one !== undefined);
    await this.nameUsers(candidates, signal);
    return candidates.map((candidate) => candidate.entry);
  }

  /** Adds what takes long, or a program, and is there only where it is asked for. */
  private async asked(entries: ProcessEntry[], { scale }: Look, signal: AbortSignal): Promise<Detailed> {
    const { exact, details } = this.query;
    const processes = exact ? await withExactMemory(this.machine, entries, signal) : entries;
    if (!details) return { processes, problems: [] };
    return withDetails(this.machine, processes, scale.units.ticksPerSecond, signal);
  }

  /** What was not read of a process in the first round, nor is known from an earlier look. */
  private partsLacking({ parts, candidates, whole }: Look): PartsOf {
    const lacking = (wanted: readonly Part[]): readonly Part[] => wanted.filter((part) => !parts.has(part));
    const [moving, fixed, rare] = [lacking(movingParts(this.traits)), lacking(FIXED), lacking(RARE)];
    const rareCanWait = whole && this.rareAtMs === Number.NEGATIVE_INFINITY;
    return (pid) => {
      const known = whole ? candidates.get(pid) : undefined;
      const fixedToo = known?.fixed == null ? fixed : [];
      const rareToo = known?.rare == null && !rareCanWait ? rare : [];
      return [...moving, ...fixedToo, ...rareToo];
    };
  }
}

/** Of thousands of which a few are shown, the entries are not kept. */
async function withoutEntries(
  candidates: ReadonlyMap<number, Candidate>,
  signal: AbortSignal,
): Promise<Map<number, Remembered>> {
  const remembered = new Map<number, Remembered>();
  await visitInSlices(candidates, signal, ([pid, one]) => remembered.set(pid, { ...one, entry: null }));
  return remembered;
}
