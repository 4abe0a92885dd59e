import type { FdInfo } from '../kernel/fdinfo';
import { parseFileLocks, type FileLock } from '../kernel/fileLocks';
import type { AwaitedLock, OpenFile } from './schema/files';
import type { ProcessReading } from './reading';
import { textOf } from './texts';

/** /proc/locks, of all processes: who waits for whom. */
export function allLocksOf({ details }: ProcessReading): readonly FileLock[] {
  return parseFileLocks(textOf(details, '/proc/locks') ?? '');
}

/**
 * The locks that are held through a descriptor. fdinfo tells them (3.16 and later), also those of open file
 * descriptions; older kernels only tell file and process, so there every descriptor of the file shows them.
 */
export function heldLocks(
  info: FdInfo | null,
  file: { readonly device: string; readonly inode: string } | null,
  pid: number,
  all: readonly FileLock[],
): OpenFile['locks'] {
  const sameFile = (one: FileLock): boolean => one.inode === file?.inode && one.device === file.device;
  const told = info?.locks ?? [];
  const held = told.length > 0 ? told : all.filter((one) => !one.waiting && one.pid === pid && sameFile(one));
  return held.map((lock) => {
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
