import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { readKey } from '../../../../machine/ssh/keys/keyText';
import { keyFingerprint, randomArt } from '../../../../machine/ssh/keys/publicKey';
import { exists } from './editedFile';
import type { GenerateKeyInput } from './inputs';
import type { GenerateResult } from './schema';
import { sshFolder, within } from './sshFolder';

/** RSA of 4,096 bits takes seconds, on a small machine a minute. */
const DEADLINE_MS = 180_000;

const OPTIONS: Readonly<Record<GenerateKeyInput['type'], readonly string[]>> = {
  ed25519: ['-t', 'ed25519'],
  'ecdsa-256': ['-t', 'ecdsa', '-b', '256'],
  'ecdsa-384': ['-t', 'ecdsa', '-b', '384'],
  'ecdsa-521': ['-t', 'ecdsa', '-b', '521'],
  'rsa-3072': ['-t', 'rsa', '-b', '3072'],
  'rsa-4096': ['-t', 'rsa', '-b', '4096'],
};

/** Where the key will be. Throws ExpectedError, 'exists' where that name is taken. */
export async function freeKeyFile(
  { name }: GenerateKeyInput,
  machine: Machine,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await sshFolder(machine, signal);
  const file = within(folder, name);
  for (const path of [file, `${file}.pub`]) {
    if (!(await exists(machine, path, signal))) continue;
    const message = l10n.t('{0} exists and is not overwritten. Choose another name.', shownPath(path));
    throw new ExpectedError('exists', message);
  }
  return { folder, file };
}

/** By ssh-keygen of that machine, without a passphrase: one in an argument list could be read by everybody. */
export async function generateKey(
  input: GenerateKeyInput,
  machine: Machine,
  signal: AbortSignal,
): Promise<GenerateResult> {
  const { folder, file } = await freeKeyFile(input, machine, signal);
  await makePrivateFolder(machine, folder, signal);
  const comment = input.comment === '' ? [] : ['-C', input.comment];
  const command = ['ssh-keygen', '-q', ...OPTIONS[input.type], ...comment, '-N', '', '-f', file];
  // It asks before it overwrites, and takes the end of its input for "no".
  const { exitCode, stdout, stderr } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS, stdin: '' });
  if (exitCode !== 0) {
    const said = Buffer.concat([stderr, stdout]).toString('utf8').trim().slice(0, 500);
    throw new ExpectedError('failed', l10n.t('ssh-keygen made no key on {0}: {1}', machine.name, said));
  }
  const publicKey = decodePath(await machine.files.read(`${file}.pub`, { signal })).trim();
  const read = readKey(publicKey);
  if (read === null) throw new ExpectedError('failed', l10n.t('{0} holds no public key.', shownPath(`${file}.pub`)));
  return {
    machine: machine.name,
    file,
    publicKey,
    label: read.key.label,
    bits: read.key.bits,
    fingerprint: keyFingerprint(read.key),
    art: randomArt(read.blob),
    passphraseCommand: input.passphrase === 'none' ? null : `ssh-keygen -p -f ${quoted(file)}`,
  };
}

/** 0700, where there is none. */
export async function makePrivateFolder(machine: Machine, folder: string, signal: AbortSignal): Promise<void> {
  if (await exists(machine, folder, signal)) return;
  await machine.files.makeFolder(folder, signal);
  if (machine.platform !== 'win32') await machine.files.change(folder, { mode: 0o700 }, signal);
}

/** For a person to put into a terminal: a path with anything unusual in quotes. */
function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
