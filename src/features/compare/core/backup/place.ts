import { randomBytes } from 'node:crypto';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';

/** Below the home folder of each machine. */
const FOLDERS = ['.local', 'share', 'opsdeck', 'backups'];

/** Where that machine keeps what was replaced or deleted; it need not be there yet. */
export async function backupsFolder(machine: Machine, signal: AbortSignal): Promise<string> {
  const home = (await machine.files.resolve('.', signal)).replaceAll(machine.platform === 'win32' ? '\\' : '/', '/');
  return `${home === '/' ? '' : home}/${FOLDERS.join('/')}`;
}

/** Makes the folder of one backup, which only its owner may look into. */
export async function makeBackupFolder(machine: Machine, id: string, signal: AbortSignal): Promise<string> {
  const all = await backupsFolder(machine, signal);
  const home = all.slice(0, -FOLDERS.join('/').length - 1);
  for (let count = 1; count <= FOLDERS.length; count++) {
    await makeFolderOnce(machine, `${home}/${FOLDERS.slice(0, count).join('/')}`, signal);
  }
  const folder = `${all}/${id}`;
  await makeFolderOnce(machine, folder, signal);
  if (machine.platform !== 'win32') await machine.files.change(folder, { mode: 0o700 }, signal);
  return folder;
}

/** What is there already is as good. */
export async function makeFolderOnce(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  try {
    await machine.files.makeFolder(path, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'exists')) throw error;
  }
}

/** '20261128-151639-3fa9c1', by UTC: sorted by name is sorted by time. */
export function newBackupId(now: Date): string {
  const [day = '', time = ''] = now.toISOString().replace(/[-:]/g, '').split(/[T.]/);
  return `${day}-${time}-${randomBytes(3).toString('hex')}`;
}

export const BACKUP_ID = /^\d{8}-\d{6}-[0-9a-f]{6}$/;
