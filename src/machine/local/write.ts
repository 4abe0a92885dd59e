import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { settlesWithin, withDeadline } from '../../lib/deadline';
import { throwIfCancelled } from '../../lib/errors';
import { lateFile, notAFile } from '../fileErrors';
import type { WriteOptions } from '../machine';
import { errnoOf } from './errors';
import { localFileError, localTask } from './fileStep';
import { kindOf } from './kinds';
import { fsPath, pathOf } from './localPath';

const CHUNK_BYTES = 1_048_576;
const DEFAULT_MODE = 0o644;
const MAX_LINKS = 40;
const BASE_DEADLINE_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 1_000;
const UNDO_WAIT_MS = 2_000;

/**
 * MachineFiles.write. An existing file keeps its mode, and its owner where this account may give files away; a link
 * keeps pointing to the file that is replaced. Another hard link to it keeps the old content; ACLs and extended
 * attributes are those of a new file. After a cancel everything is as it was.
 */
export async function writeFile(file: string, content: Uint8Array, options: WriteOptions): Promise<void> {
  throwIfCancelled(options.signal);
  const task = localTask('write', file);
  const deadlineMs = BASE_DEADLINE_MS + content.length / SLOWEST_BYTES_PER_MS;
  const deadline = withDeadline(options.signal, deadlineMs);
  const writing = replaceContent(file, content, options.mode ?? DEFAULT_MODE, deadline.signal);
  try {
    // What was begun is undone before this ends, unless the file system does not even answer to that.
    if (!(await settlesWithin(writing, deadlineMs + UNDO_WAIT_MS))) throw lateFile(task, deadlineMs);
    await writing;
  } catch (error) {
    throw deadline.fired === 'timed-out' ? lateFile(task, deadlineMs) : localFileError(task, error);
  } finally {
    deadline.clear();
  }
}

async function replaceContent(file: string, content: Uint8Array, mode: number, signal: AbortSignal): Promise<void> {
  const target = await linkTarget(file);
  const existing = await undefinedIfMissing(fs.stat(fsPath(target)));
  if (existing !== undefined) {
    if (!existing.isFile()) throw notAFile(localTask('write', file), kindOf(existing));
    // A rename asks the folder only: a file that is protected against writing must stay protected.
    await fs.access(fsPath(target), constants.W_OK);
  }
  const folder = path.dirname(target);
  const temporary = fsPath(path.join(folder, `.opsdeck-${randomBytes(12).toString('hex')}.tmp`));
  throwIfCancelled(signal);
  // Until it has the owner and the mode of the file that it replaces, nobody else may look into it.
  const handle = await fs.open(temporary, 'wx', existing === undefined ? mode : 0o600);
  try {
    await fillAndClose(handle, content, existing, signal);
    throwIfCancelled(signal);
    await fs.rename(temporary, fsPath(target));
  } catch (error) {
    // The error that led here says more than one about the removal would.
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function fillAndClose(
  handle: fs.FileHandle,
  content: Uint8Array,
  existing: Stats | undefined,
  signal: AbortSignal,
): Promise<void> {
  try {
    await writeAll(handle, content, signal);
    if (existing !== undefined) await takeOver(handle, existing);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: fs.FileHandle, content: Uint8Array, signal: AbortSignal): Promise<void> {
  let at = 0;
  while (at < content.length) {
    throwIfCancelled(signal);
    const { bytesWritten } = await handle.write(content, at, Math.min(CHUNK_BYTES, content.length - at));
    at += bytesWritten;
  }
}

async function takeOver(handle: fs.FileHandle, existing: Stats): Promise<void> {
  if (process.platform === 'win32') return;
  const owned = await chownIfPermitted(handle, existing);
  // Set-user-id for another user than before would be a gift of rights. chown clears these bits, hence the order.
  await handle.chmod(existing.mode & (owned ? 0o7777 : 0o777));
}

async function chownIfPermitted(handle: fs.FileHandle, { uid, gid }: Stats): Promise<boolean> {
  const now = await handle.stat();
  if (now.uid === uid && now.gid === gid) return true;
  try {
    await handle.chown(uid, gid);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EPERM') return false;
    throw error;
  }
}

/** Makes the rename itself durable, where the folder can be opened and synchronised. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await fs.open(fsPath(folder), 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    // The file is written; only a broken disk is worth an alarm.
    if (errnoOf(error) === 'EIO') throw error;
  }
}

/** The path that writing would go to: links are followed, also one whose target is still to be made. */
async function linkTarget(file: string): Promise<string> {
  let current = file;
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const folder = pathOf(await fs.realpath(fsPath(path.dirname(current)), { encoding: 'buffer' }));
    const target = path.join(folder, path.basename(current));
    const stats = await undefinedIfMissing(fs.lstat(fsPath(target)));
    if (stats === undefined || !stats.isSymbolicLink()) return target;
    const link = pathOf(await fs.readlink(fsPath(target), { encoding: 'buffer' }));
    // Not joined: '..' after a linked folder leads elsewhere than the text says.
    current = path.isAbsolute(link) ? link : `${folder}${path.sep}${link}`;
  }
  throw Object.assign(new Error(`too many links: ${file}`), { code: 'ELOOP' });
}

async function undefinedIfMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
