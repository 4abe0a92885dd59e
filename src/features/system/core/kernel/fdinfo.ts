import { parseFileLock, type FileLock } from './fileLocks';
import { count, wholeLines } from './text';

/** /proc/PID/fdinfo/FD, see proc_pid_fdinfo(5). null where the kernel does not tell. */
export interface FdInfo {
  readonly position: number | null;
  /** As open(2) has them: see `openFlagsOf`. */
  readonly flags: number | null;
  readonly mountId: number | null;
  /** Digits, as of `parseStatText`. */
  readonly inode: string | null;
  /** Held through this descriptor, those of open file descriptions too, which name no process. */
  readonly locks: readonly FileLock[];
  /** Of an eventfd: its counter. */
  readonly eventCount: number | null;
  /** Of an epoll instance: the descriptors that it watches. */
  readonly epollTargets: readonly number[];
  /** Of an inotify or fanotify instance: how many watches or marks. */
  readonly watches: number | null;
  /** Of a pidfd: the process; -1 where it has ended. */
  readonly pid: number | null;
  /** Of a timerfd: milliseconds until it fires next, and between two firings; 0 is disarmed, or once. */
  readonly timer: { readonly nextMs: number; readonly intervalMs: number } | null;
}

/** Never throws: what is not of the expected form is left out. */
export function parseFdInfo(text: string): FdInfo {
  const found = new Map<string, string>();
  const locks: FileLock[] = [];
  const epollTargets: number[] = [];
  let watches = 0;
  for (const line of wholeLines(text)) {
    const [name = '', value = ''] = split(line);
    const lock = name === 'lock' ? parseFileLock(value) : null;
    const target = name === 'tfd' ? count(/^\d+/.exec(value)?.[0]) : null;
    if (lock !== null) locks.push(lock);
    else if (target !== null) epollTargets.push(target);
    else if (/^(inotify wd|fanotify (ino|mnt_id|sdev))$/.test(name)) watches++;
    else found.set(name, value);
  }
  const octal = found.get('flags');
  return {
    position: count(found.get('pos')),
    flags: octal !== undefined && /^[0-7]{1,11}$/.test(octal) ? Number.parseInt(octal, 8) : null,
    mountId: count(found.get('mnt_id')),
    inode: /^\d+$/.exec(found.get('ino') ?? '')?.[0] ?? null,
    locks,
    eventCount: hexadecimal(found.get('eventfd-count')),
    epollTargets,
    watches: watches > 0 ? watches : null,
    pid: found.get('Pid') === '-1' ? -1 : count(found.get('Pid')),
    timer: timerOf(found.get('it_value'), found.get('it_interval')),
  };
}

/** At the first colon; blanks and tabs around the value do not count. */
function split(line: string): readonly string[] {
  const colon = line.indexOf(':');
  return colon < 0 ? [] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function hexadecimal(text: string | undefined): number | null {
  return text !== undefined && /^[0-9a-f]{1,16}$/.test(text) ? Number.parseInt(text, 16) : null;
}

/** `(seconds, nanoseconds)` each. */
function timerOf(value: string | undefined, interval: string | undefined): FdInfo['timer'] {
  const [nextMs, intervalMs] = [value, interval].map((text) => {
    const [, seconds, nanoseconds] = /^\((\d{1,15}), (\d{1,9})\)$/.exec(text ?? '') ?? [];
    return seconds === undefined ? null : Number(seconds) * 1000 + Number(nanoseconds) / 1e6;
  });
  return nextMs == null || intervalMs == null ? null : { nextMs, intervalMs };
}
