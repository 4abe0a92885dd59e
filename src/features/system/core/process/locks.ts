import { parseFileLocks, type FileLock } from '../kernel/fileLocks';
import type { AwaitedLock, OpenFile } from './schema/files';
import type { ProcessReading } from './reading';
import { textOf } from './texts';

/** /proc/locks, of all processes: who waits for whom. */
export function allLocksOf({ details }: ProcessReading): readonly FileLock[] {
  return parseFileLocks(textOf(details, '/proc/locks') ?? '');
}

/** Of the locks of a descriptor those that are held, with who waits for them. */
export function heldLocks(locks: readonly FileLock[], all: readonly FileLock[]): OpenFile['locks'] {
  return locks
    .filter((one) => !one.waiting)
    .map((lock) => {
      const listed = all.find((one) => !one.waiting && isSame(one, lock));
      const waiters = listed === undefined ? [] : all.filter((one) => one.waiting && one.id === listed.id);
      return {
        kind: lock.kind,
        access: lock.access,
        mandatory: lock.mandatory,
        startByte: lock.startByte,
        endByte: lock.endByte,
        waiters: waiters.flatMap((one) => one.pid ?? []),
      };
    });
}

/** The number of a lock is another one in each of the two files. */
function isSame(one: FileLock, other: FileLock): boolean {
  return (
    one.kind === other.kind &&
    one.access === other.access &&
    one.pid === other.pid &&
    one.device === other.device &&
    one.inode === other.inode &&
    one.startByte === other.startByte &&
    one.endByte === other.endByte
  );
}

export function awaitedLocks(
  pid: number,
  all: readonly FileLock[],
  files: readonly Pick<OpenFile, 'device' | 'inode' | 'path'>[],
): readonly AwaitedLock[] {
  return all
    .filter((one) => one.waiting && one.pid === pid)
    .map((lock) => {
      const held = all.find((one) => !one.waiting && one.id === lock.id);
      const file = files.find((one) => one.inode === lock.inode && one.device === lock.device);
      return { kind: lock.kind, access: lock.access, path: file?.path ?? null, heldBy: held?.pid ?? null };
    });
}
