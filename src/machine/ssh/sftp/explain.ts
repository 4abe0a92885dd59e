import * as l10n from '@vscode/l10n';
import * as nodePath from 'node:path';
import { CancelledError, ExpectedError } from '../../../lib/errors';
import {
  failedFile,
  fileProblem,
  invalidFile,
  machineWords,
  otherFileSystem,
  type FileProblem,
  type FileTask,
} from '../../fileErrors';
import { kindOf } from './attributes';
import { SftpStatusError } from './decode';
import { STATUS, type Attributes } from './protocol';
import type { SftpSession } from './session';
import { closedError, shownText } from './sessionErrors';

/** What was to be done, as far as it is needed to find out why it was not. */
export interface SftpTask extends FileTask {
  /** The new name of a rename. */
  readonly to?: string;
  /** What was to be written, at least. */
  readonly bytes?: number;
}

const PROBLEMS: ReadonlyMap<number, FileProblem> = new Map([
  [STATUS.NO_SUCH_FILE, 'missing'],
  [STATUS.PERMISSION_DENIED, 'denied'],
  [STATUS.FILE_ALREADY_EXISTS, 'exists'],
  [STATUS.WRITE_PROTECT, 'read-only'],
  [STATUS.NO_SPACE_ON_FILESYSTEM, 'disk-full'],
  [STATUS.QUOTA_EXCEEDED, 'disk-full'],
  [STATUS.DIR_NOT_EMPTY, 'not-empty'],
  [STATUS.NOT_A_DIRECTORY, 'not-a-folder'],
  [STATUS.FILE_IS_A_DIRECTORY, 'is-a-folder'],
]);

/** ST_RDONLY of statvfs(3). */
const READ_ONLY = 1n;

/** One piece of work on a path, whose status errors become ExpectedErrors. */
export async function attempt<T>(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await explain(session, task, signal, error);
  }
}

/** What the error means. Version 3 has one status, FAILURE, for nearly everything: what is there is looked at then. */
export async function explain(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof SftpStatusError)) return error;
  const cause = { cause: error };
  try {
    const found = await find(session, task, signal, error.status);
    if (found instanceof Error) return Object.assign(found, cause);
    if (found !== undefined) return fileProblem(found, task, cause);
  } catch (failure) {
    if (signal.aborted) return new CancelledError('cancelled');
    if (!(failure instanceof SftpStatusError)) return failure;
  }
  const known = PROBLEMS.get(error.status);
  if (known !== undefined) return fileProblem(known, task, cause);
  return otherStatus(task, error);
}

function otherStatus(task: SftpTask, error: SftpStatusError): Error {
  const cause = { cause: error };
  switch (error.status) {
    case STATUS.BAD_MESSAGE:
    case STATUS.INVALID_FILENAME:
      return invalidFile(task, l10n.t('its server does not take that path'), cause);
    case STATUS.NO_CONNECTION:
    case STATUS.CONNECTION_LOST:
      return closedError(task.machine, cause);
    case STATUS.OP_UNSUPPORTED: {
      const message = l10n.t('The SFTP server of {0} cannot do that. Use a command there.', machineWords(task.machine));
      return new ExpectedError('unsupported', message, cause);
    }
    default:
      return failedFile(task, shownText(error.text) || `SFTP ${error.status}`, cause);
  }
}

/** What the status alone does not tell. */
async function find(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
  status: number,
): Promise<FileProblem | Error | undefined> {
  if (status === STATUS.NO_SUCH_FILE && task.action === 'list') {
    const there = await session.ask('stat', [task.path], signal);
    return kindOf(there) === 'directory' ? undefined : 'not-a-folder';
  }
  // Also what is a file where a folder is needed is no such file.
  if (status === STATUS.NO_SUCH_FILE && task.action === 'rename') return findInTheWay(session, task, signal);
  if (status !== STATUS.FAILURE) return undefined;
  return (await findInTheWay(session, task, signal)) ?? (await findOfVolume(session, task, signal));
}

/** What stands where something was to be. */
async function findInTheWay(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
): Promise<FileProblem | Error | undefined> {
  const there = await lookAt(session, task.to ?? task.path, signal);
  if (there === undefined) return undefined;
  const isFolder = kindOf(there) === 'directory';
  switch (task.action) {
    case 'make':
      return 'exists';
    case 'write':
      return isFolder ? 'is-a-folder' : undefined;
    case 'remove':
      return isFolder && (await hasEntries(session, task.path, signal)) ? 'not-empty' : undefined;
    case 'rename':
      return inTheWayOfRename(session, task, signal, isFolder);
    case 'read':
    case 'list':
    case 'change':
      return undefined;
  }
}

async function inTheWayOfRename(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
  isFolder: boolean,
): Promise<Error | undefined> {
  const { to = task.path } = task;
  const moved = await lookAt(session, task.path, signal);
  const problem = (code: FileProblem): Error => fileProblem(code, { ...task, path: to });
  if (moved === undefined) return undefined;
  if (isFolder !== (kindOf(moved) === 'directory')) return problem(isFolder ? 'is-a-folder' : 'not-a-folder');
  return isFolder && (await hasEntries(session, to, signal)) ? problem('not-empty') : undefined;
}

async function findOfVolume(
  session: SftpSession,
  task: SftpTask,
  signal: AbortSignal,
): Promise<FileProblem | Error | undefined> {
  if (!session.has('statvfs') || task.action === 'read' || task.action === 'list') return undefined;
  const volume = await volumeOf(session, nodePath.posix.dirname(task.path), signal);
  if ((volume.flags & READ_ONLY) !== 0n) return 'read-only';
  if (task.to !== undefined) {
    const other = await volumeOf(session, nodePath.posix.dirname(task.to), signal);
    if (other.id !== volume.id) return otherFileSystem(task, task.to);
  }
  if (task.action !== 'write' && task.action !== 'make') return undefined;
  return volume.isOutOfInodes || volume.availableBytes <= BigInt(task.bytes ?? 0) ? 'disk-full' : undefined;
}

interface Volume {
  readonly id: bigint;
  readonly flags: bigint;
  readonly availableBytes: bigint;
  readonly isOutOfInodes: boolean;
}

/** bsize, frsize, blocks, bfree, bavail, files, ffree, favail, fsid, flag, namemax. */
async function volumeOf(session: SftpSession, folder: string, signal: AbortSignal): Promise<Volume> {
  const numbers = await session.ask('statvfs', [folder], signal);
  const at = (index: number): bigint => numbers[index] ?? 0n;
  return {
    id: at(8),
    flags: at(9),
    availableBytes: at(1) * at(4),
    isOutOfInodes: at(5) > 0n && at(7) === 0n,
  };
}

async function lookAt(session: SftpSession, path: string, signal: AbortSignal): Promise<Attributes | undefined> {
  try {
    return await session.ask('lstat', [path], signal);
  } catch (error) {
    if (error instanceof SftpStatusError) return undefined;
    throw error;
  }
}

async function hasEntries(session: SftpSession, folder: string, signal: AbortSignal): Promise<boolean> {
  const handle = await session.ask('opendir', [folder], signal);
  try {
    const entries = await session.ask('readdir', [handle], signal);
    return entries.some(({ name }) => !['.', '..'].includes(name.toString('latin1')));
  } finally {
    session.ask('close', [handle], null).catch(() => undefined);
  }
}
