import { ExpectedError } from '../lib/errors';
import type { FileStat, Machine } from './machine';

/** As MachineFiles.stat; null where nothing has the name. */
export async function statIfThere(machine: Machine, path: string, signal: AbortSignal): Promise<FileStat | null> {
  try {
    return await machine.files.stat(path, signal);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return null;
    throw error;
  }
}
