import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import * as nodePath from 'node:path';
import * as l10n from '@vscode/l10n';
import { throwIfCancelled } from '../../lib/errors';
import { invalidFile, notAFile, tooLargeFile, type FileTask } from '../fileErrors';
import type { DirectoryEntry, FileStat, ReadOptions } from '../machine';
import { errnoOf } from './errors';
import { fileStep, localTask } from './fileStep';
import { kindOf, OPEN_TO_READ } from './kinds';
import { fsPath, pathOf } from './localPath';

const DEFAULT_MAX_BYTES = 64 * 1_048_576;
const CHUNK_BYTES = 1_048_576;
/** Enough for most files of /proc, whose size is 0. */
const SMALL_BYTES = 65_536;

/** MachineFiles.list */
export async function listFolder(path: string, signal: AbortSignal): Promise<readonly DirectoryEntry[]> {
  const task = localTask('list', path);
  const entries = await fileStep(task, signal, () => fs.readdir(fsPath(path), { withFileTypes: true }));
  if (!entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  }
  // Some name may be no UTF-8: only its bytes tell.
  const exact = await fileStep(task, signal, () =>
    fs.readdir(fsPath(path), { withFileTypes: true, encoding: 'buffer' }),
  );
  return exact.map((entry) => ({ name: pathOf(entry.name), kind: kindOf(entry) }));
}

/** MachineFiles.stat */
export async function statFile(path: string, signal: AbortSignal): Promise<FileStat> {
  const stats = await fileStep(localTask('read', path), signal, () => fs.lstat(fsPath(path)));
  return {
    kind: kindOf(stats),
    sizeBytes: stats.size,
    mode: stats.mode & 0o7777,
    modifiedMs: stats.mtimeMs,
    uid: stats.uid,
    gid: stats.gid,
  };
}

/** MachineFiles.resolve; a path that is not absolute starts at the home folder. */
export async function resolvePath(path: string, signal: AbortSignal): Promise<string> {
  // Not joined: '..' after a linked folder leads elsewhere than the text says.
  const absolute = nodePath.isAbsolute(path) ? path : `${homedir()}${nodePath.sep}${path}`;
  return pathOf(
    await fileStep(localTask('read', path), signal, () => fs.realpath(fsPath(absolute), { encoding: 'buffer' })),
  );
}

/** MachineFiles.readLink */
export async function readLink(path: string, signal: AbortSignal): Promise<string> {
  const task = localTask('read', path);
  return fileStep(task, signal, async () => {
    try {
      return pathOf(await fs.readlink(fsPath(path), { encoding: 'buffer' }));
    } catch (error) {
      if (errnoOf(error) !== 'EINVAL') throw error;
      throw invalidFile(task, l10n.t('it is no symbolic link'), { cause: error });
    }
  });
}

/** MachineFiles.read */
export async function readFile(path: string, options: ReadOptions): Promise<Uint8Array> {
  const { signal, maxBytes = DEFAULT_MAX_BYTES } = options;
  const task = localTask('read', path);
  const { handle, stats } = await openToRead(path, signal);
  try {
    if (stats.size > maxBytes) throw tooLargeFile(task, maxBytes);
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for (;;) {
      // One byte more than the stated size, so that the end of a usual file is seen with its content.
      const length = Math.min(CHUNK_BYTES, Math.max(stats.size - sizeBytes + 1, SMALL_BYTES));
      const chunk = await fileStep(task, signal, () => readChunk(handle, length, null));
      if (chunk.length === 0) return Buffer.concat(chunks, sizeBytes);
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLargeFile(task, maxBytes);
      chunks.push(chunk);
    }
  } finally {
    closeLater(handle);
  }
}

/** At the byte `position`, or at the file's own position (null). Empty at the end. */
export async function readChunk(
  handle: fs.FileHandle,
  length: number,
  position: number | null,
  into = Buffer.allocUnsafeSlow(length),
): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(into, 0, length, position);
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
  const task = localTask('read', path);
  requireFile(task, await fileStep(task, signal, () => fs.stat(fsPath(path))));
  return openRegular(task, signal, () => fs.open(fsPath(path), OPEN_TO_READ));
}

/** What `open` opens, when it is a regular file; closed again otherwise. */
export async function openRegular(
  task: FileTask,
  signal: AbortSignal,
  open: () => Promise<fs.FileHandle>,
): Promise<OpenFile> {
  const opening = open();
  try {
    const handle = await fileStep(task, signal, () => opening);
    const stats = await fileStep(task, signal, () => handle.stat());
    requireFile(task, stats);
    return { handle, stats };
  } catch (error) {
    opening.then(closeLater, () => undefined);
    throw error;
  }
}

export function requireFile(task: FileTask, stats: Stats): void {
  if (!stats.isFile()) throw notAFile(task, kindOf(stats));
}

/** Not waited for: a read that hangs would hold it up. What was only read cannot be lost by closing. */
export function closeLater(handle: fs.FileHandle): void {
  handle.close().catch(() => undefined);
}
