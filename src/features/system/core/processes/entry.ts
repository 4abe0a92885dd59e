import { isFailure } from '../../../../machine/machine';
import { percentOf, perSecond, roundedTo } from '../kernel/numbers';
import { isKernelThread, schedulingPolicyOf, type ProcessStat } from '../kernel/processStat';
import { parseProcessIo, type ProcessIo } from '../kernel/processIo';
import { parseProcessStatm } from '../kernel/processStatm';
import { parseProcessStatus, type ProcessStatus } from '../kernel/processStatus';
import { terminalName, type TerminalDriver } from '../kernel/terminal';
import type { KernelUnits } from '../kernel/clockTicks';
import { isDenied, type FixedParts, type RareParts } from './fixedParts';
import { descriptorsOf, type RawProcess } from './rawProcess';
import { saysTheSame } from './sameEntry';
import type { Deniable, ProcessEntry } from './schema';

/** What the figures of every process are measured by. */
export interface HostScale {
  readonly units: KernelUnits;
  /** Milliseconds since 1970 UTC. */
  readonly bootTimeMs: number | null;
  readonly memoryTotalBytes: number | null;
  readonly terminals: readonly TerminalDriver[];
  /** The name of a user, or the number as a text. */
  userName(uid: number): string;
}

/** The counters of the same process at an earlier reading. */
export interface Before {
  readonly cpuTicks: number;
  readonly readBytes: number | null;
  readonly writeBytes: number | null;
}

export interface EntrySource {
  readonly stat: ProcessStat;
  readonly raw: RawProcess;
  readonly fixed: FixedParts;
  readonly rare: RareParts;
  readonly before: Before | null;
  /** Between the two readings; null in the first. */
  readonly seconds: number | null;
}

const NO_STATUS: ProcessStatus = {
  uids: null,
  gids: null,
  memory: null,
  swapBytes: null,
  affinity: null,
  contextSwitches: null,
};

type Io = NonNullable<ProcessEntry['io']>;

const NO_IO: Io = {
  readCharacters: 0,
  writeCharacters: 0,
  readCalls: 0,
  writeCalls: 0,
  readBytes: 0,
  writeBytes: 0,
  readBytesPerSecond: null,
  writeBytesPerSecond: null,
};

/** Before its status was read, a process has no user to tell. */
export const NO_USER = '?';

export function entryOf(source: EntrySource, scale: HostScale): ProcessEntry {
  return new EntryDraft().entryOf(source, scale, null);
}

/**
 * What is written over for one process after the other, and copied only where it tells something new. Most of thousands
 * of processes sleep; an entry anew for each of them, every two seconds, would fill the memory with what is thrown away.
 */
export class EntryDraft {
  private readonly draft = emptyEntry();
  private readonly io: Io = { ...NO_IO };

  /** `known`: the entry of the same process at an earlier reading, which is given back where it still says the same. */
  entryOf(source: EntrySource, scale: HostScale, known: ProcessEntry | null): ProcessEntry {
    this.write(source, scale);
    return known !== null && saysTheSame(known, this.draft) ? known : copyOf(this.draft, known);
  }

  private write(source: EntrySource, scale: HostScale): void {
    const { draft } = this;
    const { stat, raw, fixed, rare } = source;
    const status = statusOf(raw) ?? NO_STATUS;
    writeIdentity(draft, stat, fixed);
    draft.user = status.uids === null ? NO_USER : scale.userName(status.uids.real);
    draft.uids = status.uids;
    draft.gids = status.gids;
    draft.startedAtMs = startedAt(stat, scale);
    draft.terminal = terminalName(stat.terminal, scale.terminals);
    writeCpu(draft.cpu, source, scale);
    writeMemory(draft.memory, source, status, scale);
    draft.majorFaults = stat.majorFaults;
    draft.minorFaults = stat.minorFaults;
    draft.threads = stat.threads;
    draft.fileDescriptors =
      typeof raw.fd === 'string' ? descriptorsOf(raw.fd) : typeof raw.fd === 'number' ? raw.fd : null;
    draft.io = writeIo(this.io, source) ? this.io : null;
    draft.contextSwitches = status.contextSwitches;
    draft.nice = stat.nice;
    draft.priority = stat.priority;
    draft.schedulingPolicy = schedulingPolicyOf(stat.policy);
    draft.affinity = status.affinity;
    draft.oomScore = rare.oomScore;
    draft.oomScoreAdjust = rare.oomScoreAdjust;
    draft.controlGroup = rare.groups.path;
    draft.container = rare.groups.container;
    draft.unit = rare.groups.unit;
    draft.denied = deniedOf(raw, fixed);
  }
}

/** Of a process of which nothing is known. */
export function emptyEntry(): ProcessEntry {
  return {
    pid: 0,
    parentPid: 0,
    groupId: null,
    sessionId: null,
    name: '',
    commandLine: [],
    executable: null,
    executableDeleted: false,
    workingFolder: null,
    workingFolderDeleted: false,
    kernelThread: false,
    state: 'unknown',
    user: NO_USER,
    uids: null,
    gids: null,
    startTicks: 0,
    startedAtMs: null,
    terminal: null,
    cpu: {
      percent: null,
      userMs: 0,
      systemMs: 0,
      childrenUserMs: 0,
      childrenSystemMs: 0,
      ioWaitMs: null,
      number: null,
    },
    memory: {
      residentBytes: 0,
      virtualBytes: 0,
      sharedBytes: 0,
      textBytes: 0,
      dataBytes: 0,
      swapBytes: null,
      percent: null,
    },
    exactMemory: null,
    details: null,
    majorFaults: null,
    minorFaults: null,
    threads: null,
    fileDescriptors: null,
    io: null,
    contextSwitches: null,
    nice: null,
    priority: 0,
    schedulingPolicy: 'unknown',
    affinity: null,
    oomScore: null,
    oomScoreAdjust: null,
    controlGroup: null,
    container: null,
    unit: null,
    denied: [],
  };
}

/**
 * Down to the last object: what is kept and what is written over are not of one kind to the collector. Of `known`, what
 * still says the same is not copied.
 */
function copyOf(draft: ProcessEntry, known: ProcessEntry | null): ProcessEntry {
  return {
    ...draft,
    uids: copied(draft.uids, known?.uids),
    gids: copied(draft.gids, known?.gids),
    cpu: copied(draft.cpu, known?.cpu),
    memory: copied(draft.memory, known?.memory),
    io: copied(draft.io, known?.io),
    contextSwitches: copied(draft.contextSwitches, known?.contextSwitches),
  };
}

function copied<T extends object | null>(part: T, known: T | undefined): T {
  if (known !== undefined && saysTheSame(known, part)) return known;
  return part === null ? part : { ...part };
}

function writeIdentity(draft: ProcessEntry, stat: ProcessStat, fixed: FixedParts): void {
  draft.pid = stat.pid;
  draft.parentPid = stat.parentPid;
  draft.groupId = stat.groupId;
  draft.sessionId = stat.sessionId;
  draft.name = fixed.name;
  draft.commandLine = fixed.commandLine;
  draft.executable = fixed.executable?.path ?? null;
  draft.executableDeleted = fixed.executable?.deleted ?? false;
  draft.workingFolder = fixed.workingFolder?.path ?? null;
  draft.workingFolderDeleted = fixed.workingFolder?.deleted ?? false;
  draft.kernelThread = isKernelThread(stat);
  draft.state = stat.state;
  draft.startTicks = stat.startTicks;
}

export function cpuTicksOf(stat: ProcessStat): number {
  return stat.userTicks + stat.systemTicks;
}

function startedAt({ startTicks }: ProcessStat, { units, bootTimeMs }: HostScale): number | null {
  return bootTimeMs === null ? null : Math.round(bootTimeMs + (startTicks * 1000) / units.ticksPerSecond);
}

function writeCpu(cpu: ProcessEntry['cpu'], { stat, before, seconds }: EntrySource, { units }: HostScale): void {
  const milliseconds = (ticks: number): number => (ticks * 1000) / units.ticksPerSecond;
  const ticksPerSecond = before === null ? null : perSecond(before.cpuTicks, cpuTicksOf(stat), seconds, 4);
  cpu.percent = ticksPerSecond === null ? null : roundedTo((ticksPerSecond * 100) / units.ticksPerSecond, 1);
  cpu.userMs = milliseconds(stat.userTicks);
  cpu.systemMs = milliseconds(stat.systemTicks);
  cpu.childrenUserMs = milliseconds(stat.childrenUserTicks);
  cpu.childrenSystemMs = milliseconds(stat.childrenSystemTicks);
  cpu.ioWaitMs = stat.ioWaitTicks === null ? null : milliseconds(stat.ioWaitTicks);
  cpu.number = stat.cpu;
}

function writeMemory(
  memory: ProcessEntry['memory'],
  { stat, raw: { statm } }: EntrySource,
  status: ProcessStatus,
  { units, memoryTotalBytes }: HostScale,
): void {
  const told = status.memory ?? (typeof statm === 'string' ? parseProcessStatm(statm, units.pageBytes) : null);
  memory.residentBytes = told?.residentBytes ?? stat.residentPages * units.pageBytes;
  memory.virtualBytes = stat.virtualBytes;
  memory.sharedBytes = told?.sharedBytes ?? 0;
  memory.textBytes = told?.textBytes ?? 0;
  memory.dataBytes = told?.dataBytes ?? 0;
  memory.swapBytes = status.swapBytes;
  memory.percent = percentOf(memory.residentBytes, memoryTotalBytes);
}

function statusOf({ status }: RawProcess): ProcessStatus | null {
  if (typeof status === 'string') return parseProcessStatus(status);
  return status === undefined || isFailure(status) ? null : status;
}

/** Whether there is something to tell. */
function writeIo(io: Io, { raw, before, seconds }: EntrySource): boolean {
  const counters = countersOf(raw);
  if (counters === null) return false;
  Object.assign(io, counters);
  io.readBytesPerSecond = perSecond(before?.readBytes, counters.readBytes, seconds);
  io.writeBytesPerSecond = perSecond(before?.writeBytes, counters.writeBytes, seconds);
  return true;
}

function countersOf({ io }: RawProcess): ProcessIo | null {
  if (typeof io === 'string') return parseProcessIo(io);
  return io === undefined || isFailure(io) ? null : io;
}

function deniedOf(raw: RawProcess, fixed: FixedParts): Deniable[] {
  const [io, fds] = [isDenied(raw.io), isDenied(raw.fd)];
  if (!io && !fds) return fixed.denied;
  return [...fixed.denied, ...(io ? (['io'] as const) : []), ...(fds ? (['fds'] as const) : [])];
}
