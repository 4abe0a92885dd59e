import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { SourceEntry } from '../../../../machine/copy/entry';
import type { Machine } from '../../../../machine/machine';

/**
 * Deletes a file, a link or an empty folder that was copied, if it is still what it was then. Throws ExpectedError,
 * 'changed' where somebody has written it meanwhile and 'not-empty' for a folder in which something is left.
 */
export async function removeOriginal(
  { files }: Machine,
  path: string,
  entry: SourceEntry,
  signal: AbortSignal,
): Promise<void> {
  if (entry.kind === 'file') {
    const { kind, sizeBytes, modifiedMs } = await files.stat(path, signal);
    if (kind !== 'file' || sizeBytes !== entry.sizeBytes || secondOf(modifiedMs) !== secondOf(entry.modifiedMs))
      throw changed();
  } else if (entry.kind === 'link' && (await files.readLink(path, signal)) !== entry.linkTarget) throw changed();
  await files.remove(path, signal);
}

/** A list may tell less of a time than a look at the file. */
function secondOf(modifiedMs: number): number {
  return Math.floor(modifiedMs / 1_000);
}

function changed(): ExpectedError {
  return new ExpectedError('changed', l10n.t('it was changed after it was copied'));
}
