import * as l10n from '@vscode/l10n';
import type { FileFailure, FileKind } from '../../machine';
import { fileFailure, lateFailure, notAFileText } from '../errors';
import { CHANGED } from './protocol';

/** What became of an item that a thread could not deal with. */
export function treeFailure(errno: string): FileFailure {
  if (errno === CHANGED)
    return { kind: 'failure', code: 'failed', message: l10n.t('it was changed while it was read') };
  // O_NOFOLLOW: it was a file when its folder was listed.
  if (errno === 'ELOOP') return { kind: 'failure', code: 'failed', message: notAFileText('symlink') };
  if (!errno.startsWith('kind:')) return fileFailure(errno);
  return { kind: 'failure', code: 'failed', message: notAFileText(errno.slice('kind:'.length) as FileKind) };
}

export function hangFailure(waitedMs: number): FileFailure {
  return lateFailure(waitedMs);
}

export function refusedFailure(): FileFailure {
  const message = l10n.t('not read, because too many others do not answer');
  return { kind: 'failure', code: 'timed-out', message };
}
