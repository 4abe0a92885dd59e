import { isFailure, type Machine } from '../../../../machine/machine';
import type { Mount } from '../kernel/mountinfo';
import { isBelow, mayHang } from './mountTable';

/** Until a file system that needs a server is given up. */
export const SILENT_AFTER_MS = 2_000;

/**
 * Of these mount points, those whose file system does not answer. Nothing on them should be touched: who does hangs with
 * it, where signals do not reach. MachineFiles.usage asks by a process that may be left behind.
 */
export async function silentMounts(
  machine: Machine,
  mountPoints: Iterable<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(mountPoints)];
  if (asked.length === 0) return new Set();
  const usage = await machine.files.usage(asked, { signal, deadlineMs: SILENT_AFTER_MS });
  return new Set(
    asked.filter((mountPoint) => {
      const answer = usage.get(mountPoint);
      return answer !== undefined && isFailure(answer) && answer.code === 'timed-out';
    }),
  );
}

/** The mounts that need a server on the way to a path, by their mount points. */
export function hangingOnTheWay(path: string, mounts: readonly Mount[]): readonly string[] {
  return mounts
    .filter((mount) => mayHang(mount) && (path === mount.mountPoint || isBelow(path, mount.mountPoint)))
    .map((mount) => mount.mountPoint);
}
