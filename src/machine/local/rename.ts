import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { fileProblem, otherFileSystem, type FileTask } from '../fileErrors';
import type { RenameOptions } from '../machine';
import { errnoOf } from './errors';
import { fileStep, localTask } from './fileStep';
import { fsPath } from './localPath';

type FsPath = string | Buffer;

/** File systems without hard links, files that this account may not link to, too many links already. */
const NO_LINK = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR'];

/**
 * MachineFiles.rename. Without `overwrite` nothing is ever replaced: a file takes its new name by link(2), a folder
 * takes the place of an empty one that was made for it. Only where the system has neither way (Windows, no hard links)
 * the new name is looked for just before.
 */
export async function renameFile(from: string, to: string, options: RenameOptions): Promise<void> {
  const task = localTask('rename', from);
  await fileStep(task, options.signal, async () => {
    try {
      if (options.overwrite === true) await fs.rename(fsPath(from), fsPath(to));
      else await renameToNew(task, fsPath(from), to);
    } catch (error) {
      throw renameError(task, to, error);
    }
  });
}

/** The new name is what is in the way, not the old one. */
function renameError(task: FileTask, to: string, error: unknown): unknown {
  const there = { ...task, path: to };
  switch (errnoOf(error)) {
    case 'EXDEV':
      return otherFileSystem(task, to, { cause: error });
    case 'EEXIST':
      return fileProblem('exists', there, { cause: error });
    case 'ENOTEMPTY':
      return fileProblem('not-empty', there, { cause: error });
    case 'EISDIR':
      return fileProblem('is-a-folder', there, { cause: error });
    case 'ENOTDIR':
      return fileProblem('not-a-folder', there, { cause: error });
    default:
      return error;
  }
}

async function renameToNew(task: FileTask, from: FsPath, to: string): Promise<void> {
  const target = fsPath(to);
  if (process.platform === 'linux' && (await isLinked(from, target))) return unlinkOrTakeBack(from, target);
  const stats = await fs.lstat(from);
  const there = await lstatIfThere(target);
  if (there !== undefined) {
    // A name that differs only in case is the same file where the file system does not tell them apart.
    if (!isSame(stats, there) || task.path.toLowerCase() !== to.toLowerCase()) throw exists(task, to);
    return fs.rename(from, target);
  }
  if (process.platform === 'win32') return fs.rename(from, target);
  if (stats.isDirectory()) return renameFolder(task, from, to);
  // Elsewhere link(2) may follow a symbolic link.
  if (stats.isSymbolicLink() && process.platform !== 'linux') return fs.rename(from, target);
  try {
    await fs.link(from, target);
  } catch (error) {
    if (!NO_LINK.includes(errnoOf(error) ?? '')) throw error;
    return fs.rename(from, target);
  }
  await unlinkOrTakeBack(from, target);
}

/** The usual case in one step, of a file or link that gets a new name. Why not, the others tell. */
function isLinked(from: FsPath, target: FsPath): Promise<boolean> {
  return fs.link(from, target).then(
    () => true,
    () => false,
  );
}

/** rename(2) puts a folder in the place of an empty one only, so nothing of another is lost. */
async function renameFolder(task: FileTask, from: FsPath, to: string): Promise<void> {
  const target = fsPath(to);
  await fs.mkdir(target, 0o700);
  try {
    await fs.rename(from, target);
  } catch (error) {
    await fs.rmdir(target).catch(() => undefined);
    throw errnoOf(error) === 'ENOTEMPTY' ? exists(task, to) : error;
  }
}

async function unlinkOrTakeBack(from: FsPath, target: FsPath): Promise<void> {
  try {
    await fs.unlink(from);
  } catch (error) {
    await fs.unlink(target).catch(() => undefined);
    throw error;
  }
}

async function lstatIfThere(path: FsPath): Promise<Stats | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function exists(task: FileTask, to: string): Error {
  return fileProblem('exists', { ...task, path: to });
}
