import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import type { Identity } from '../identity';
import type { ProcessTable } from '../control/family';
import { mayHang } from '../files/mountTable';
import { hangingOnTheWay, silentMounts } from '../files/silentMounts';
import type { Mount } from '../kernel/mountinfo';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { count } from '../kernel/text';
import { parseUptime } from '../kernel/uptime';
import { detailItems } from './details';
import { countOf, fieldsOf } from './fields';
import { readIoPriority } from './ioPriority';
import { fdLinksOf, type FdLink } from './links';
import { readMaps, type MapsMode } from './maps';
import type { ProcessReading, Surroundings } from './reading';
import type { MemoryMaps } from './schema/maps';
import type { Gap } from './schema/process';
import { figureItems, surroundingItems } from './sources';
import { mapsGap, mayBePipe, pipesOf, surroundingsOf } from './surroundings';
import { textOf } from './texts';
import type { UserNames } from '../processes/userNames';

/** Environment, maps and other processes' pipes are read so often at most: some of it holds the process up. */
const SURROUNDINGS_MS = 10_000;
/** Looking through the descriptors of more processes would take longer than the answer is worth. */
const MOST_SEARCHED = 10_000;
/** A map takes about 700 bytes in smaps. */
const MOST_BYTES = 64 * 1_048_576;

export interface ReaderOptions {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly maps: MapsMode;
  /** Keeps the names that it has asked for. */
  readonly users: UserNames;
}

/** Where a pid leads: to nothing, to a thread of another process, or to a process. */
export type Look =
  | { readonly kind: 'gone' }
  | { readonly kind: 'thread'; readonly startTicks: number; readonly processPid: number }
  | { readonly kind: 'read'; readonly reading: ProcessReading };

/** Two round trips. `earlier` is the reading before of the same process. */
export async function readProcess(
  pid: number,
  earlier: ProcessReading | null,
  options: ReaderOptions,
  signal: AbortSignal,
): Promise<Look> {
  const { machine, clock } = options;
  const kept = keptSurroundings(earlier, clock);
  const takenAtMs = clock.nowMs();
  const monotonicMs = clock.monotonicMs();
  const asked = kept === null ? readIoPriority(machine, pid, signal) : null;
  const items = [...figureItems(pid), ...(kept === null ? surroundingItems(pid) : [])];
  const texts = await machine.files.readMany(items, { signal, encoding: 'bytes', maxBytes: MOST_BYTES });
  const ioPriority = await asked;
  const stat = parseProcessStat(textOf(texts, `/proc/${pid}/stat`) ?? '');
  if (stat === null) return { kind: 'gone' };
  const status = fieldsOf(textOf(texts, `/proc/${pid}/status`) ?? '');
  const processPid = countOf(status, 'Tgid') ?? pid;
  if (processPid !== pid) return { kind: 'thread', startTicks: stat.startTicks, processPid };
  const first = { pid, stat, texts, processes: tableOf(texts), monotonicMs, takenAtMs, ioPriority };
  const second = await readRest(first, kept, options, signal);
  const still = parseProcessStat(textOf(second.details, `/proc/${pid}/stat`) ?? '');
  if (still?.startTicks !== stat.startTicks) return { kind: 'gone' };
  const reading = {
    takenAtMs,
    monotonicMs,
    identity: identityOf(stat),
    stat,
    status,
    texts,
    processes: first.processes,
    uptimeSeconds: parseUptime(textOf(texts, '/proc/uptime') ?? ''),
    ...second,
  };
  return { kind: 'read', reading };
}

interface First {
  readonly pid: number;
  readonly stat: ProcessStat;
  readonly texts: FileTexts;
  readonly processes: ProcessTable;
  readonly takenAtMs: number;
  readonly monotonicMs: number;
  readonly ioPriority: Surroundings['ioPriority'];
}

async function readRest(
  first: First,
  kept: Surroundings | null,
  { machine, maps: mode, users }: ReaderOptions,
  signal: AbortSignal,
): Promise<Pick<ProcessReading, 'details' | 'silent' | 'surroundings'>> {
  const { pid, stat, texts, processes, monotonicMs, takenAtMs, ioPriority } = first;
  if (kept === null) users.take(textOf(texts, '/etc/passwd') ?? '');
  const userName = (uid: number): string => users.nameOf(uid);
  const nothing = { userName, ioPriority, pipes: new Map(), maps: null, gaps: [] };
  const early = kept ?? surroundingsOf(texts, pid, monotonicMs, nothing);
  const links = fdLinksOf(texts, pid);
  const mapsFile = `/proc/${pid}/smaps`;
  const searches = links.some((link) => mayBePipe(link.group)) && processes.size <= MOST_SEARCHED;
  const wantsMaps = mode !== 'none' || !hasRollup(texts, pid);
  const { mounts } = early;
  const silent = await silentMounts(machine, hangingUnder(links, textOf(texts, `/proc/${pid}/exe`), mounts), signal);
  const details = await machine.files.readMany(
    [
      ...detailItems({ stat, texts, processes, mounts, silent }),
      ...(kept === null && wantsMaps ? [mapsFile] : []),
      ...(kept === null && searches ? [{ path: '/proc/[0-9]*/fd', what: 'links' as const }] : []),
    ],
    { signal, encoding: 'bytes', maxBytes: MOST_BYTES },
  );
  if (kept !== null) return { details, silent, surroundings: kept };
  const smaps = textOf(details, mapsFile);
  const maps: MemoryMaps | null =
    smaps === null || smaps === '' ? null : await readMaps(smaps, mode, takenAtMs, signal);
  const unsearched = links.some((link) => link.group === 'pipe') && !searches;
  const gaps = [...mapsGap(details, mapsFile), ...(unsearched ? [tooMany(processes.size)] : [])];
  const pipes = pipesOf(details, links, pid, processes);
  return { details: withoutOthers(details, pid), silent, surroundings: { ...early, pipes, maps, gaps } };
}

/** The mounts that need a server under what is open, and under a program that was deleted. */
function hangingUnder(links: readonly FdLink[], exe: string | null, mounts: readonly Mount[]): readonly string[] {
  const serving = mounts.filter(mayHang);
  if (serving.length === 0) return [];
  const paths = links.filter((link) => link.group === 'path').map((link) => link.path);
  return [...paths, exe ?? ''].flatMap((path) => hangingOnTheWay(path, serving));
}

function keptSurroundings(earlier: ProcessReading | null, clock: Clock): Surroundings | null {
  if (earlier === null) return null;
  const { surroundings } = earlier;
  return clock.monotonicMs() - surroundings.monotonicMs < SURROUNDINGS_MS ? surroundings : null;
}

function hasRollup(texts: FileTexts, pid: number): boolean {
  const rollup = texts.get(`/proc/${pid}/smaps_rollup`);
  return !isFailure(rollup) || rollup.code === 'denied';
}

function tooMany(processes: number): Gap {
  return { part: 'pipes', reason: 'too-many', message: String(processes) };
}

/** A reading is kept until the next one: without the descriptors of all processes and the text of the maps. */
function withoutOthers(details: FileTexts, pid: number): FileTexts {
  const own = `/proc/${pid}/`;
  const others = /^\/proc\/\d+\/fd(\/|$)/;
  const kept = [...details].filter(([path]) => path !== `${own}smaps` && (path.startsWith(own) || !others.test(path)));
  return new Map(kept);
}

function tableOf(texts: FileTexts): ProcessTable {
  const table = new Map<number, ProcessStat>();
  for (const [path, content] of texts) {
    const pid = count(/^\/proc\/(\d+)\/stat$/.exec(path)?.[1]);
    const stat = pid === null || isFailure(content) ? null : parseProcessStat(content);
    if (stat !== null) table.set(stat.pid, stat);
  }
  return table;
}

function identityOf({ pid, startTicks }: ProcessStat): Identity {
  return { pid, startTicks };
}
