import * as l10n from '@vscode/l10n';
import type { EditorHost } from '../../../editor/feature';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';

/** A path on a machine. */
export interface Place {
  readonly machine: string;
  readonly path: string;
}

/** Copies a file or folder to another host and deletes it here when all of it is there. Throws ExpectedError. */
export async function moveAcross(
  { files }: Pick<EditorHost, 'files'>,
  from: Place,
  to: Place,
  overwrite: boolean,
): Promise<void> {
  const copy = async (source: string, target: string): Promise<void> => {
    const { kind, isLink } = await files(from.machine, 'stat', { path: source });
    if (isLink || (kind !== 'file' && kind !== 'directory')) throw cannotMove(source, from.machine);
    if (kind === 'file') {
      const content = await files(from.machine, 'read', { path: source, elevated: false });
      await files(to.machine, 'write', { path: target, content, create: true, overwrite, elevated: false });
      return;
    }
    await files(to.machine, 'makeFolder', { path: target });
    for (const { name } of await files(from.machine, 'list', { path: source })) {
      await copy(`${source}/${name}`, `${target}/${name}`);
    }
  };
  await copy(from.path, to.path);
  await files(from.machine, 'remove', { path: from.path, recursive: true, trash: false });
}

function cannotMove(path: string, machine: string): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t(
      '{0} on {1} is a link or no regular file, and is not moved to another host. Nothing was deleted; use Download and Upload.',
      shownPath(path),
      machine,
    ),
  );
}
