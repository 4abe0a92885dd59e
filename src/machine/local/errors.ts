import * as l10n from '@vscode/l10n';
import { getSystemErrorMap } from 'node:util';
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
