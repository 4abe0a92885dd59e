import { throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parseIonice, type IoPriority } from '../control/ioPriority';

const DEADLINE_MS = 2_000;

/** By ionice(1), for /proc does not tell it; null where the program is missing or refuses. */
export async function readIoPriority(machine: Machine, pid: number, signal: AbortSignal): Promise<IoPriority | null> {
  try {
    const { exitCode, stdout } = await machine.exec(['ionice', '-p', String(pid)], { signal, deadlineMs: DEADLINE_MS });
    return exitCode === 0 ? parseIonice(new TextDecoder().decode(stdout)) : null;
  } catch {
    throwIfCancelled(signal);
    return null;
  }
}
