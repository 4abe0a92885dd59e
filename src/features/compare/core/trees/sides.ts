import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { machineWords } from '../../../../machine/fileErrors';
import type { Machine, WalkOptions } from '../../../../machine/machine';
import type { Machines } from '../../../../machine/machines';
import { archiveFormat, otherArchive } from '../archives/format';
import { memberPath } from '../archives/table';
import { readStart } from '../sources/readStart';
import { pathOn } from '../sources/place';
import { parseSource } from '../sources/source';
import { archiveSide } from './archiveSide';
import type { TreeListing } from './entry';
import { folderSide } from './folderSide';
import { gitSide } from './gitSide';
import { manifestListings, readManifestHead } from './manifestSide';
import { counted, newSide, noHashes, type Told, type TreeSide } from './side';

export interface SideContext {
  /** Where a side without a machine is. */
  readonly machine: Machine;
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
  /** Contents are to be compared: what can be hashed only while it is listed is. Default true. */
  readonly hash?: boolean;
}

/** A folder, git:REVISION:PATH, a manifest, an archive or archive:FILE:FOLDER. Throws ExpectedError. */
export async function openSide(text: string, context: SideContext): Promise<TreeSide> {
  const { signal } = context;
  const source = parseSource(text);
  const machine = source.machine === null ? context.machine : await context.machines.open(source.machine, signal);
  switch (source.kind) {
    case 'git':
      return gitSide(machine, source, signal);
    case 'member':
      return openPlace(machine, source.archive, memberPath(source.path), context);
    case 'file':
      return openPlace(machine, source.path, null, context);
    case 'url':
    case 'command':
      throw new ExpectedError('invalid-input', l10n.t('{0} is no folder.', text));
  }
}

/** `inner` is a folder within an archive. */
async function openPlace(
  machine: Machine,
  path: string,
  inner: string | null,
  { signal, hash = true }: SideContext,
): Promise<TreeSide> {
  const file = await machine.files.resolve(pathOn(machine, path), signal);
  const { kind, sizeBytes } = await machine.files.stat(file, signal);
  if (kind === 'directory' && inner === null) return folderSide(machine, file);
  if (kind !== 'file') throw noTree(machine, file);
  const start = await readStart(machine, file, signal);
  const format = archiveFormat(start);
  if (format !== null) return archiveSide({ machine, file, format, sizeBytes, root: inner ?? '' }, hash);
  const other = otherArchive(start);
  if (other !== null) throw otherKind(machine, file, other);
  const head = inner === null ? await readManifestHead(machine, file, signal) : null;
  if (head === null) throw noTree(machine, file);
  return manifestSide(machine, file, head.takenAtMs);
}

function manifestSide(machine: Machine, file: string, takenAtMs: number): TreeSide {
  const told: Told = {
    ...newSide(machine, file),
    source: 'manifest',
    listedBy: 'manifest',
    readBy: 'manifest',
    takenAtMs,
  };
  return {
    machine,
    root: file,
    told,
    listings: (options) => readManifest(machine, file, told, options),
    // What it does not tell cannot be found out any more.
    async *hashes(files) {
      for await (const some of files) yield noHashes(some, l10n.t('no hash'));
    },
    read: () => Promise.resolve(null),
  };
}

async function* readManifest(
  machine: Machine,
  path: string,
  told: Told,
  { signal }: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  for await (const folder of manifestListings(machine, path, signal)) yield [counted(told, folder)];
}

function noTree(machine: Machine, path: string): ExpectedError {
  const text = l10n.t(
    '{0} on {1} is neither a folder nor an archive or a manifest of one. Choose a folder, or compare the two files as texts.',
    shownPath(path),
    machineWords(machine.name),
  );
  return new ExpectedError('not-a-folder', text);
}

function otherKind(machine: Machine, path: string, program: string): ExpectedError {
  const text = l10n.t(
    '{0} on {1} is packed by {2}, which is not read here. Unpack it, or pack it as .tar.gz or .zip.',
    shownPath(path),
    machineWords(machine.name),
    program,
  );
  return new ExpectedError('unsupported', text);
}
