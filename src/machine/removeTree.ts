import * as l10n from '@vscode/l10n';
import { shownPath } from '../lib/bytePath';
import { ExpectedError } from '../lib/errors';
import { mapPool } from '../lib/pool';
import type { Machine } from './machine';
import { below } from './treePaths';

const AT_ONCE = 32;

/** Deletes a file, a link, or a folder with all that is in it; links are never followed. Throws ExpectedError. */
export async function removeTree(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  const { kind } = await machine.files.stat(path, signal);
  if (kind !== 'directory') return machine.files.remove(path, signal);
  const levels: string[][] = [[path]];
  for (let level = levels[0] ?? []; level.length > 0;) {
    const below = await mapPool(level, AT_ONCE, (folder) => emptyOfFiles(machine, folder, signal));
    level = below.flat();
    levels.push(level);
  }
  for (const level of levels.reverse()) await mapPool(level, AT_ONCE, (folder) => machine.files.remove(folder, signal));
}

/** Deletes all in it but folders, which it returns. */
async function emptyOfFiles(machine: Machine, folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const entries = await machine.files.list(folder, signal);
  const inFolder = (name: string): string => {
    // A listing comes from outside: a name that leads out of the folder would delete something else.
    if (name !== '' && name !== '.' && name !== '..' && !name.includes('/')) return below(folder, name);
    const text = l10n.t(
      '{0} on {1} lists a name that is a path; nothing more was deleted.',
      shownPath(folder),
      machine.name,
    );
    throw new ExpectedError('protocol', text);
  };
  const paths = entries.map(({ name, kind }) => ({ path: inFolder(name), kind }));
  const files = paths.filter(({ kind }) => kind !== 'directory' && kind !== 'unknown');
  await mapPool(files, AT_ONCE, ({ path }) => machine.files.remove(path, signal));
  const unsure = paths.filter(({ kind }) => kind === 'unknown');
  const found = await mapPool(unsure, AT_ONCE, async ({ path }) => {
    if ((await machine.files.stat(path, signal)).kind === 'directory') return [path];
    await machine.files.remove(path, signal);
    return [];
  });
  return [...paths.filter(({ kind }) => kind === 'directory').map(({ path }) => path), ...found.flat()];
}
