import { randomBytes } from 'node:crypto';
import { fileProblem } from '../../fileErrors';
import type { RenameOptions } from '../../machine';
import { attempt, type SftpTask } from './explain';
import { statIfThere } from './writing';
import type { SftpSession } from './session';

/**
 * MachineFiles.rename. Without `overwrite` the server itself refuses a name that is taken (draft-02, 6.5); OpenSSH's
 * does not where a dangling link has it, so it is looked for before.
 */
export async function renameFile(
  session: SftpSession,
  from: string,
  to: string,
  options: RenameOptions,
): Promise<void> {
  const { signal, overwrite = false } = options;
  const task: SftpTask = { action: 'rename', path: from, to, machine: session.machineName };
  await attempt(session, task, signal, async () => {
    if (overwrite) return moveOver(session, from, to, signal);
    // Both at once: an old name that is not there is the better answer.
    const [, there] = await Promise.all([
      session.ask('lstat', [from], signal),
      statIfThere(session, 'lstat', to, signal),
    ]);
    if (there !== undefined) throw fileProblem('exists', { ...task, path: to });
    await session.ask('rename', [from, to], signal);
  });
}

/** Gives a file the name that another may have, which is replaced: at once where the server can. */
export async function moveOver(session: SftpSession, from: string, to: string, signal: AbortSignal): Promise<void> {
  if (session.has('posixRename')) {
    await session.ask('posixRename', [from, to], signal);
    return;
  }
  const [, there] = await Promise.all([
    session.ask('lstat', [from], signal),
    statIfThere(session, 'lstat', to, signal),
  ]);
  if (there === undefined) {
    await session.ask('rename', [from, to], signal);
    return;
  }
  await moveAside(session, from, to);
}

/** A name of its own in the same folder. */
export function besideOf(target: string, extension: string): string {
  const name = `.opsdeck-${randomBytes(12).toString('hex')}.${extension}`;
  // Not normalised: '..' after a linked folder leads elsewhere than the text says.
  return `${target.slice(0, target.lastIndexOf('/') + 1)}${name}`;
}

/** What has the name steps aside until the new one is there. Not cancelled in between: there must be a way back. */
async function moveAside(session: SftpSession, from: string, to: string): Promise<void> {
  const aside = besideOf(to, 'bak');
  await session.ask('rename', [to, aside], null);
  try {
    await session.ask('rename', [from, to], null);
  } catch (error) {
    await session.ask('rename', [aside, to], null);
    throw error;
  }
  await session.ask('remove', [aside], null);
}
