import { throwIfCancelled } from '../../../lib/errors';
import { mapPool } from '../../../lib/pool';
import { failureFrom } from '../../fileErrors';
import { inFlight } from '../../inFlight';
import type { DirectoryEntry, FileFailure, FolderListing, WalkBatch, WalkEntry, WalkOptions } from '../../machine';
import { below, depthOf, joined } from '../../treePaths';
import { readLink } from './changing';
import { listFolder } from './listing';
import type { SftpSession } from './session';

/** Folders that are asked for at a time, over the one connection. */
const AT_ONCE = 24;
const LINKS_AT_ONCE = 32;
/** A name and its attributes, as a packet has them; how long exactly the lines are that come with them, servers differ. */
const ENTRY_BYTES = 120;

/** MachineFiles.walk over SFTP: each folder is a few round trips, many at a time. Times are whole seconds. */
export async function* walkBySftp(
  session: SftpSession,
  root: string,
  { signal, skipNames = [], maxDepth = Infinity }: WalkOptions,
): AsyncGenerator<WalkBatch, void, undefined> {
  throwIfCancelled(signal);
  const skip = new Set(skipNames);
  const waiting = [''];
  const next = (): readonly [string, Promise<FolderListing>] | null => {
    const path = waiting.pop();
    return path === undefined ? null : [path, listOne(session, root, path, signal)];
  };
  for await (const [path, folder] of inFlight(next, AT_ONCE)) {
    const folders = folder.entries.filter(({ kind, name }) => kind === 'directory' && !skip.has(name));
    const names = folders.map(({ name }) => joined(path, name));
    if (depthOf(path) < maxDepth) waiting.push(...names.sort((one, other) => (one < other ? 1 : -1)));
    const nameBytes = folder.entries.reduce((sum, { name }) => sum + name.length * 2, 0);
    yield { way: 'sftp', movedBytes: folder.entries.length * ENTRY_BYTES + nameBytes, folders: [folder] };
  }
}

async function listOne(session: SftpSession, root: string, path: string, signal: AbortSignal): Promise<FolderListing> {
  const place = below(root, path);
  try {
    const listed = await listFolder(session, place, signal);
    const entries = await mapPool(listed, LINKS_AT_ONCE, (entry) => entryOf(session, place, entry, signal));
    return { path, entries, failure: null };
  } catch (error) {
    if (path === '') throw error;
    return { path, entries: [], failure: failureFrom(error) };
  }
}

async function entryOf(
  session: SftpSession,
  folder: string,
  { name, kind, stat }: DirectoryEntry,
  signal: AbortSignal,
): Promise<WalkEntry> {
  let linkTarget: string | null = null;
  let failure: FileFailure | null = null;
  if (kind === 'symlink') {
    try {
      linkTarget = await readLink(session, below(folder, name), signal);
    } catch (error) {
      failure = failureFrom(error);
    }
  }
  return { name, kind, stat: stat ?? null, linkTarget, failure };
}
