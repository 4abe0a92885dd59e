import * as l10n from '@vscode/l10n';
import { decodePath, encodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { Machines } from '../../../../machine/machines';
import { parseAuthorizedLine, type AuthorizedKey } from '../../../../machine/ssh/keys/authorizedKeys';
import { looksPrivate } from '../../../../machine/ssh/keys/privateKey';
import { keyFingerprint, type PublicKeyFacts } from '../../../../machine/ssh/keys/publicKey';
import { digestOf, readLinesIfThere, replaceLines, requireUnchanged, withLine, type EditedFile } from './editedFile';
import { makePrivateFolder } from './generate';
import type { InstallKeyInput, RemoveKeyInput } from './inputs';
import type { AuthorizeResult } from './schema';
import { expandHome, sshFolder, within } from './sshFolder';

const MAX_PUBLIC_FILE_BYTES = 65_536;

/** A change of authorized_keys, found out and not made. */
export interface Authorization {
  readonly action: AuthorizeResult['action'];
  readonly file: EditedFile & { readonly exists: boolean };
  /** The line to add or to remove. */
  readonly line: string;
  readonly entry: AuthorizedKey;
  readonly lines: readonly string[];
  /** It is so already. */
  readonly settled: boolean;
}

/** Throws ExpectedError: 'private-key', 'invalid-key', 'missing', 'changed'. */
export async function planInstall(
  input: InstallKeyInput,
  machine: Machine,
  machines: Machines,
  signal: AbortSignal,
): Promise<Authorization> {
  const line = await publicLine(input.key, machines, signal);
  const entry = keyIn(line);
  if (entry.key.certificate !== null) {
    throw new ExpectedError('invalid-key', l10n.t('This is a certificate. Install the public key itself.'));
  }
  const file = await openFile(input, machine, signal);
  const settled = file.lines.some((text) => hasKey(text, entry.key));
  return { action: 'install', file, line, entry, lines: withLine(file.lines, line), settled };
}

/** Throws ExpectedError: 'invalid-key', 'changed'. */
export async function planRemove(input: RemoveKeyInput, machine: Machine, signal: AbortSignal): Promise<Authorization> {
  const entry = keyIn(input.line);
  const file = await openFile(input, machine, signal);
  const lines = file.lines.filter((text) => text !== input.line);
  const settled = lines.length === file.lines.length;
  return { action: 'remove', file, line: input.line, entry, lines, settled };
}

export async function carryOutAuthorization(
  plan: Authorization,
  machine: Machine,
  signal: AbortSignal,
): Promise<AuthorizeResult> {
  const { action, file, line, settled } = plan;
  const { key, comment, options } = plan.entry;
  const backup = settled ? null : await writeLines(plan, machine, signal);
  return {
    machine: machine.name,
    action,
    outcome: !settled ? 'done' : action === 'install' ? 'present' : 'absent',
    file: file.path,
    line,
    label: key.label,
    bits: key.bits,
    fingerprint: keyFingerprint(key),
    comment,
    options,
    backup,
    sshdRefuses: action === 'install' ? await openPath(file.path, machine, signal) : null,
  };
}

/** Returns the backup's path; null where there was no file. */
async function writeLines(
  { file, lines }: Authorization,
  machine: Machine,
  signal: AbortSignal,
): Promise<string | null> {
  if (file.exists) return (await replaceLines(machine, file, lines, signal)).backup;
  await makePrivateFolder(machine, folderOf(file.path), signal);
  await machine.files.write(file.path, encodePath(lines.join('\n')), { signal, mode: 0o600 });
  return null;
}

/** Of the file, its folder and the home folder the first that others may write: sshd takes no keys then (StrictModes). */
async function openPath(path: string, machine: Machine, signal: AbortSignal): Promise<string | null> {
  if (machine.platform === 'win32') return null;
  const home = await machine.files.resolve('', signal);
  for (const one of [path, folderOf(path), home]) {
    const { mode } = await machine.files.stat(await machine.files.resolve(one, signal), signal);
    if ((mode & 0o022) !== 0) return one;
  }
  return null;
}

async function openFile(
  input: { readonly file?: string | undefined; readonly digest?: string | undefined },
  machine: Machine,
  signal: AbortSignal,
): Promise<EditedFile & { readonly exists: boolean }> {
  const path =
    input.file === undefined
      ? within(await sshFolder(machine, signal), 'authorized_keys')
      : await expandHome(machine, input.file, signal);
  const file = await readLinesIfThere(machine, path, signal);
  requireUnchanged(file, input.digest);
  return file;
}

/** The one line of the text, or of the file of this computer that it names. */
async function publicLine(text: string, machines: Machines, signal: AbortSignal): Promise<string> {
  const isPath = /^(~|\/|[A-Za-z]:[\\/]|\.{1,2}[\\/])/.test(text) && !text.includes('\n');
  const content = isPath ? await readLocal(text, machines, signal) : text;
  if (looksPrivate(content)) {
    const message = l10n.t(
      'This is a private key: it must never leave the computer that it is on. Give the public one, mostly the file beside it with .pub.',
    );
    throw new ExpectedError('private-key', message);
  }
  const lines = content
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [line] = lines;
  if (line === undefined || lines.length > 1) throw noKey();
  return line;
}

async function readLocal(path: string, machines: Machines, signal: AbortSignal): Promise<string> {
  const local = await machines.open('local', signal);
  const file = await expandHome(local, path, signal);
  return decodePath(await local.files.read(file, { signal, maxBytes: MAX_PUBLIC_FILE_BYTES }));
}

function keyIn(line: string): AuthorizedKey {
  const entry = parseAuthorizedLine(line, 1);
  if (entry?.kind !== 'key' || /\p{Cc}/u.test(line.trimEnd().replaceAll('\t', ' '))) throw noKey();
  return entry;
}

function hasKey(text: string, key: PublicKeyFacts): boolean {
  const line = parseAuthorizedLine(text, 1);
  return line?.kind === 'key' && Buffer.compare(line.key.plainBlob, key.plainBlob) === 0;
}

function noKey(): ExpectedError {
  const message = l10n.t('One public key is wanted, as a .pub file has it: type, key and comment in one line.');
  return new ExpectedError('invalid-key', message);
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}

/** For people. */
export function shownFile({ file }: Authorization): string {
  return shownPath(file.path);
}

/** What a plan nails down: the digest of a file that is not there is that of nothing. */
export function digestBefore({ file }: Authorization): string {
  return file.exists ? file.digest : digestOf('');
}
