import * as nodePath from 'node:path';
import { settlesWithin } from '../../../lib/deadline';
import { throwIfCancelled } from '../../../lib/errors';
import { failedFile } from '../../fileErrors';
import type { WriteOptions } from '../../machine';
import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../lib/bytePath';
import { kindOf } from './attributes';
import { SftpStatusError } from './decode';
import { attempt, type SftpTask } from './explain';
import { openHandle, type SftpHandle } from './handle';
import { OPEN, STATUS, type Attributes } from './protocol';
import { requireFile } from './reading';
import { besideOf, moveOver } from './renaming';
import type { SftpSession } from './session';
import { WriteBehind } from './writeBehind';
import { statIfThere } from './writing';

const DEFAULT_MODE = 0o644;
const MAX_LINKS = 40;
const UNDO_WAIT_MS = 2_000;

/**
 * MachineFiles.write. An existing file keeps its mode, and its owner where this account may give files away; a link
 * keeps pointing to the file that is replaced. After a cancel everything is as it was.
 */
export async function writeFile(
  session: SftpSession,
  path: string,
  content: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const { signal, mode = DEFAULT_MODE } = options;
  const task: SftpTask = { action: 'write', path, machine: session.machineName, bytes: content.length };
  await attempt(session, task, signal, async () => {
    const { target, existing } = await targetOf(session, task, signal);
    if (existing !== undefined) await requireWritable(session, task, target, existing, signal);
    const temporary = besideOf(target, 'tmp');
    try {
      // Until it has the owner and the mode of the file that it replaces, nobody else may look into it.
      await fill(session, temporary, content, { mode: existing === undefined ? mode : 0o600, existing, signal });
      throwIfCancelled(signal);
      await moveOver(session, temporary, target, signal);
    } catch (error) {
      await tryRemove(session, temporary);
      throw error;
    }
  });
}

interface Target {
  readonly target: string;
  readonly existing: Attributes | undefined;
}

/** Where writing would go to: links are followed, also one whose target is still to be made. */
async function targetOf(session: SftpSession, task: SftpTask, signal: AbortSignal): Promise<Target> {
  let target = task.path;
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const existing = await statIfThere(session, 'lstat', target, signal);
    if (existing === undefined || kindOf(existing) !== 'symlink') return { target, existing };
    const [link] = await session.ask('readlink', [target], signal);
    const leads = decodePath(link?.name ?? Buffer.alloc(0));
    // Not joined: '..' after a linked folder leads elsewhere than the text says.
    target = leads.startsWith('/') ? leads : `${nodePath.posix.dirname(target)}/${leads}`;
  }
  throw failedFile(task, l10n.t('its symbolic links lead in a circle'));
}

/** A rename asks the folder only: a file that is protected against writing must stay protected. */
async function requireWritable(
  session: SftpSession,
  task: SftpTask,
  target: string,
  existing: Attributes,
  signal: AbortSignal,
): Promise<void> {
  requireFile(task, existing);
  const handle = await openHandle(session, signal, () => session.ask('open', [target, OPEN.WRITE, {}], signal));
  handle.abandon();
}

interface Filling {
  /** Of the temporary file. */
  readonly mode: number;
  readonly existing: Attributes | undefined;
  readonly signal: AbortSignal;
}

async function fill(session: SftpSession, path: string, content: Uint8Array, filling: Filling): Promise<void> {
  const { mode, existing, signal } = filling;
  const flags = OPEN.WRITE | OPEN.CREATE | OPEN.EXCLUSIVE;
  const handle = await openHandle(session, signal, () =>
    session.ask('open', [path, flags, { permissions: mode }], signal),
  );
  try {
    const behind = new WriteBehind(session, handle.bytes, 0, signal);
    await behind.write(content);
    if (existing !== undefined) await takeOver(session, handle, existing, signal);
    await behind.finish();
    if (session.has('fsync')) await session.ask('fsync', [handle.bytes], signal);
    await handle.close();
  } finally {
    handle.abandon();
  }
}

async function takeOver(
  session: SftpSession,
  handle: SftpHandle,
  existing: Attributes,
  signal: AbortSignal,
): Promise<void> {
  const { permissions, uid, gid } = existing;
  if (permissions === undefined) return;
  const owned = await giveTo(session, handle, { uid, gid }, signal);
  // Set-user-id for another user than before would be a gift of rights. chown clears these bits, hence the order.
  await unlessUnsupported(
    session.ask('fsetstat', [handle.bytes, { permissions: permissions & (owned ? 0o7777 : 0o777) }], signal),
  );
}

/** Whether the file is now theirs. */
async function giveTo(
  session: SftpSession,
  handle: SftpHandle,
  { uid, gid }: { readonly uid: number | undefined; readonly gid: number | undefined },
  signal: AbortSignal,
): Promise<boolean> {
  if (uid === undefined || gid === undefined) return false;
  const now = await session.ask('fstat', [handle.bytes], signal);
  if (now.uid === uid && now.gid === gid) return true;
  try {
    await session.ask('fsetstat', [handle.bytes, { uid, gid }], signal);
    return true;
  } catch (error) {
    if (error instanceof SftpStatusError) return false;
    throw error;
  }
}

/** Servers on systems without such bits. */
async function unlessUnsupported(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof SftpStatusError && error.status === STATUS.OP_UNSUPPORTED)) throw error;
  }
}

/** Also after a cancel, but not for ever. The error that led here says more than one about the removal would. */
async function tryRemove(session: SftpSession, path: string): Promise<void> {
  await settlesWithin(session.ask('remove', [path], null), UNDO_WAIT_MS);
}
