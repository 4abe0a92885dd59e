import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { parseLoadavg } from '../kernel/loadavg';
import { parseStat } from '../kernel/stat';
import { parseTerminalDrivers, terminalName } from '../kernel/terminal';
import { singleValue } from '../kernel/text';
import { parseUptime } from '../kernel/uptime';
import type { UtmpRecord } from '../kernel/utmp';
import { commandLineOf, processPlaces, type ProcessPlaces } from './foreground';
import { HISTORY_FILES, pastLogins, readFailedLogins, readLogins } from './history';
import type { UsersInput, UserSession, UsersResult } from './schema';
import { readSessions, type SourceSession } from './sources';
import { devicePath, readTerminals, type TerminalFacts } from './terminals';
import { UTMP_FILES } from './utmpFile';

export interface CollectUsersOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly input: UsersInput;
}

const FILES: readonly ReadItem[] = [
  '/proc/uptime',
  '/proc/loadavg',
  '/proc/stat',
  '/proc/sys/kernel/hostname',
  '/proc/tty/drivers',
  '/proc/[0-9]*/stat',
  ...UTMP_FILES,
  ...HISTORY_FILES.map((path) => ({ path, what: 'stat' as const })),
];

/** Who is logged in, since when, what they do, and who was before. Two round trips, four without utmp. */
export async function collectUsers({ machine, signal, clock, input }: CollectUsersOptions): Promise<UsersResult> {
  const texts = await machine.files.readMany(FILES, { signal, encoding: 'bytes' });
  const takenAtMs = clock.nowMs();
  const read = await readSessions(machine, texts, signal);
  const host = hostOf(texts, takenAtMs);
  const places = processPlaces(texts, parseTerminalDrivers(textOf(texts, '/proc/tty/drivers')));
  const wish = { user: input.user ?? null, count: input.history };
  const wanted = read.sessions.filter(({ user }) => wish.user === null || user === wish.user);
  const history = input.history > 0;
  const [sessions, logins, failedLogins] = await Promise.all([
    detailed(machine, wanted, places, host.nowMs, signal),
    history ? readLogins(machine, texts, wish, signal) : null,
    history ? readFailedLogins(machine, texts, wish, signal) : null,
  ]);
  const own = machine.ownPid === null ? undefined : places.byPid?.get(machine.ownPid);
  return {
    machine: machine.name,
    takenAtMs,
    filter: { user: wish.user, history: wish.count },
    hostName: singleValue(texts.get('/proc/sys/kernel/hostname')),
    source: read.source,
    unavailable: read.unavailable,
    sessions,
    ownTerminal: terminalName(own?.terminal ?? 0),
    ...recorded(read.records),
    bootedAtMs: host.bootedAtMs,
    uptimeSeconds: host.uptimeSeconds,
    load: host.load,
    logins: logins === null ? null : { ...logins.record, entries: pastLogins(logins.sessions, sessions) },
    failedLogins,
  };
}

interface HostTimes extends Pick<UsersResult, 'bootedAtMs' | 'uptimeSeconds' | 'load'> {
  /** By the clock of that machine, which idling is counted with. */
  readonly nowMs: number;
}

function hostOf(texts: FileTexts, takenAtMs: number): HostTimes {
  const uptimeSeconds = parseUptime(textOf(texts, '/proc/uptime'));
  const bootSeconds = parseStat(textOf(texts, '/proc/stat'))?.bootTimeSeconds ?? null;
  const load = parseLoadavg(textOf(texts, '/proc/loadavg'));
  const known = uptimeSeconds !== null && bootSeconds !== null;
  return {
    bootedAtMs: bootSeconds === null ? null : bootSeconds * 1000,
    uptimeSeconds,
    load: load === null ? null : { one: load.one, five: load.five, fifteen: load.fifteen },
    nowMs: known ? Math.round((bootSeconds + uptimeSeconds) * 1000) : takenAtMs,
  };
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

/** The run level is a letter in the lowest byte of the pid, the one before in the next, see utmp(5). */
function recorded(records: readonly UtmpRecord[]): Pick<UsersResult, 'bootRecordMs' | 'runLevel' | 'waitingTerminals'> {
  const boot = records.findLast((record) => record.kind === 'boot');
  const level = records.findLast((record) => record.kind === 'run-level');
  const letter = (code: number): string | null => (code >= 33 && code < 127 ? String.fromCharCode(code) : null);
  const current = level === undefined ? null : letter(level.pid & 0xff);
  return {
    bootRecordMs: boot?.atMs ?? null,
    runLevel:
      level === undefined || current === null
        ? null
        : { current, previous: letter((level.pid >> 8) & 0xff), sinceMs: level.atMs },
    waitingTerminals: records.filter((record) => record.kind === 'waiting').map((record) => record.terminal),
  };
}

async function detailed(
  machine: Machine,
  sessions: readonly SourceSession[],
  places: ProcessPlaces,
  nowMs: number,
  signal: AbortSignal,
): Promise<UserSession[]> {
  const devices = sessions.map((one) => devicePath(one.terminal)).filter((path) => path !== null);
  const front = sessions.map((one) => places.inFront.get(one.terminal)).filter((stat) => stat !== undefined);
  const commandLines = front.map(({ pid }) => `/proc/${pid}/cmdline`);
  const [terminals, texts] = await Promise.all([
    readTerminals(machine, [...new Set(devices)], signal),
    commandLines.length === 0
      ? new Map<string, string>()
      : machine.files.readMany([...new Set(commandLines)], { signal, encoding: 'bytes' }),
  ]);
  return sessions.map((one) => sessionOf(one, places, terminals.get(devicePath(one.terminal) ?? ''), texts, nowMs));
}

function sessionOf(
  session: SourceSession,
  places: ProcessPlaces,
  terminal: TerminalFacts | undefined,
  texts: FileTexts,
  nowMs: number,
): UserSession {
  const { user, host, sinceMs, pid, type } = session;
  const process = pid === null ? undefined : places.byPid?.get(pid);
  const front = places.inFront.get(session.terminal);
  return {
    user,
    terminal: session.terminal || null,
    host,
    sinceMs,
    ...idling(session, terminal, nowMs),
    pid,
    startTicks: process?.startTicks ?? null,
    // Where /proc hides the processes of others, not even the first one is seen.
    ended: pid !== null && process === undefined && places.byPid?.has(1) === true,
    messages: terminal?.messages ?? null,
    type,
    front:
      front === undefined
        ? null
        : {
            pid: front.pid,
            startTicks: front.startTicks,
            commandLine: commandLineOf(texts.get(`/proc/${front.pid}/cmdline`), front),
          },
  };
}

function idling(
  { idleSinceMs }: SourceSession,
  terminal: TerminalFacts | undefined,
  nowMs: number,
): Pick<UserSession, 'idleMs' | 'idleFrom'> {
  if (terminal !== undefined) {
    const idleFrom = terminal.inputSeconds === null ? 'output' : 'input';
    const seconds = terminal.inputSeconds ?? terminal.outputSeconds;
    return { idleMs: Math.max(0, Math.round(nowMs - seconds * 1000)), idleFrom };
  }
  if (idleSinceMs !== null) return { idleMs: Math.max(0, nowMs - idleSinceMs), idleFrom: 'input' };
  return { idleMs: null, idleFrom: null };
}
