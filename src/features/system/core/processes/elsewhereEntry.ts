import type { Systeminformation } from 'systeminformation';
import { roundedTo } from '../kernel/numbers';
import { emptyEntry, NO_USER } from './entry';
import type { ProcessEntry, ProcessState } from './schema';

export interface ElsewhereScale {
  /** There a share is of all cores, and only since the call before. */
  readonly windows: boolean;
  readonly cores: number;
  readonly first: boolean;
}

/** One process as the package systeminformation tells it; `started`: milliseconds since 1970 UTC. */
export function entryElsewhere(
  one: Systeminformation.ProcessesProcessData,
  started: number | null,
  scale: ElsewhereScale,
): ProcessEntry {
  const commandLine = [one.command, one.params].filter((part) => part !== '').join(' ');
  return {
    ...emptyEntry(),
    pid: one.pid,
    parentPid: Math.max(0, one.parentPid),
    name: one.name,
    commandLine: commandLine === '' ? [] : [commandLine],
    executable: executableOf(one),
    state: stateOf(one.state),
    user: one.user === '' ? NO_USER : one.user,
    startTicks: started ?? 0,
    startedAtMs: started,
    terminal: one.tty === '' || one.tty.startsWith('?') ? null : one.tty,
    cpu: {
      percent: cpuPercent(one.cpu, scale),
      userMs: null,
      systemMs: null,
      childrenUserMs: null,
      childrenSystemMs: null,
      ioWaitMs: null,
      number: null,
    },
    memory: {
      residentBytes: kibibytes(one.memRss),
      virtualBytes: kibibytes(one.memVsz),
      sharedBytes: null,
      textBytes: null,
      dataBytes: null,
      swapBytes: null,
      percent: Number.isFinite(one.mem) ? Math.min(100, Math.max(0, roundedTo(one.mem, 1))) : null,
    },
    nice: scale.windows || !Number.isInteger(one.nice) ? null : one.nice,
    priority: Number.isInteger(one.priority) ? one.priority : 0,
    denied: [],
  };
}

/** '2026-11-23 12:00:00', in local time; null for anything else. */
export function startedMs(text: string): number | null {
  const milliseconds = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(text.replace(' ', 'T')) : NaN;
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function cpuPercent(percent: number, { windows, cores, first }: ElsewhereScale): number | null {
  if (!Number.isFinite(percent) || percent < 0 || (windows && first)) return null;
  return roundedTo(windows ? percent * cores : percent, 1);
}

/** Of macOS the folder and the name of the program, of Windows the whole path. */
function executableOf({ path, command }: Systeminformation.ProcessesProcessData): string | null {
  if (!path) return null;
  const name = command.slice(command.lastIndexOf('/') + 1);
  return path.startsWith('/') && name !== '' && !path.endsWith(`/${name}`)
    ? `${path.replace(/\/$/, '')}/${name}`
    : path;
}

function kibibytes(amount: number): number {
  return Number.isFinite(amount) && amount > 0 ? amount * 1024 : 0;
}

function stateOf(state: string): ProcessState {
  switch (state) {
    case 'running':
    case 'sleeping':
    case 'stopped':
    case 'zombie':
    case 'dead':
      return state;
    case 'blocked':
      return 'disk-sleep';
    default:
      return 'unknown';
  }
}
