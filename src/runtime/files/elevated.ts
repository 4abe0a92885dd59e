import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../lib/bytePath';
import { ExpectedError } from '../../lib/errors';
import { tooLargeFile } from '../../machine/fileErrors';
import type { Machine } from '../../machine/machine';
import type { Person } from '../../machine/person';
import type { FileFacts } from './calls';
import { Sudo } from './sudo';

/** A machine, and who can be asked for the password of sudo there. */
export interface Elevation {
  readonly machine: Machine;
  readonly person: Person;
}

/** As root, by sudo. Throws ExpectedError. */
export async function readElevated(
  { machine, person }: Elevation,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { stdout, truncated } = await new Sudo(machine, person, signal).run(['cat', '--', path], maxBytes);
  if (!truncated) return stdout;
  throw tooLargeFile({ action: 'read', path, machine: machine.name }, maxBytes);
}

/**
 * As root, where sudo wants no password; else that it is a file, and no more: a look must not ask for a password.
 */
export async function statElevated({ machine }: Elevation, path: string, signal: AbortSignal): Promise<FileFacts> {
  const format = machine.platform === 'linux' ? ['-L', '-c', '%f %s %Y'] : ['-L', '-f', '%Xp %z %m'];
  const { exitCode, stdout } = await machine.exec(['sudo', '-n', '--', 'stat', ...format, '--', path], { signal });
  const [, mode = '', size = '', seconds = ''] =
    /^([0-9a-f]+) (\d+) (\d+)\s*$/i.exec(String(Buffer.from(stdout))) ?? [];
  if (exitCode !== 0 || mode === '') return { kind: 'file', isLink: false, sizeBytes: 0, mode: 0o600, modifiedMs: 0 };
  const bits = parseInt(mode, 16);
  const type = bits & 0o170000;
  const kind = type === 0o040000 ? 'directory' : type === 0o100000 ? 'file' : 'unknown';
  return { kind, isLink: false, sizeBytes: Number(size), mode: bits & 0o7777, modifiedMs: Number(seconds) * 1_000 };
}

/**
 * As root, by sudo: the content goes to a file of the user's own first, then into a copy of the target beside it, which
 * keeps the owner and the mode, and takes its place at once.
 */
export async function writeElevated(
  { machine, person }: Elevation,
  path: string,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const sudo = new Sudo(machine, person, signal);
  const home = await machine.files.resolve('.', signal);
  // Nobody can have made a file or a link of that name before.
  const mark = randomBytes(12).toString('hex');
  const upload = `${home}/.opsdeck-${mark}`;
  await machine.files.write(upload, content, { signal, mode: 0o600 });
  try {
    const target = await targetOf(sudo, path);
    const copy = `${target}.opsdeck-${mark}`;
    await replace(sudo, { upload, copy, target });
  } finally {
    await machine.files.remove(upload, AbortSignal.timeout(5_000)).catch(() => undefined);
  }
}

interface Replacing {
  readonly upload: string;
  readonly copy: string;
  readonly target: string;
}

async function replace(sudo: Sudo, { upload, copy, target }: Replacing): Promise<void> {
  try {
    const isThere = (await sudo.attempt(['test', '-e', target])).exitCode === 0;
    if (isThere) await sudo.run(['cp', '-p', '--', target, copy]);
    await sudo.run(['cp', '--', upload, copy]);
    if (!isThere) await sudo.run(['chmod', '644', '--', copy]);
    await sudo.run(['mv', '-f', '--', copy, target]);
  } catch (error) {
    await sudo.cleanUp(['rm', '-f', '--', copy]);
    throw error;
  }
}

/** A link stays and leads to what is written, also through folders that only root may look into. */
async function targetOf(sudo: Sudo, path: string): Promise<string> {
  const { exitCode, stdout } = await sudo.attempt(['readlink', '-f', '--', path]);
  const target = decodePath(stdout).replace(/\n$/, '');
  if (exitCode !== 0 || !target.startsWith('/')) return path;
  if (target.length > 1) return target;
  throw new ExpectedError('is-a-folder', l10n.t('{0} is a folder.', shownPath(path)));
}
