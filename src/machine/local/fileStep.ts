import { stepWithDeadline } from '../../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../../lib/errors';
import {
  failedFile,
  fileProblem,
  invalidFile,
  lateFile,
  type FileAction,
  type FileProblem,
  type FileTask,
} from '../fileErrors';
import { describeErrno, errnoOf } from './errors';

/** For one call into the file system; a file of any size may go on for as long as it keeps coming. */
const STEP_DEADLINE_MS = 30_000;

/** What is done to a path of this machine. */
export function localTask(action: FileAction, path: string): FileTask {
  return { action, path, machine: 'local' };
}

/** One call into the file system, which ends with the signal or its deadline, and with an ExpectedError when it fails. */
export async function fileStep<T>(task: FileTask, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await stepWithDeadline(signal, STEP_DEADLINE_MS, call, () => lateFile(task, STEP_DEADLINE_MS));
  } catch (error) {
    throw localFileError(task, error);
  }
}

/** The error of a file operation as ExpectedError; cancels and what is no system error are handed on unchanged. */
export function localFileError(task: FileTask, error: unknown): unknown {
  if (error instanceof ExpectedError || isCancelled(error)) return error;
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const cause = { cause: error };
  const problem = problemOf(errno, task.action);
  if (problem !== undefined) return fileProblem(problem, task, cause);
  const reason = errno.startsWith('ERR_') ? messageOf(error) : describeErrno(errno);
  return isInvalid(errno, task.action) ? invalidFile(task, reason, cause) : failedFile(task, reason, cause);
}

/** errno(3) names that have a code of their own. */
function problemOf(errno: string, action: FileAction): FileProblem | undefined {
  switch (errno) {
    case 'ENOENT':
      return 'missing';
    case 'ENOTDIR':
      return action === 'list' ? 'not-a-folder' : 'missing';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'EEXIST':
      return 'exists';
    case 'ENOTEMPTY':
      return 'not-empty';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EISDIR':
      return 'is-a-folder';
    case 'EROFS':
      return 'read-only';
    default:
      return undefined;
  }
}

function isInvalid(errno: string, action: FileAction): boolean {
  if (errno === 'EINVAL') return action === 'make' || action === 'rename' || action === 'change';
  return ['ENAMETOOLONG', 'EILSEQ', 'ERR_INVALID_ARG_VALUE', 'ERR_OUT_OF_RANGE'].includes(errno);
}
