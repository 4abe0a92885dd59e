import * as fs from 'node:fs/promises';
import type { FileChange } from '../machine';
import { fileStep, localTask } from './fileStep';
import { fsPath } from './localPath';

/** MachineFiles.makeFolder; its permission bits are 0o777 less the umask. */
export async function makeFolder(path: string, signal: AbortSignal): Promise<void> {
  await fileStep(localTask('make', path), signal, () => fs.mkdir(fsPath(path)));
}

/** MachineFiles.makeLink */
export async function makeLink(path: string, target: string, signal: AbortSignal): Promise<void> {
  await fileStep(localTask('make', path), signal, () => fs.symlink(fsPath(target), fsPath(path)));
}

/** MachineFiles.hardLink */
export async function hardLink(path: string, to: string, signal: AbortSignal): Promise<void> {
  await fileStep(localTask('make', to), signal, () => fs.link(fsPath(path), fsPath(to)));
}

/** MachineFiles.remove */
export async function removeFile(path: string, signal: AbortSignal): Promise<void> {
  const name = fsPath(path);
  await fileStep(localTask('remove', path), signal, async () => {
    const stats = await fs.lstat(name);
    await (stats.isDirectory() ? fs.rmdir(name) : fs.unlink(name));
  });
}

/** MachineFiles.change; with a time of modification, that of the last access becomes now. */
export async function changeFile(path: string, change: FileChange, signal: AbortSignal): Promise<void> {
  const { mode, modifiedMs, owner } = change;
  const task = localTask('change', path);
  if (owner !== undefined) await fileStep(task, signal, () => fs.chown(fsPath(path), owner.uid, owner.gid));
  // After the owner: a new one takes set-user-id away.
  if (mode !== undefined) await fileStep(task, signal, () => fs.chmod(fsPath(path), mode));
  if (modifiedMs !== undefined) {
    // In seconds: a Date would cut off what is finer than a thousandth.
    await fileStep(task, signal, () => fs.utimes(fsPath(path), new Date(), modifiedMs / 1_000));
  }
}
