import { isFailure } from '../../../../machine/machine';
import { percentOf, perSecond, roundedTo } from '../kernel/numbers';
import { isKernelThread, schedulingPolicyOf, type ProcessStat } from '../kernel/processStat';
import { parseProcessIo, type ProcessIo } from '../kernel/processIo';
import { parseProcessStatm } from '../kernel/processStatm';
import { parseProcessStatus, type ProcessStatus, type StatusMemory } from '../kernel/processStatus';
import { terminalName, type TerminalDriver } from '../kernel/terminal';
import type { KernelUnits } from '../kernel/clockTicks';
import { isDenied, type FixedParts, type RareParts } from './fixedParts';
import { descriptorsOf, type RawProcess } from './rawProcess';
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

/** Before its status was read, a process has no user to tell. */
export const NO_USER = '?';

export function entryOf(source: EntrySource, scale: HostScale): ProcessEntry {
  const { stat, raw, fixed, rare } = source;
  const status = statusOf(raw) ?? NO_STATUS;
  const kernelThread = isKernelThread(stat);
  return {
    pid: stat.pid,
    parentPid: stat.parentPid,
    groupId: stat.groupId,
    sessionId: stat.sessionId,
    name: fixed.name,
    commandLine: fixed.commandLine,
    executable: fixed.executable?.path ?? null,
    executableDeleted: fixed.executable?.deleted ?? false,
    workingFolder: fixed.workingFolder?.path ?? null,
    workingFolderDeleted: fixed.workingFolder?.deleted ?? false,
    kernelThread,
    state: stat.state,
    user: status.uids === null ? NO_USER : scale.userName(status.uids.real),
    uids: status.uids,
    gids: status.gids,
    startTicks: stat.startTicks,
    startedAtMs: startedAt(stat, scale),
    terminal: terminalName(stat.terminal, scale.terminals),
    cpu: cpuOf(source, scale),
    memory: memoryOf(stat, status, raw, scale),
    exactMemory: null,
    details: null,
    majorFaults: stat.majorFaults,
    minorFaults: stat.minorFaults,
    threads: stat.threads,
    fileDescriptors: typeof raw.fd === 'string' ? descriptorsOf(raw.fd) : typeof raw.fd === 'number' ? raw.fd : null,
    io: ioOf(source),
    contextSwitches: status.contextSwitches,
    nice: stat.nice,
    priority: stat.priority,
    schedulingPolicy: schedulingPolicyOf(stat.policy),
    affinity: status.affinity,
    oomScore: rare.oomScore,
    oomScoreAdjust: rare.oomScoreAdjust,
    controlGroup: rare.groups.path,
    container: rare.groups.container,
    unit: rare.groups.unit,
    denied: deniedOf(raw, fixed),
  };
}

export function cpuTicksOf(stat: ProcessStat): number {
  return stat.userTicks + stat.systemTicks;
}

function startedAt({ startTicks }: ProcessStat, { units, bootTimeMs }: HostScale): number | null {
  return bootTimeMs === null ? null : Math.round(bootTimeMs + (startTicks * 1000) / units.ticksPerSecond);
}

function cpuOf({ stat, before, seconds }: EntrySource, { units }: HostScale): ProcessEntry['cpu'] {
  const milliseconds = (ticks: number): number => (ticks * 1000) / units.ticksPerSecond;
  const ticksPerSecond = before === null ? null : perSecond(before.cpuTicks, cpuTicksOf(stat), seconds, 4);
  return {
    percent: ticksPerSecond === null ? null : roundedTo((ticksPerSecond * 100) / units.ticksPerSecond, 1),
    userMs: milliseconds(stat.userTicks),
    systemMs: milliseconds(stat.systemTicks),
    childrenUserMs: milliseconds(stat.childrenUserTicks),
    childrenSystemMs: milliseconds(stat.childrenSystemTicks),
    ioWaitMs: stat.ioWaitTicks === null ? null : milliseconds(stat.ioWaitTicks),
    number: stat.cpu,
  };
}

function memoryOf(
  stat: ProcessStat,
  status: ProcessStatus,
  { statm }: RawProcess,
  { units, memoryTotalBytes }: HostScale,
): ProcessEntry['memory'] {
  const told = status.memory ?? (typeof statm === 'string' ? parseProcessStatm(statm, units.pageBytes) : null);
  const rough: StatusMemory = {
    residentBytes: stat.residentPages * units.pageBytes,
    sharedBytes: 0,
    textBytes: 0,
    dataBytes: 0,
  };
  const memory = told ?? rough;
  return {
    residentBytes: memory.residentBytes,
    virtualBytes: stat.virtualBytes,
    sharedBytes: memory.sharedBytes,
    textBytes: memory.textBytes,
    dataBytes: memory.dataBytes,
    swapBytes: status.swapBytes,
    percent: percentOf(memory.residentBytes, memoryTotalBytes),
  };
}

function statusOf({ status }: RawProcess): ProcessStatus | null {
  if (typeof status === 'string') return parseProcessStatus(status);
  return status === undefined || isFailure(status) ? null : status;
}

function ioOf({ raw, before, seconds }: EntrySource): ProcessEntry['io'] {
  const io = countersOf(raw);
  if (io === null) return null;
  return {
    ...io,
    readBytesPerSecond: perSecond(before?.readBytes, io.readBytes, seconds),
    writeBytesPerSecond: perSecond(before?.writeBytes, io.writeBytes, seconds),
  };
}

function countersOf({ io }: RawProcess): ProcessIo | null {
  if (typeof io === 'string') return parseProcessIo(io);
  return io === undefined || isFailure(io) ? null : io;
}

function deniedOf(raw: RawProcess, fixed: FixedParts): Deniable[] {
  const denied = [...fixed.denied];
  if (isDenied(raw.io)) denied.push('io');
  if (isDenied(raw.fd)) denied.push('fds');
  return denied;
}
