import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import { removeTree } from '../../../../machine/removeTree';
import { SIDES } from '../trees/entry';
import type { Backup, EmptyInput } from './inputs';
import { backupsFolder } from './place';
import { backupIds, keptOf, readRecord, type BackupRecord } from './record';

export const DAY_MS = 86_400_000;

export interface BackupsContext {
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
}

/** The newest first. Throws ExpectedError. */
export async function listBackups({ machines, signal }: BackupsContext): Promise<readonly Backup[]> {
  const local = await machines.open(localName, signal);
  const found: Backup[] = [];
  for (const id of await backupIds(local, signal)) {
    try {
      found.unshift(backupOf(await readRecord(local, id, signal)));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      // Begun and never written down: it holds nothing.
      if (error.code !== 'not-found') found.unshift(await unreadable(local, id, error.message, signal));
    }
  }
  return found;
}

function backupOf({ id, task, takenAtMs, places, kept, deeds }: BackupRecord): Backup {
  return {
    id,
    task,
    takenAtMs,
    changed: SIDES.flatMap((side) => places[side] ?? []),
    ...keptOf(deeds),
    folders: SIDES.flatMap((side) => kept[side] ?? []),
    reason: null,
  };
}

async function unreadable(local: Machine, id: string, reason: string, signal: AbortSignal): Promise<Backup> {
  const folder = { machine: localName, path: `${await backupsFolder(local, signal)}/${id}` };
  return { id, task: 'sync', takenAtMs: 0, changed: [], files: 0, bytes: 0, folders: [folder], reason };
}

/** Those that the input means. */
export function chosenBackups(all: readonly Backup[], { backup, olderThanDays }: EmptyInput): readonly Backup[] {
  if (backup !== undefined) return all.filter(({ id }) => id === backup);
  const before = Date.now() - olderThanDays * DAY_MS;
  return all.filter(({ takenAtMs }) => takenAtMs <= before);
}

/** Deletes a backup for good, on all its machines; the record last, so that what is left can be tried again. */
export async function emptyBackup(backup: Backup, { machines, signal }: BackupsContext): Promise<Backup> {
  try {
    const names = new Set(backup.folders.map(({ machine }) => machine).filter((name) => name !== localName));
    for (const name of [...names, localName]) {
      const machine = await machines.open(name, signal);
      await removeIfThere(machine, `${await backupsFolder(machine, signal)}/${backup.id}`, signal);
    }
    return { ...backup, reason: null };
  } catch (error) {
    throwIfCancelled(signal);
    if (!(error instanceof ExpectedError)) throw error;
    return { ...backup, reason: error.message };
  }
}

async function removeIfThere(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  try {
    await removeTree(machine, path, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'missing')) throw error;
  }
}
