import type { FdInfo } from '../kernel/fdinfo';
import type { FileLock } from '../kernel/fileLocks';
import { openFlagsOf, type AccessMode } from '../kernel/openFlags';

/** How a file is open through one descriptor. */
export interface DescriptorFacts {
  readonly mode: AccessMode | null;
  readonly flags: readonly string[];
  readonly positionBytes: number | null;
  /** Also those that it waits for, where only /proc/locks tells. */
  readonly locks: readonly FileLock[];
}

export interface DescriptorContext {
  readonly pid: number;
  /** What it leads to; null when that is not known. */
  readonly file: { readonly device: string; readonly inode: string } | null;
  /** /proc/locks, of all processes. */
  readonly allLocks: readonly FileLock[];
  /** As uname -m has it, for the numbers of some flags; null when it is not known. */
  readonly architecture: string | null;
}

/**
 * fdinfo tells the locks (3.16 and later), also those of open file descriptions; older kernels only tell file and
 * process, so there every descriptor of the file shows them.
 */
export function descriptorFacts(info: FdInfo | null, context: DescriptorContext): DescriptorFacts {
  const { pid, file, allLocks, architecture } = context;
  const opened = info?.flags == null ? null : openFlagsOf(info.flags, architecture);
  const told = info?.locks ?? [];
  const sameFile = (one: FileLock): boolean => one.inode === file?.inode && one.device === file.device;
  return {
    mode: opened?.mode ?? null,
    flags: opened?.names ?? [],
    positionBytes: info?.position ?? null,
    locks: told.length > 0 ? told : allLocks.filter((one) => one.pid === pid && sameFile(one)),
  };
}
