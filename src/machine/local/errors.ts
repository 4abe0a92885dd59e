import * as l10n from '@vscode/l10n';
import { getSystemErrorMap } from 'node:util';
import { ExpectedError, isCancelled, messageOf } from '../../lib/errors';
import type { FileFailure, FileKind } from '../machine';

/** The errno name of a system error ('ENOENT'), as Node puts it into `code`. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What errno(3) names mean for one file: a value for a row, never thrown. */
export function fileFailure(errno: string): FileFailure {
  switch (errno) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'failure', code: 'missing', message: l10n.t('does not exist') };
    case 'ESRCH':
      return { kind: 'failure', code: 'missing', message: l10n.t('the process has ended') };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'failure', code: 'denied', message: l10n.t('permission denied') };
    case 'EIO':
      return { kind: 'failure', code: 'failed', message: l10n.t('input/output error (EIO)') };
    case 'EISDIR':
      return { kind: 'failure', code: 'failed', message: notAFileText('directory') };
    case 'EAGAIN':
      return { kind: 'failure', code: 'failed', message: l10n.t('has nothing to read now (EAGAIN)') };
    case 'ETIMEDOUT':
      return { kind: 'failure', code: 'timed-out', message: describeErrno(errno) };
    default:
      return { kind: 'failure', code: 'failed', message: describeErrno(errno) };
  }
}

/** A file whose reading, or a mount point whose statfs, has been given up. */
export function lateFailure(waitedMs: number): FileFailure {
  const seconds = Math.max(1, Math.round(waitedMs / 1_000));
  return { kind: 'failure', code: 'timed-out', message: l10n.t('no answer within {0} s', seconds) };
}

/** Why something that is no regular file is not read. */
export function notAFileText(kind: FileKind): string {
  switch (kind) {
    case 'directory':
      return l10n.t('is a folder, not a file');
    case 'fifo':
      return l10n.t('is a named pipe, not a file');
    case 'socket':
      return l10n.t('is a socket, not a file');
    case 'block':
    case 'character':
      return l10n.t('is a device, not a file');
    case 'symlink':
      return l10n.t('is a symbolic link, not a file');
    case 'file':
    case 'unknown':
      return l10n.t('is not a regular file');
  }
}

/** The system's own words with the name that can be searched for: 'invalid argument (EINVAL)'. */
export function describeErrno(errno: string): string {
  for (const [name, text] of getSystemErrorMap().values()) {
    if (name === errno) return `${text} (${errno})`;
  }
  return errno;
}

/** What was to be done with the path, for the sentence. */
export type FileAction = 'read' | 'list' | 'write';

/** The error of a file operation as ExpectedError; cancels and what is no system error are handed on unchanged. */
export function fileError(action: FileAction, path: string, error: unknown): unknown {
  if (error instanceof ExpectedError || isCancelled(error)) return error;
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const cause = { cause: error };
  if (errno === 'EISDIR' || (errno === 'ENOTDIR' && action === 'list')) return wrongKind(action, path, cause);
  const failure = fileFailure(errno);
  if (failure.code === 'missing') return new ExpectedError('missing', missingText(action, path), cause);
  if (failure.code === 'denied') return new ExpectedError('denied', deniedText(action, path), cause);
  const reason = errno.startsWith('ERR_') ? messageOf(error) : failure.message;
  return new ExpectedError('failed', failedText(action, path, reason), cause);
}

function wrongKind(action: FileAction, path: string, cause: ErrorOptions): ExpectedError {
  if (action !== 'list') return notAFile(path, 'directory', cause);
  const message = l10n.t('{0} on this machine is not a folder. Choose a folder.', path);
  return new ExpectedError('failed', message, cause);
}

/** For a path that is there but is no regular file. */
export function notAFile(path: string, kind: FileKind, options?: ErrorOptions): ExpectedError {
  const message = l10n.t('{0} on this machine {1}. Choose a regular file.', path, notAFileText(kind));
  return new ExpectedError('not-a-file', message, options);
}

/** For a file longer than the caller wants to hold. */
export function tooLarge(path: string, maxBytes: number): ExpectedError {
  const message = l10n.t('{0} on this machine is larger than {1} bytes. Choose a smaller file.', path, maxBytes);
  return new ExpectedError('too-large', message);
}

/** For a file whose file system does not answer. */
export function lateFile(path: string, waitedMs: number): ExpectedError {
  const seconds = Math.max(1, Math.round(waitedMs / 1_000));
  const text = l10n.t(
    '{0} on this machine did not answer within {1} s. Check its disk or network mount.',
    path,
    seconds,
  );
  return new ExpectedError('timed-out', text);
}

function missingText(action: FileAction, path: string): string {
  if (action === 'write') return l10n.t('The folder of {0} does not exist on this machine. Create it first.', path);
  return l10n.t('{0} does not exist on this machine. Check the path.', path);
}

function deniedText(action: FileAction, path: string): string {
  if (action === 'write') {
    return l10n.t(
      '{0} may not be written on this machine. Change the permissions of the file and its folder, or use another account.',
      path,
    );
  }
  return l10n.t('{0} may not be read on this machine. Change its permissions, or use another account.', path);
}

function failedText(action: FileAction, path: string, reason: string): string {
  if (action === 'write') {
    return l10n.t('{0} could not be written on this machine: {1}. Check the disk and its free space.', path, reason);
  }
  return l10n.t('{0} could not be read on this machine: {1}. Check the disk or mount that holds it.', path, reason);
}
