import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machines } from '../../../../machine/machines';
import type { Machine, WalkOptions } from '../../../../machine/machine';
import { parsePlace, pathOn } from '../sources/place';
import type { TreeListing } from './entry';
import { manifestListings, readManifestHead } from './manifestSide';
import type { SideResult } from './schema';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One of the trees. */
export interface TreeSide {
  readonly machine: Machine;
  /** Absolute, without links. */
  readonly root: string;
  /** What is told of it; it grows. */
  readonly told: Mutable<SideResult>;
  /** Throws ExpectedError. */
  listings(options: WalkOptions): AsyncIterable<readonly TreeListing[]>;
}

export interface SideContext {
  /** Where a side without a machine is. */
  readonly machine: Machine;
  readonly machines: Pick<Machines, 'open'>;
  readonly signal: AbortSignal;
}

/** Throws ExpectedError. */
export async function openSide(text: string, context: SideContext): Promise<TreeSide> {
  const { signal } = context;
  const place = parsePlace(text);
  const machine = place.machine === null ? context.machine : await context.machines.open(place.machine, signal);
  const root = await machine.files.resolve(pathOn(machine, place.path), signal);
  const { kind } = await machine.files.stat(root, signal);
  if (kind === 'directory') return folderSide(machine, root);
  const head = kind === 'file' ? await readManifestHead(machine, root, signal) : null;
  if (head === null) throw noFolder(machine, root);
  const told = { ...newSide(machine, root), source: 'manifest' as const, takenAtMs: head.takenAtMs };
  return { machine, root, told, listings: (options) => readManifest(machine, root, told, options) };
}

function folderSide(machine: Machine, root: string): TreeSide {
  const told = newSide(machine, root);
  return { machine, root, told, listings: (options) => walkFolder(machine, root, told, options) };
}

function newSide(machine: Machine, path: string): Mutable<SideResult> {
  return {
    machine: machine.name,
    path,
    source: 'folder',
    listedBy: null,
    readBy: null,
    movedBytes: 0,
    readBytes: 0,
    files: 0,
    folders: 0,
    others: 0,
    stopReason: null,
    takenAtMs: null,
  };
}

/** Counts what it lists. */
export async function* walkFolder(
  machine: Machine,
  root: string,
  told: Mutable<SideResult>,
  options: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  for await (const { way, movedBytes, folders } of machine.files.walk(root, options)) {
    told.listedBy = way === 'program' || way === 'read' ? null : way;
    told.movedBytes += movedBytes;
    for (const folder of folders) count(told, folder);
    yield folders;
  }
}

async function* readManifest(
  machine: Machine,
  path: string,
  told: Mutable<SideResult>,
  { signal }: WalkOptions,
): AsyncGenerator<readonly TreeListing[], void, undefined> {
  told.listedBy = 'manifest';
  for await (const folder of manifestListings(machine, path, signal)) {
    count(told, folder);
    yield [folder];
  }
}

function count(told: Mutable<SideResult>, { entries }: TreeListing): void {
  for (const { kind } of entries) {
    if (kind === 'file') told.files += 1;
    else if (kind === 'directory') told.folders += 1;
    else told.others += 1;
  }
}

function noFolder(machine: Machine, path: string): ExpectedError {
  const text = l10n.t(
    '{0} on {1} is neither a folder nor a manifest of one. Choose a folder, or compare the two files as texts.',
    shownPath(path),
    machine.name,
  );
  return new ExpectedError('not-a-folder', text);
}
