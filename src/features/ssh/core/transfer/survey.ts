import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { mapPool } from '../../../../lib/pool';
import type { SourceEntry } from '../../../../machine/copy/entry';
import type { FileKind, FileStat, Machine } from '../../../../machine/machine';
import { statIfThere } from '../../../../machine/statIfThere';
import { joined, nameOf, parentOf } from '../../../../machine/treePaths';
import { nameKey } from './paths';

const AT_ONCE = 64;

/** What is at the target already, of what is to be copied. */
export interface Survey {
  /** null: nothing has that name. */
  kindOf(relative: string): FileKind | null;
  /** Files and links of the source whose names are taken, and folders whose names something else has. */
  readonly conflicts: readonly SourceEntry[];
}

export async function surveyTarget(
  machine: Machine,
  root: string,
  entries: readonly SourceEntry[],
  signal: AbortSignal,
): Promise<Survey> {
  const rootStat = await statIfThere(machine, root, signal);
  const listings = new Map<string, ReadonlyMap<string, FileKind>>();
  const kindOf = (relative: string): FileKind | null => {
    if (relative === '') return rootStat?.kind ?? null;
    const parent = relative.includes('/') ? parentOf(relative) : '';
    return listings.get(parent)?.get(nameKey(nameOf(relative), machine.platform)) ?? null;
  };
  const list = async ({ relative }: SourceEntry): Promise<void> => {
    const entriesThere = await listIfOpen(machine, joined(root, relative), signal);
    listings.set(relative, new Map(entriesThere.map(({ name, kind }) => [nameKey(name, machine.platform), kind])));
  };
  for (const level of byDepth(entries.filter(({ kind }) => kind === 'folder'))) {
    const there = level.filter(({ relative }) => kindOf(relative) === 'directory');
    if (there.length === 0) break;
    await mapPool(there, AT_ONCE, list);
  }
  const conflicts = entries.filter(({ relative, kind }) => {
    const there = kindOf(relative);
    return there !== null && !(kind === 'folder' && there === 'directory');
  });
  return { kindOf, conflicts };
}

/** In the order of their depth. */
export function byDepth(entries: readonly SourceEntry[]): readonly (readonly SourceEntry[])[] {
  const levels: SourceEntry[][] = [];
  for (const entry of entries) {
    const depth = entry.relative === '' ? 0 : entry.relative.split('/').length;
    (levels[depth] ??= []).push(entry);
  }
  return levels.filter((level) => level !== undefined);
}

/** A folder that may be written but not listed: whether a name is taken is seen when it is made. */
async function listIfOpen(machine: Machine, path: string, signal: AbortSignal): ReturnType<Machine['files']['list']> {
  try {
    return await machine.files.list(path, signal);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'denied') return [];
    throw error;
  }
}

/** What the policy says of a file or link whose name is taken. */
export type Decision = { readonly kind: 'copy' } | { readonly kind: 'skip' | 'fail'; readonly reason: string };

/** `there` is null where nothing has the name; both as stat tells, times compared in whole seconds. */
export function decide(
  policy: 'refuse' | 'skip' | 'overwrite' | 'newer' | 'resume',
  source: Pick<SourceEntry, 'sizeBytes' | 'modifiedMs'>,
  there: Pick<FileStat, 'kind' | 'sizeBytes' | 'modifiedMs'> | null,
): Decision {
  if (there === null) return { kind: 'copy' };
  if (there.kind === 'directory') return { kind: 'fail', reason: l10n.t('a folder has this name') };
  const newerBy = Math.floor(source.modifiedMs / 1_000) - Math.floor(there.modifiedMs / 1_000);
  switch (policy) {
    case 'refuse':
      return { kind: 'fail', reason: l10n.t('something has this name by now') };
    case 'skip':
      return { kind: 'skip', reason: l10n.t('it is there already') };
    case 'overwrite':
      return { kind: 'copy' };
    case 'newer':
      return newerBy > 0 ? { kind: 'copy' } : { kind: 'skip', reason: l10n.t('the one there is not older') };
    case 'resume':
      return there.kind === 'file' && there.sizeBytes === source.sizeBytes && newerBy <= 0
        ? { kind: 'skip', reason: l10n.t('it is there already') }
        : { kind: 'copy' };
  }
}
