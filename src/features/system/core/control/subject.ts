import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import type { Identity } from '../identity';
import { parseAuxv, USUAL_UNITS } from '../kernel/clockTicks';
import { parsePasswd } from '../kernel/passwd';
import { parseArguments, programName } from '../kernel/processArguments';
import { parseProcessCgroup, type ProcessGroups } from '../kernel/processCgroup';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseStat } from '../kernel/stat';
import { wholeLines } from '../kernel/text';
import type { ProcessTable } from './family';
import { machineName } from '../machineName';

/** The process that was named, with all that a person wants to know before it is touched. */
export interface Subject extends Identity {
  readonly stat: ProcessStat;
  readonly name: string;
  /** One item an argument. */
  readonly commandLine: readonly string[];
  readonly uid: number | null;
  readonly user: string;
  /** Milliseconds since 1970 UTC. */
  readonly startedAtMs: number | null;
  /** The process that this pid is a thread of: itself, as a rule. */
  readonly processPid: number;
  /** CPUs it may run on, as a list. */
  readonly allowedCpus: string | null;
  readonly masks: SignalMasks | null;
  readonly groups: ProcessGroups;
}

/** Of /proc/PID/status, hexadecimal: what it ignores, and what it has a handler for. */
export interface SignalMasks {
  readonly ignored: string;
  readonly caught: string;
}

/** What was found at one moment. */
export interface Scene {
  readonly machine: Machine;
  readonly subject: Subject;
  readonly table: ProcessTable;
  /** The effective user on whose behalf this runs; null when it is not known. */
  readonly ownUid: number | null;
}

const AUXV = '/proc/self/auxv';
const ALL_STATS = '/proc/[0-9]*/stat';

/** One round trip. Throws ExpectedError('missing') when there is no such process. */
export async function readScene(machine: Machine, pid: number, signal: AbortSignal): Promise<Scene> {
  const folder = `/proc/${pid}`;
  const own = ['stat', 'status', 'cmdline', 'cgroup'].map((file) => `${folder}/${file}`);
  const items = [...own, ALL_STATS, '/proc/stat', '/etc/passwd', '/proc/self/status', AUXV];
  const texts = await machine.files.readMany(items, { signal, encoding: 'bytes' });
  const stat = parseProcessStat(textOf(texts, `${folder}/stat`));
  if (stat === null) throw new ExpectedError('missing', missingText(pid, machine.name));
  const users = parsePasswd(textOf(texts, '/etc/passwd'));
  const bootSeconds = parseStat(textOf(texts, '/proc/stat'))?.bootTimeSeconds ?? null;
  return {
    machine,
    subject: subjectOf(stat, texts, users, bootSeconds),
    table: tableOf(texts),
    ownUid: idOf(statusValue(textOf(texts, '/proc/self/status'), 'Uid'), 1),
  };
}

export function missingText(pid: number, machine: string): string {
  return l10n.t('There is no process {0} on {1}, or it may not be seen. Refresh the list.', pid, machineName(machine));
}

/** All processes, in one round trip. */
export async function readTable(machine: Machine, signal: AbortSignal): Promise<ProcessTable> {
  return tableOf(await machine.files.readMany([ALL_STATS], { signal, encoding: 'bytes' }));
}

/** Those of these pids that are there, in one round trip. */
export async function readStats(machine: Machine, pids: readonly number[], signal: AbortSignal): Promise<ProcessTable> {
  const paths = pids.map((pid) => `/proc/${pid}/stat`);
  return tableOf(await machine.files.readMany(paths, { signal, encoding: 'bytes' }));
}

/** A field of /proc/PID/status, see proc_pid_status(5); null when it is not there. */
export function statusValue(status: string, name: string): string | null {
  const start = `${name}:`;
  const line = wholeLines(status).find((one) => one.startsWith(start));
  return line === undefined ? null : line.slice(start.length).trim();
}

export function textOf(texts: FileTexts, path: string): string {
  const text = texts.get(path);
  return text === undefined || isFailure(text) ? '' : text;
}

function subjectOf(
  stat: ProcessStat,
  texts: FileTexts,
  users: ReadonlyMap<number, string>,
  bootSeconds: number | null,
): Subject {
  const { ticksPerSecond } = parseAuxv(textOf(texts, AUXV)) ?? USUAL_UNITS;
  const folder = `/proc/${stat.pid}`;
  const status = textOf(texts, `${folder}/status`);
  const commandLine = textOf(texts, `${folder}/cmdline`);
  const uid = idOf(statusValue(status, 'Uid'), 0);
  const ignored = statusValue(status, 'SigIgn');
  const caught = statusValue(status, 'SigCgt');
  return {
    pid: stat.pid,
    startTicks: stat.startTicks,
    stat,
    name: programName(stat.nameBytes, commandLine),
    commandLine: parseArguments(commandLine),
    uid,
    user: userName(uid, users),
    startedAtMs: bootSeconds === null ? null : (bootSeconds + stat.startTicks / ticksPerSecond) * 1_000,
    processPid: idOf(statusValue(status, 'Tgid'), 0) ?? stat.pid,
    allowedCpus: statusValue(status, 'Cpus_allowed_list'),
    masks: ignored === null || caught === null ? null : { ignored, caught },
    groups: parseProcessCgroup(textOf(texts, `${folder}/cgroup`)),
  };
}

function tableOf(texts: FileTexts): ProcessTable {
  const table = new Map<number, ProcessStat>();
  for (const [path, text] of texts) {
    if (isFailure(text) || !/^\/proc\/\d+\/stat$/.test(path)) continue;
    const stat = parseProcessStat(text);
    if (stat !== null) table.set(stat.pid, stat);
  }
  return table;
}

/** One of the numbers of Uid: real, effective, saved, of the file system. */
function idOf(value: string | null, index: number): number | null {
  const word = value?.split(/\s+/)[index];
  return word === undefined || !/^\d+$/.test(word) ? null : Number(word);
}

function userName(uid: number | null, users: ReadonlyMap<number, string>): string {
  return uid === null ? '?' : (users.get(uid) ?? String(uid));
}
