import { ExpectedError } from '../../lib/errors';
import { mapPool } from '../../lib/pool';
import { fileProblem } from '../../machine/fileErrors';
import type { FileStat, Machine } from '../../machine/machine';
import type { FileCalls, FileEntry, FileFacts, FileVerb, RemoveRequest, WriteRequest } from './calls';
import { readElevated, statElevated, writeElevated, type Elevation } from './elevated';
import { removeTree } from '../../machine/removeTree';
import { moveToTrash } from './trash';

/** Requests on their way at once: enough to hide the distance, few enough for a small server. */
const AT_ONCE = 32;
/** VS Code refuses larger files by itself; this keeps a wrong click from filling the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

type Handlers = {
  readonly [Verb in FileVerb]: (
    elevation: Elevation,
    args: FileCalls[Verb]['args'],
    signal: AbortSignal,
  ) => Promise<FileCalls[Verb]['answer']>;
};

/** Answers one request about the files of a machine. Throws ExpectedError. */
export function serveFiles(elevation: Elevation, verb: FileVerb, args: unknown, signal: AbortSignal): Promise<unknown> {
  // The asking side's types see to it that verb and arguments fit.
  const handler = handlers[verb] as (elevation: Elevation, args: unknown, signal: AbortSignal) => Promise<unknown>;
  return handler(elevation, args, signal);
}

const handlers: Handlers = {
  stat: async (elevation, { path, elevated = false }, signal) => {
    try {
      return await factsOf(elevation.machine, path, signal);
    } catch (error) {
      if (!elevated || !(error instanceof ExpectedError && error.code === 'denied')) throw error;
      return statElevated(elevation, path, signal);
    }
  },
  stats: ({ machine }, { paths }, signal) =>
    mapPool(paths, AT_ONCE, (path) => factsOf(machine, path, signal).catch(whatIsNotThere)),
  list: async ({ machine }, { path }, signal) => {
    const entries = await machine.files.list(path, signal);
    return mapPool(entries, AT_ONCE, async ({ name, kind }): Promise<FileEntry> => {
      if (kind !== 'symlink') return { name, kind, isLink: false };
      const facts = await factsOf(machine, joined(path, name), signal).catch(whatIsNotThere);
      return { name, kind: facts?.kind ?? 'unknown', isLink: true };
    });
  },
  read: (elevation, { path, elevated }, signal) =>
    elevated
      ? readElevated(elevation, path, MAX_BYTES, signal)
      : elevation.machine.files.read(path, { signal, maxBytes: MAX_BYTES }),
  write: async (elevation, request, signal) => {
    const { machine } = elevation;
    await judgeTarget(machine, request, signal);
    if (request.elevated) await writeElevated(elevation, request.path, request.content, signal);
    else await machine.files.write(request.path, request.content, { signal });
    return null;
  },
  makeFolder: async ({ machine }, { path }, signal) => {
    await machine.files.makeFolder(path, signal);
    return null;
  },
  rename: async ({ machine }, { from, to, overwrite }, signal) => {
    await machine.files.rename(from, to, { signal, overwrite });
    return null;
  },
  remove: async ({ machine }, request, signal) => {
    await removeOrTrash(machine, request, signal);
    return null;
  },
  home: ({ machine }, _args, signal) => machine.files.resolve('.', signal),
};

async function factsOf(machine: Machine, path: string, signal: AbortSignal): Promise<FileFacts> {
  const own = await machine.files.stat(path, signal);
  if (own.kind !== 'symlink') return facts(own, false);
  try {
    return facts(await machine.files.stat(await machine.files.resolve(path, signal), signal), true);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { ...facts(own, true), kind: 'unknown' };
  }
}

function facts({ kind, sizeBytes, mode, modifiedMs }: FileStat, isLink: boolean): FileFacts {
  return { kind, isLink, sizeBytes, mode, modifiedMs };
}

/** Of many files one may be gone or closed to us: that is an answer, not a failure. */
function whatIsNotThere(error: unknown): null {
  if (error instanceof ExpectedError) return null;
  throw error;
}

async function judgeTarget(
  machine: Machine,
  { path, create, overwrite }: WriteRequest,
  signal: AbortSignal,
): Promise<void> {
  if (create && overwrite) return;
  const there = await machine.files.stat(path, signal).catch((error: unknown) => {
    if (error instanceof ExpectedError && error.code === 'missing' && create) return null;
    throw error;
  });
  if (there !== null && !overwrite) throw fileProblem('exists', { action: 'write', path, machine: machine.name });
}

async function removeOrTrash(machine: Machine, request: RemoveRequest, signal: AbortSignal): Promise<void> {
  const { path, recursive, trash } = request;
  if (!trash) return recursive ? removeTree(machine, path, signal) : machine.files.remove(path, signal);
  if (!recursive) await requireNothingIn(machine, path, signal);
  await moveToTrash(machine, path, signal);
}

async function requireNothingIn(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  const { kind } = await machine.files.stat(path, signal);
  if (kind !== 'directory' || (await machine.files.list(path, signal)).length === 0) return;
  throw fileProblem('not-empty', { action: 'remove', path, machine: machine.name });
}

function joined(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}
