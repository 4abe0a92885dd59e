import { isFailure, type FileTexts, type ReadItem } from '../../../../machine/machine';
import { parseArguments, programName } from '../kernel/processArguments';
import { isKernelThread, parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseProcessStatus } from '../kernel/processStatus';
import type { UserNames } from '../processes/userNames';
import type { SnapshotHost } from './hostFigures';
import type { SnapshotProcess } from './schema';

export const PROCESS_FILES: readonly ReadItem[] = [
  '/proc/[0-9]*/stat',
  '/proc/[0-9]*/cmdline',
  '/proc/[0-9]*/status',
  '/etc/passwd',
];

/** Arguments beyond that are left out: a class path of 100 kB tells nothing and would fill the disk. */
const MOST_CHARACTERS = 4_096;
const STAT_FILE = /^\/proc\/(\d+)\/stat$/;

/** Sorted by pid. One that ended while it was read is left out. `texts`: every character is a byte. */
export function processesOf(texts: FileTexts, host: SnapshotHost, users: UserNames): SnapshotProcess[] {
  const processes: SnapshotProcess[] = [];
  for (const [path, content] of texts) {
    const pid = STAT_FILE.exec(path)?.[1];
    if (pid === undefined || isFailure(content)) continue;
    const stat = parseProcessStat(content);
    if (stat !== null) processes.push(processOf(stat, texts, host, users));
  }
  return processes.sort((one, other) => one.pid - other.pid);
}

function processOf(stat: ProcessStat, texts: FileTexts, host: SnapshotHost, users: UserNames): SnapshotProcess {
  const text = (file: string): string => {
    const content = texts.get(`/proc/${stat.pid}/${file}`);
    return typeof content === 'string' ? content : '';
  };
  const { ticksPerSecond, pageBytes } = host.units;
  const uid = parseProcessStatus(text('status')).uids?.real;
  const commandLine = text('cmdline');
  return {
    pid: stat.pid,
    startTicks: stat.startTicks,
    startedAtMs:
      host.bootedAtMs === null ? null : Math.round(host.bootedAtMs + (stat.startTicks * 1000) / ticksPerSecond),
    parentPid: stat.parentPid,
    user: uid === undefined ? '?' : users.nameOf(uid),
    name: programName(stat.nameBytes, commandLine),
    commandLine: cut(parseArguments(commandLine)),
    kernelThread: isKernelThread(stat),
    state: stat.state,
    cpuMs: Math.round(((stat.userTicks + stat.systemTicks) * 1000) / ticksPerSecond),
    residentBytes: stat.residentPages * pageBytes,
  };
}

function cut(words: readonly string[]): string[] {
  const kept: string[] = [];
  let left = MOST_CHARACTERS;
  for (const word of words) {
    if (word.length > left) {
      kept.push(`${word.slice(0, left)}…`);
      break;
    }
    kept.push(word);
    left -= word.length;
  }
  return kept;
}
