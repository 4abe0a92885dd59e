import * as l10n from '@vscode/l10n';
import { encodePath } from '../../../lib/bytePath';
import { throwIfCancelled } from '../../../lib/errors';
import { invalidFile } from '../../fileErrors';
import type { PathVerbs } from '../../machine';
import { changeFile, hardLink, makeFolder, makeLink, readLink, removeFile, resolvePath, statFile } from './changing';
import { listFolder } from './listing';
import { readFile, streamFile } from './reading';
import { renameFile } from './renaming';
import { writeFile } from './replacing';
import type { SftpSession } from './session';
import { writeFileStream } from './writing';

/** Far beyond what any system takes, and far below what would make a packet too long. */
const MAX_PATH_BYTES = 32_768;

/** A session that is open, or what gives one when it is needed: again, when the last has been closed. */
export type SessionSource = SftpSession | ((signal: AbortSignal) => Promise<SftpSession>);

/** The verbs of MachineFiles over SFTP. Many calls at a time share the session and its round trips. */
export function sftpFiles(source: SessionSource, machineName: string): PathVerbs {
  const session = async (signal: AbortSignal, ...paths: readonly string[]): Promise<SftpSession> => {
    throwIfCancelled(signal);
    for (const path of paths) requirePath(path, machineName);
    return typeof source === 'function' ? source(signal) : source;
  };
  return {
    list: async (path, signal) => listFolder(await session(signal, path), path, signal),
    stat: async (path, signal) => statFile(await session(signal, path), path, signal),
    resolve: async (path, signal) => resolvePath(await session(signal, path), path, signal),
    readLink: async (path, signal) => readLink(await session(signal, path), path, signal),
    read: async (path, options) => readFile(await session(options.signal, path), path, options),
    stream: async (path, options) => streamFile(await session(options.signal, path), path, options),
    writeStream: async (path, options) => writeFileStream(await session(options.signal, path), path, options),
    write: async (path, content, options) => writeFile(await session(options.signal, path), path, content, options),
    makeFolder: async (path, signal) => makeFolder(await session(signal, path), path, signal),
    makeLink: async (path, target, signal) => makeLink(await session(signal, path, target), path, target, signal),
    hardLink: async (path, to, signal) => hardLink(await session(signal, path, to), path, to, signal),
    rename: async (from, to, options) => renameFile(await session(options.signal, from, to), from, to, options),
    remove: async (path, signal) => removeFile(await session(signal, path), path, signal),
    change: async (path, change, signal) => changeFile(await session(signal, path), path, change, signal),
  };
}

/** A NUL would end the path early there, or the whole server. */
function requirePath(path: string, machine: string): void {
  const task = { action: 'read', path, machine } as const;
  if (path.includes('\0')) throw invalidFile(task, l10n.t('a path cannot hold a NUL character'));
  if (path.length > MAX_PATH_BYTES / 4 && encodePath(path).length > MAX_PATH_BYTES) {
    throw invalidFile({ ...task, path: `${path.slice(0, 100)}…` }, l10n.t('the path is too long'));
  }
}
