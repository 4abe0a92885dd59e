import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { FilePatch } from './patch';

const NO_FILE = '/dev/null';

/** The file that a patch is about, below the folder to which it is applied. */
export interface NamedFile {
  /** null: it is created. */
  readonly oldPath: string | null;
  /** null: it is deleted. */
  readonly newPath: string | null;
}

/**
 * With the first `strip` parts of its names taken away, as by patch -p; Git's a/ and b/ are one part. Throws
 * ExpectedError('malformed') where a name is missing or would lead out of the folder.
 */
export function patchedFile({ oldFileName, newFileName }: FilePatch, strip: number): NamedFile {
  return { oldPath: pathOf(oldFileName, strip), newPath: pathOf(newFileName, strip) };
}

function pathOf(name: string | undefined, strip: number): string | null {
  if (name === NO_FILE) return null;
  const path = (name ?? '').split('/').slice(strip).join('/');
  const isOutside = path.startsWith('/') || path.split(/[\\/]/).includes('..') || /^[A-Za-z]:|\0/.test(path);
  if (path === '' || isOutside) {
    throw new ExpectedError(
      'malformed',
      l10n.t('The patch names a file that cannot be below a folder: {0}', name ?? l10n.t('(no name)')),
    );
  }
  return path;
}
