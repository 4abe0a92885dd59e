import { count, wholeLines, words } from './text';

/** One line of /proc/locks, see proc_locks(5), or of `lock:` in /proc/PID/fdinfo/FD. */
export interface FileLock {
  /** The same number on a lock and on those that wait for it. */
  readonly id: number;
  /** Waits for the lock of the same number instead of holding it. */
  readonly waiting: boolean;
  /** flock(2), fcntl(2) of a process or of an open file description, a lease, or what a newer kernel calls it. */
  readonly kind: 'flock' | 'posix' | 'ofd' | 'lease' | 'delegation' | 'unknown';
  readonly mandatory: boolean;
  readonly access: 'read' | 'write' | 'read-write' | 'none' | 'unknown';
  /** null where none holds it: an open file description does, or a process outside the PID namespace. */
  readonly pid: number | null;
  /** Major and minor number in decimal, such as 254:0. */
  readonly device: string;
  /** Digits, as of `parseStatText`. */
  readonly inode: string;
  readonly startByte: number;
  /** null is to the end of the file, however far that moves. */
  readonly endByte: number | null;
}

export function parseFileLocks(text: string): readonly FileLock[] {
  return wholeLines(text).flatMap((line) => {
    const lock = parseFileLock(line);
    return lock === null ? [] : [lock];
  });
}

/** `1: -> POSIX  ADVISORY  WRITE 4711 fe:00:2149060 0 EOF`, without a line feed; null when it is none. */
export function parseFileLock(line: string): FileLock | null {
  const [number = '', ...rest] = words(line);
  const waiting = rest[0] === '->';
  const [kind, manner, access, pid, place = '', start, end] = waiting ? rest.slice(1) : rest;
  const id = number.endsWith(':') ? count(number.slice(0, -1)) : null;
  const [, major, minor, inode] = /^([0-9a-f]+):([0-9a-f]+):(\d+)$/.exec(place) ?? [];
  const startByte = count(start);
  if (id === null || major === undefined || minor === undefined || inode === undefined || startByte === null)
    return null;
  const endByte = end === 'EOF' ? null : count(end);
  if (endByte === null && end !== 'EOF') return null;
  return {
    id,
    waiting,
    kind: kindOf(kind),
    mandatory: manner === 'MANDATORY',
    access: accessOf(access),
    // 0 is a process that this PID namespace does not see, -1 an open file description.
    pid: count(pid) || null,
    device: `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`,
    inode,
    startByte,
    endByte,
  };
}

function kindOf(word: string | undefined): FileLock['kind'] {
  switch (word) {
    case 'FLOCK':
      return 'flock';
    case 'POSIX':
      return 'posix';
    case 'OFDLCK':
      return 'ofd';
    case 'LEASE':
      return 'lease';
    case 'DELEG':
      return 'delegation';
    default:
      return 'unknown';
  }
}

function accessOf(word: string | undefined): FileLock['access'] {
  switch (word) {
    case 'READ':
      return 'read';
    case 'WRITE':
      return 'write';
    case 'RW':
      return 'read-write';
    case 'UNLCK':
    case 'NONE':
      return 'none';
    default:
      return 'unknown';
  }
}
