import * as l10n from '@vscode/l10n';
import { formatPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff';
import { ExpectedError, messageOf } from '../../../../lib/errors';

/** What a patch does to one file. */
export type FilePatch = StructuredPatch;

/** Of a patch in unified format, also Git's, one for each file. Throws ExpectedError('malformed'). */
export function readPatch(text: string): FilePatch[] {
  let files: FilePatch[];
  try {
    files = parsePatch(text);
  } catch (error) {
    throw new ExpectedError('malformed', l10n.t('This is no patch in unified format: {0}', messageOf(error)));
  }
  const sections = text.split(/^(?=diff --git )/m).filter((section) => section.startsWith('diff --git '));
  files
    .filter(({ isGit }) => isGit === true)
    .forEach((file, at) => {
      // It has no hunks, and is not to be taken for a change of nothing.
      if (/^GIT binary patch\r?$/m.test(sections[at] ?? '')) file.isBinary = true;
    });
  const real = files.filter((file) => file.hunks.length > 0 || file.isGit === true);
  if (real.length > 0 || text.trim() === '') return real;
  throw new ExpectedError('malformed', l10n.t('This is no patch in unified format: nothing in it changes a file.'));
}

/** What takes the patch back. */
export function reversed(patch: FilePatch): FilePatch {
  return reversePatch(patch);
}

/** In unified format, as readPatch takes it. */
export function patchText(patches: readonly FilePatch[]): string {
  return formatPatch([...patches]);
}

/** Lines that it removes and adds. */
export function patchCounts({ hunks }: FilePatch): { readonly removed: number; readonly added: number } {
  let removed = 0;
  let added = 0;
  for (const { lines } of hunks) {
    for (const line of lines) {
      if (line.startsWith('-')) removed += 1;
      else if (line.startsWith('+')) added += 1;
    }
  }
  return { removed, added };
}
