import * as l10n from '@vscode/l10n';
import type { Cell, Column, Unit } from '../../../../report/model';
import type { Deniable, ProcessEntry, ProcessesResult } from '../../core/processes/schema';
import { commandText, ioText } from '../processWords';
import { barCell, column } from '../table';
import { limitsText, threadsText } from './detailTexts';
import { type ProcessTexts } from './texts';

/** A column and what stands in it. */
export interface ProcessColumn {
  readonly column: Column;
  cell(entry: ProcessEntry, texts: ProcessTexts): Cell;
}

/** In characters: a program may give itself a title as long as it likes. */
const WIDEST_NAME = 28;

/** The order of the table: who, how much, what; then what one may add. */
export function processColumns({ exact, details }: ProcessesResult['filter']): readonly ProcessColumn[] {
  return [
    ...shownColumns(),
    ...(exact ? exactColumns() : []),
    ...(details ? detailColumns() : []),
    ...identityColumns(),
    ...cpuColumns(),
    ...memoryColumns(),
    ...ioColumns(),
    ...placeColumns(),
  ];
}

function shownColumns(): readonly ProcessColumn[] {
  return [
    shown({ ...column('name', l10n.t('Process')), widest: WIDEST_NAME }, (one) => one.name),
    shown(column('pid', l10n.t('PID'), 'plain'), (one) => one.pid),
    shown(column('user', l10n.t('User')), (one) => one.user),
    shown(
      column('cpu', l10n.t('CPU'), 'percent', l10n.t('Of one CPU; several threads may use more than 100%')),
      (one) => cpuCell(one.cpu.percent),
    ),
    shown(column('memory', l10n.t('Memory'), 'bytes', l10n.t('Resident set (RSS): what of it is in memory')), (one) =>
      one.memory.percent === null
        ? one.memory.residentBytes
        : { value: one.memory.residentBytes, fraction: one.memory.percent / 100 },
    ),
    shown(code(column('command', l10n.t('Command line'))), (one) => commandText(one.commandLine)),
    shown(column('state', l10n.t('State')), (one, texts) => texts.states[one.state]),
    shown(column('threads', l10n.t('Threads'), 'number'), (one) => one.threads),
    shown(column('read', l10n.t('Read'), 'bytesPerSecond', l10n.t('From storage, now')), (one, texts) =>
      orDenied(one, 'io', one.io?.readBytesPerSecond, texts),
    ),
    shown(column('write', l10n.t('Written'), 'bytesPerSecond', l10n.t('To storage, now')), (one, texts) =>
      orDenied(one, 'io', one.io?.writeBytesPerSecond, texts),
    ),
    shown(
      column('fds', l10n.t('Open files'), 'number', l10n.t('File descriptors: files, sockets, pipes')),
      (one, texts) => orDenied(one, 'fds', one.fileDescriptors, texts),
    ),
    shown(column('started', l10n.t('Started'), 'time'), (one) => one.startedAtMs),
  ];
}

function exactColumns(): readonly ProcessColumn[] {
  return [
    shown(column('pss', l10n.t('PSS'), 'bytes', l10n.t('Shared pages divided by who shares them')), (one, texts) =>
      orDenied(one, 'exact', one.exactMemory?.proportionalBytes, texts),
    ),
    shown(
      column('uss', l10n.t('USS'), 'bytes', l10n.t('Shared with nobody: what ending it would free')),
      (one, texts) => orDenied(one, 'exact', one.exactMemory?.uniqueBytes, texts),
    ),
  ];
}

/** Of limits and threads there are long lists: whoever wants to see them chooses them. */
function detailColumns(): readonly ProcessColumn[] {
  return [
    shown(column('ioPriority', l10n.t('I/O priority')), ({ details }, texts) =>
      details === null ? null : (ioText(details.ioClass, details.ioPriority) ?? texts.notKnown),
    ),
    hidden(
      code(column('limits', l10n.t('Resource limits'), undefined, l10n.t('Soft and hard, of those that there are'))),
      (one, texts) => orDenied(one, 'limits', limitsText(one.details?.limits ?? null), texts),
    ),
    hidden(column('threadNames', l10n.t('Names of threads')), ({ details }) => threadsText(details?.threads ?? [])),
  ];
}

function identityColumns(): readonly ProcessColumn[] {
  return [
    numeric('ppid', l10n.t('Parent PID'), 'plain', (one) => one.parentPid),
    hidden(code(column('exe', l10n.t('Program'))), (one, texts) =>
      one.executableDeleted && one.executable !== null
        ? texts.deleted(one.executable)
        : orDenied(one, 'exe', one.executable, texts),
    ),
    hidden(code(column('cwd', l10n.t('Working folder'))), (one, texts) =>
      one.workingFolderDeleted && one.workingFolder !== null
        ? texts.deleted(one.workingFolder)
        : orDenied(one, 'cwd', one.workingFolder, texts),
    ),
    hidden(column('terminal', l10n.t('Terminal')), (one) => one.terminal),
    numeric('session', l10n.t('Session'), 'plain', (one) => one.sessionId),
    numeric('group', l10n.t('Process group'), 'plain', (one) => one.groupId),
    hidden(column('uids', l10n.t('UIDs'), undefined, l10n.t('Real, effective, saved')), (one) => idsText(one.uids)),
    hidden(column('gids', l10n.t('GIDs'), undefined, l10n.t('Real, effective, saved')), (one) => idsText(one.gids)),
    hidden(column('kernel', l10n.t('Kernel thread')), (one) => (one.kernelThread ? l10n.t('yes') : null)),
  ];
}

function cpuColumns(): readonly ProcessColumn[] {
  return [
    numeric('userTime', l10n.t('User time'), 'seconds', (one) => seconds(one.cpu.userMs)),
    numeric('systemTime', l10n.t('System time'), 'seconds', (one) => seconds(one.cpu.systemMs)),
    numeric('childrenUserTime', l10n.t('User time of children'), 'seconds', (one) => seconds(one.cpu.childrenUserMs)),
    numeric('childrenSystemTime', l10n.t('System time of children'), 'seconds', (one) =>
      seconds(one.cpu.childrenSystemMs),
    ),
    numeric('cpuNumber', l10n.t('Last CPU'), 'plain', (one) => one.cpu.number),
    numeric('nice', l10n.t('Nice'), 'plain', (one) => one.nice),
    numeric('priority', l10n.t('Priority'), 'plain', (one) => one.priority),
    hidden(column('policy', l10n.t('Scheduling')), (one, texts) => texts.policies[one.schedulingPolicy]),
    hidden(column('affinity', l10n.t('CPUs allowed')), (one) => one.affinity),
    numeric('voluntary', l10n.t('Voluntary switches'), 'number', (one) => one.contextSwitches?.voluntary ?? null),
    numeric('involuntary', l10n.t('Involuntary switches'), 'number', (one) => one.contextSwitches?.involuntary ?? null),
  ];
}

function memoryColumns(): readonly ProcessColumn[] {
  return [
    hidden(column('memoryShare', l10n.t('Share of memory'), 'percent'), (one) => barCell(one.memory.percent)),
    numeric('virtual', l10n.t('Virtual'), 'bytes', (one) => one.memory.virtualBytes),
    numeric('shared', l10n.t('Shared'), 'bytes', (one) => one.memory.sharedBytes),
    numeric('swap', l10n.t('In swap'), 'bytes', (one) => one.memory.swapBytes),
    numeric('text', l10n.t('Code'), 'bytes', (one) => one.memory.textBytes),
    numeric('data', l10n.t('Data and stack'), 'bytes', (one) => one.memory.dataBytes),
    numeric('majorFaults', l10n.t('Major faults'), 'number', (one) => one.majorFaults),
    numeric('minorFaults', l10n.t('Minor faults'), 'number', (one) => one.minorFaults),
    numeric('oomScore', l10n.t('OOM score'), 'number', (one) => one.oomScore),
    numeric('oomAdjust', l10n.t('OOM adjustment'), 'plain', (one) => one.oomScoreAdjust),
  ];
}

function ioColumns(): readonly ProcessColumn[] {
  const io = (
    id: string,
    title: string,
    unit: Unit,
    of: (io: NonNullable<ProcessEntry['io']>) => number,
  ): ProcessColumn =>
    hidden(column(id, title, unit), (one, texts) => orDenied(one, 'io', one.io === null ? null : of(one.io), texts));
  return [
    io('readTotal', l10n.t('Read in all'), 'bytes', (one) => one.readBytes),
    io('writeTotal', l10n.t('Written in all'), 'bytes', (one) => one.writeBytes),
    io('readCharacters', l10n.t('Through read calls'), 'bytes', (one) => one.readCharacters),
    io('writeCharacters', l10n.t('Through write calls'), 'bytes', (one) => one.writeCharacters),
    io('readCalls', l10n.t('Read calls'), 'number', (one) => one.readCalls),
    io('writeCalls', l10n.t('Write calls'), 'number', (one) => one.writeCalls),
    numeric('ioWait', l10n.t('Waited for I/O'), 'seconds', (one) => seconds(one.cpu.ioWaitMs)),
  ];
}

function placeColumns(): readonly ProcessColumn[] {
  return [
    hidden(column('unit', l10n.t('systemd unit')), (one) => one.unit),
    hidden(column('container', l10n.t('Container')), (one) => one.container),
    hidden(code(column('controlGroup', l10n.t('Control group'))), (one) => one.controlGroup),
  ];
}

function shown(of: Column, cell: ProcessColumn['cell']): ProcessColumn {
  return { column: of, cell };
}

function hidden(of: Column, cell: ProcessColumn['cell']): ProcessColumn {
  return { column: { ...of, hidden: true }, cell };
}

function numeric(id: string, title: string, unit: Unit, cell: (entry: ProcessEntry) => number | null): ProcessColumn {
  return hidden(column(id, title, unit), cell);
}

function code(of: Column): Column {
  return { ...of, code: true };
}

function orDenied(
  entry: ProcessEntry,
  part: Deniable,
  value: number | string | null | undefined,
  texts: ProcessTexts,
): Cell {
  if (value !== null && value !== undefined) return value;
  return entry.denied.includes(part) ? texts.denied : null;
}

/** The bar is that of one CPU: full for several as well. */
function cpuCell(percent: number | null): Cell {
  return percent === null ? null : { value: percent, fraction: Math.min(1, percent / 100) };
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}

function idsText(ids: ProcessEntry['uids']): string | null {
  return ids === null ? null : `${ids.real}, ${ids.effective}, ${ids.saved}`;
}
