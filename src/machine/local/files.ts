import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { runWithDeadline } from '../../lib/deadline';
import { throwIfCancelled } from '../../lib/errors';
import { fileError, lateFile, notAFile, tooLarge, type FileAction } from './errors';
import { kindOf, OPEN_TO_READ } from './kinds';
import type { DirectoryEntry, FileStat, ReadOptions } from '../machine';

const DEFAULT_MAX_BYTES = 64 * 1_048_576;
const CHUNK_BYTES = 1_048_576;
/** Enough for most files of /proc, whose size is 0. */
const SMALL_BYTES = 65_536;
/** For one call into the file system; a file of any size may go on for as long as it keeps coming. */
const STEP_DEADLINE_MS = 30_000;

/** One call into the file system, which ends with the signal or its deadline, and with an ExpectedError when it fails. */
export async function fileStep<T>(
  action: FileAction,
  path: string,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await runWithDeadline(signal, STEP_DEADLINE_MS, call, () => lateFile(path, STEP_DEADLINE_MS));
  } catch (error) {
    throw fileError(action, path, error);
  }
}

/** MachineFiles.list */
export async function listFolder(path: string, signal: AbortSignal): Promise<readonly DirectoryEntry[]> {
  const entries = await fileStep('list', path, signal, () => fs.readdir(path, { withFileTypes: true }));
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

/** MachineFiles.stat */
export async function statFile(path: string, signal: AbortSignal): Promise<FileStat> {
  const stats = await fileStep('read', path, signal, () => fs.lstat(path));
  return {
    kind: kindOf(stats),
    sizeBytes: stats.size,
    mode: stats.mode & 0o7777,
    modifiedMs: stats.mtimeMs,
    uid: stats.uid,
    gid: stats.gid,
  };
}

/** MachineFiles.read */
export async function readFile(path: string, options: ReadOptions): Promise<Uint8Array> {
  const { signal, maxBytes = DEFAULT_MAX_BYTES } = options;
  const { handle, stats } = await openToRead(path, signal);
  try {
    if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for (;;) {
      // One byte more than the stated size, so that the end of a usual file is seen with its content.
      const length = Math.min(CHUNK_BYTES, Math.max(stats.size - sizeBytes + 1, SMALL_BYTES));
      const chunk = await fileStep('read', path, signal, () => readChunk(handle, length));
      if (chunk.length === 0) return Buffer.concat(chunks, sizeBytes);
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge(path, maxBytes);
      chunks.push(chunk);
    }
  } finally {
    closeLater(handle);
  }
}

/** At the file's position. Empty at the end. */
export async function readChunk(handle: fs.FileHandle, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, null);
  return buffer.subarray(0, bytesRead);
}

export interface OpenFile {
  readonly handle: fs.FileHandle;
  readonly stats: Stats;
}

/**
 * Opens a regular file. The kind is looked at first, since merely opening a pipe or a device may set something off,
 * and again when it is open, since it may have been replaced in between.
 */
export async function openToRead(path: string, signal: AbortSignal): Promise<OpenFile> {
  throwIfCancelled(signal);
  requireFile(path, await fileStep('read', path, signal, () => fs.stat(path)));
  const opening = fs.open(path, OPEN_TO_READ);
  try {
    const handle = await fileStep('read', path, signal, () => opening);
    const stats = await fileStep('read', path, signal, () => handle.stat());
    requireFile(path, stats);
    return { handle, stats };
  } catch (error) {
    opening.then(closeLater, () => undefined);
    throw error;
  }
}

function requireFile(path: string, stats: Stats): void {
  if (!stats.isFile()) throw notAFile(path, kindOf(stats));
}

/** Not waited for: a read that hangs would hold it up. What was only read cannot be lost by closing. */
export function closeLater(handle: fs.FileHandle): void {
  handle.close().catch(() => undefined);
}
