import type { ProcessEntry, ProcessesResult, SortKey } from './schema';

/** Which processes are asked for, and in which order. */
export type ProcessQuery = ProcessesResult['filter'];

export const ALL_PROCESSES: ProcessQuery = {
  name: null,
  user: null,
  port: null,
  file: null,
  memoryOverBytes: null,
  tree: false,
  exact: false,
  details: false,
  sort: 'cpu',
  limit: null,
};

/** What cannot be seen from an entry: which pids own the port, which have the file open; null where it was not asked. */
export interface Holders {
  readonly ofPort: ReadonlySet<number> | null;
  readonly ofFile: ReadonlySet<number> | null;
}

export interface Selection {
  /** Sorted and cut at the limit, with the parents of these when a tree is asked for. */
  readonly shown: readonly ProcessEntry[];
  readonly ancestors: readonly number[];
  readonly matched: number;
}

/** Whether the query leaves anything out. */
export function isSelective(query: ProcessQuery): boolean {
  const { name, user, port, file, memoryOverBytes, limit } = query;
  return [name, user, port, file, memoryOverBytes, limit].some((part) => part !== null);
}

export function selectProcesses(
  entries: readonly ProcessEntry[],
  query: ProcessQuery,
  holders: Holders,
  takenAtMs: number,
): Selection {
  const fits = predicateOf(query, holders);
  const matching = isSelective(query) ? entries.filter(fits) : [...entries];
  const compare = comparatorOf(query.sort, takenAtMs);
  matching.sort(compare);
  const wanted = query.limit === null ? matching : matching.slice(0, query.limit);
  const above = query.tree ? ancestorsOf(wanted, entries) : [];
  return {
    shown: above.length === 0 ? wanted : [...wanted, ...above].sort(compare),
    ancestors: above.map((entry) => entry.pid),
    matched: matching.length,
  };
}

/** Each part of the query by itself must fit. */
function predicateOf(query: ProcessQuery, { ofPort, ofFile }: Holders): (entry: ProcessEntry) => boolean {
  const { name, user, memoryOverBytes } = query;
  const nameFits = name === null ? null : nameTest(name);
  const uid = user !== null && /^\d+$/.test(user) ? Number(user) : null;
  return (entry) =>
    (memoryOverBytes === null || entry.memory.residentBytes > memoryOverBytes) &&
    (user === null || entry.user === user || entry.uids?.real === uid || entry.uids?.effective === uid) &&
    (ofPort === null || ofPort.has(entry.pid)) &&
    (ofFile === null || ofFile.has(entry.pid)) &&
    (nameFits === null || nameFits(entry));
}

/** A part of the name, the command line or the path of the program in any case; after '=', one of them as it is. */
function nameTest(name: string): (entry: ProcessEntry) => boolean {
  if (name.startsWith('=') && name.length > 1) {
    const exact = name.slice(1);
    return (entry) =>
      entry.name === exact || entry.executable === exact || (entry.commandLine.join(' ') === exact && exact !== '');
  }
  const part = name.toLowerCase();
  return (entry) =>
    entry.name.toLowerCase().includes(part) ||
    entry.commandLine.join(' ').toLowerCase().includes(part) ||
    (entry.executable?.toLowerCase().includes(part) ?? false);
}

/** The greatest first, of names and pids the least, of starts the latest; then by pid. */
function comparatorOf(sort: SortKey, takenAtMs: number): (one: ProcessEntry, other: ProcessEntry) => number {
  if (sort === 'name') {
    return (one, other) => compareTexts(one.name, other.name) || one.pid - other.pid;
  }
  if (sort === 'pid') return (one, other) => one.pid - other.pid;
  const key = numericKey(sort, takenAtMs);
  return (one, other) => key(other) - key(one) || one.pid - other.pid;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function numericKey(sort: Exclude<SortKey, 'name' | 'pid'>, takenAtMs: number): (entry: ProcessEntry) => number {
  switch (sort) {
    case 'cpu':
      return (entry) => entry.cpu.percent ?? lifetimeShare(entry, takenAtMs);
    case 'memory':
      return (entry) => entry.memory.residentBytes;
    case 'io':
      return (entry) => ioKey(entry);
    case 'fds':
      return (entry) => entry.fileDescriptors ?? -1;
    case 'threads':
      return (entry) => entry.threads ?? -1;
    case 'started':
      return (entry) => entry.startTicks;
  }
}

/**
 * Until there are two readings, what ps(1) sorts by: time on a CPU over time since the start. Scaled down so far that a
 * process that came after the first reading does not stand above measured ones.
 */
function lifetimeShare({ cpu, startedAtMs }: ProcessEntry, takenAtMs: number): number {
  const usedMs = (cpu.userMs ?? 0) + (cpu.systemMs ?? 0);
  const ageMs = startedAtMs === null ? takenAtMs : Math.max(1000, takenAtMs - startedAtMs);
  return usedMs / ageMs / 1e9;
}

/** Bytes a second, or all bytes until that is known. */
function ioKey({ io }: ProcessEntry): number {
  if (io === null) return -1;
  if (io.readBytesPerSecond === null || io.writeBytesPerSecond === null) return (io.readBytes + io.writeBytes) / 1e18;
  return io.readBytesPerSecond + io.writeBytesPerSecond;
}

/** The parents of these, their parents and so on, without those that are among these. */
function ancestorsOf(wanted: readonly ProcessEntry[], all: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const byPid = new Map(all.map((entry) => [entry.pid, entry]));
  const seen = new Set(wanted.map((entry) => entry.pid));
  const above: ProcessEntry[] = [];
  for (const entry of wanted) {
    let parent = byPid.get(entry.parentPid);
    while (parent !== undefined && !seen.has(parent.pid)) {
      seen.add(parent.pid);
      above.push(parent);
      parent = byPid.get(parent.parentPid);
    }
  }
  return above;
}
