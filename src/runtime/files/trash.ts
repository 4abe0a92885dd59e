import * as l10n from '@vscode/l10n';
import { encodePath, shownPath } from '../../lib/bytePath';
import { ExpectedError } from '../../lib/errors';
import type { Machine } from '../../machine/machine';
import { removeTree } from '../../machine/removeTree';

const MAX_TRIES = 100;

/**
 * Moves a file or folder into the user's home trash of that machine, as the desktops there do (freedesktop.org, The
 * Trash specification 1.0); what is in the trash already is deleted. Throws ExpectedError: what lies on another file
 * system than the home folder cannot be moved.
 */
export async function moveToTrash(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  const home = await machine.files.resolve('.', signal);
  const trash = `${home}/.local/share/Trash`;
  if (path.startsWith(`${trash}/`)) return removeTree(machine, path, signal);
  // Nothing is made where there is nothing to be moved.
  await machine.files.stat(path, signal);
  for (const folder of [`${home}/.local`, `${home}/.local/share`, trash, `${trash}/files`, `${trash}/info`]) {
    await makeFolder(machine, folder, signal);
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (let round = 1; round <= MAX_TRIES; round++) {
    const taken = round === 1 ? name : `${name}.${round}`;
    if (await isThere(machine, `${trash}/info/${taken}.trashinfo`, signal)) continue;
    if (await isThere(machine, `${trash}/files/${taken}`, signal)) continue;
    return move(machine, { path, trash, taken }, signal);
  }
  throw new ExpectedError(
    'exists',
    l10n.t('The trash of {0} is full of files named {1}.', machine.name, shownPath(name)),
  );
}

interface Move {
  readonly path: string;
  readonly trash: string;
  readonly taken: string;
}

/** The information first: without it nobody would know where the file belongs. */
async function move(machine: Machine, { path, trash, taken }: Move, signal: AbortSignal): Promise<void> {
  const info = `${trash}/info/${taken}.trashinfo`;
  await machine.files.write(info, Buffer.from(infoText(path, new Date())), { signal, mode: 0o600 });
  try {
    await machine.files.rename(path, `${trash}/files/${taken}`, { signal });
  } catch (error) {
    await machine.files.remove(info, signal).catch(() => undefined);
    if (!(error instanceof ExpectedError)) throw error;
    throw new ExpectedError(
      error.code,
      l10n.t(
        '{0} could not be moved to the trash of {1}, and so was left alone: {2} What is on another file system than the home folder can only be deleted for good (setting opsdeck.ssh.trash).',
        shownPath(path),
        machine.name,
        error.message,
      ),
      { cause: error },
    );
  }
}

function infoText(path: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `[Trash Info]\nPath=${escaped(path)}\nDeletionDate=${date}T${time}\n`;
}

/** As in URIs (RFC 2396), byte by byte. */
function escaped(path: string): string {
  return Array.from(encodePath(path), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9/._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

async function makeFolder(machine: Machine, path: string, signal: AbortSignal): Promise<void> {
  try {
    await machine.files.makeFolder(path, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'exists')) throw error;
  }
}

async function isThere(machine: Machine, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await machine.files.stat(path, signal);
    return true;
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return false;
    throw error;
  }
}
