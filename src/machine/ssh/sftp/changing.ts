import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../lib/bytePath';
import { invalidFile } from '../../fileErrors';
import type { FileChange, FileStat } from '../../machine';
import { fileStatOf, kindOf } from './attributes';
import { SftpStatusError } from './decode';
import { attempt, type SftpTask } from './explain';
import { STATUS, type NameEntry } from './protocol';
import type { SftpSession } from './session';
import { protocolError } from './sessionErrors';

const MAX_SECONDS = 0xffff_ffff;

/** MachineFiles.stat */
export async function statFile(session: SftpSession, path: string, signal: AbortSignal): Promise<FileStat> {
  const task: SftpTask = { action: 'read', path, machine: session.machineName };
  return attempt(session, task, signal, async () => fileStatOf(await session.ask('lstat', [path], signal)));
}

/** MachineFiles.resolve. OpenSSH resolves also what is not there, if only its folder is: hence the second question. */
export async function resolvePath(session: SftpSession, path: string, signal: AbortSignal): Promise<string> {
  const task: SftpTask = { action: 'read', path, machine: session.machineName };
  const asked = path === '' ? '.' : path;
  return attempt(session, task, signal, async () => {
    const [names] = await Promise.all([session.ask('realpath', [asked], signal), session.ask('stat', [asked], signal)]);
    return onlyName(session, names);
  });
}

/** MachineFiles.readLink */
export async function readLink(session: SftpSession, path: string, signal: AbortSignal): Promise<string> {
  const task: SftpTask = { action: 'read', path, machine: session.machineName };
  return attempt(session, task, signal, async () => {
    try {
      return onlyName(session, await session.ask('readlink', [path], signal));
    } catch (error) {
      const isNoLink =
        error instanceof SftpStatusError && [STATUS.BAD_MESSAGE, STATUS.FAILURE].some((one) => one === error.status);
      if (!isNoLink) throw error;
      throw invalidFile(task, l10n.t('it is no symbolic link'), { cause: error });
    }
  });
}

function onlyName(session: SftpSession, [entry]: readonly NameEntry[]): string {
  if (entry === undefined) throw protocolError(session.machineName, 'it gives no name for a path');
  return decodePath(entry.name);
}

/** MachineFiles.makeFolder */
export async function makeFolder(session: SftpSession, path: string, signal: AbortSignal): Promise<void> {
  const task: SftpTask = { action: 'make', path, machine: session.machineName };
  await attempt(session, task, signal, () => session.ask('mkdir', [path, {}], signal));
}

/** MachineFiles.makeLink */
export async function makeLink(session: SftpSession, path: string, target: string, signal: AbortSignal): Promise<void> {
  const task: SftpTask = { action: 'make', path, machine: session.machineName };
  await attempt(session, task, signal, () => session.ask('symlink', [target, path], signal));
}

/** MachineFiles.hardLink */
export async function hardLink(session: SftpSession, path: string, to: string, signal: AbortSignal): Promise<void> {
  const task: SftpTask = { action: 'make', path: to, machine: session.machineName };
  await attempt(session, task, signal, () => session.ask('hardlink', [path, to], signal));
}

/** MachineFiles.remove. Looked at before: some systems let root unlink a folder, and lose what is in it. */
export async function removeFile(session: SftpSession, path: string, signal: AbortSignal): Promise<void> {
  const task: SftpTask = { action: 'remove', path, machine: session.machineName };
  await attempt(session, task, signal, async () => {
    const isFolder = kindOf(await session.ask('lstat', [path], signal)) === 'directory';
    await session.ask(isFolder ? 'rmdir' : 'remove', [path], signal);
  });
}

/** MachineFiles.change. In whole seconds; with a time of modification, that of the last access becomes now. */
export async function changeFile(
  session: SftpSession,
  path: string,
  change: FileChange,
  signal: AbortSignal,
): Promise<void> {
  const { mode, modifiedMs, owner } = change;
  const task: SftpTask = { action: 'change', path, machine: session.machineName };
  const modifiedSeconds = modifiedMs === undefined ? undefined : Math.floor(modifiedMs / 1_000);
  if (modifiedSeconds !== undefined && !(modifiedSeconds >= 0 && modifiedSeconds <= MAX_SECONDS)) {
    throw invalidFile(task, l10n.t('SFTP has no times before 1970 or after 2106'));
  }
  const times =
    modifiedSeconds === undefined ? {} : { accessedSeconds: Math.floor(Date.now() / 1_000), modifiedSeconds };
  await attempt(session, task, signal, () =>
    session.ask(
      'setstat',
      [path, { ...owner, ...(mode === undefined ? {} : { permissions: mode & 0o7777 }), ...times }],
      signal,
    ),
  );
}
