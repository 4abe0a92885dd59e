import * as l10n from '@vscode/l10n';
import type { ExpectedError } from '../../../lib/errors';
import { failedFile, fileProblem, invalidFile, type FileProblem, type FileTask } from '../../fileErrors';
import { errnoAtEnd } from './complaints';
import { quoteWord } from './quote';

const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EEXIST: 'exists',
  ENOTEMPTY: 'not-empty',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EISDIR: 'is-a-folder',
};

/** A path as a word that no program takes for an option. Throws ExpectedError for one that cannot be. */
export function pathWord(task: FileTask): string {
  if (task.path.includes('\0')) throw invalidFile(task, l10n.t('a path cannot hold a NUL character'));
  return quoteWord(task.path.startsWith('/') ? task.path : `./${task.path}`);
}

/** What a program complained of, as the error of the task. */
export function shellFileError(task: FileTask, output: string): ExpectedError {
  const errno = errnoAtEnd(output) ?? '';
  const problem = errno === 'ENOTDIR' && task.action === 'list' ? 'not-a-folder' : PROBLEMS[errno];
  if (problem !== undefined) return fileProblem(problem, task);
  if (errno === 'EINVAL') return invalidFile(task, l10n.t('it is no symbolic link'));
  return failedFile(task, output.trim().split('\n').at(-1) ?? '');
}
