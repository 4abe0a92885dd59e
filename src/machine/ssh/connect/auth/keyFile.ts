import { createPrivateKey } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { utils, type ParsedKey } from 'ssh2';
import { ExpectedError, messageOf } from '../../../../lib/errors';
import { readKey } from '../../keys/keyText';
import { parsePublicKey } from '../../keys/publicKey';
import { WireReader } from '../../keys/wire';
import { shortPath } from '../names';
import { WrongPassphrase } from './passphrase';
import { parsePpk, unlockPpk } from './ppk';
import { signerOf, type Signer } from './signer';

/** An identity file (IdentityFile of ssh_config(5)) as far as it can be read without its passphrase. */
export interface IdentityFile {
  readonly path: string;
  /** The public key, from the file itself or from the one beside it with .pub; null where only the private part tells. */
  readonly blob: Buffer | null;
  readonly encrypted: boolean;
  /** '' for a key without one. Throws WrongPassphrase or ExpectedError('invalid-key' or 'unsupported'). */
  unlock(passphrase: string): Signer;
}

/** Why an identity file is passed over. */
export interface UnusableFile {
  readonly path: string;
  readonly reason: string;
  /** The public key, where it is known: an agent may have the private one. */
  readonly blob: Buffer | null;
  /** Its private part is on a security key. */
  readonly onToken: boolean;
}

const MAX_BYTES = 1024 * 1024;

/** null: there is no such file. Never throws for what is in it. */
export async function readIdentityFile(path: string): Promise<IdentityFile | UnusableFile | null> {
  const beside = await readPublicFile(`${path}.pub`);
  let text: string;
  try {
    text = await readPrivateFile(path);
  } catch (error) {
    if (isMissing(error))
      return beside === null
        ? null
        : { path, reason: l10n.t('only its public part is here'), blob: beside, onToken: false };
    return { path, reason: messageOf(error), blob: beside, onToken: false };
  }
  try {
    return identityOf(path, text, beside);
  } catch (error) {
    return { path, reason: messageOf(error), blob: beside, onToken: false };
  }
}

export function isUsable(file: IdentityFile | UnusableFile): file is IdentityFile {
  return 'unlock' in file;
}

function identityOf(path: string, text: string, beside: Buffer | null): IdentityFile | UnusableFile {
  if (text.includes('-----BEGIN OPENSSH PRIVATE KEY-----')) return openSshIdentity(path, text);
  const ppk = parsePpk(text);
  if (ppk !== null) {
    const unlock = (passphrase: string): Signer => signerOf(unlockPpk(ppk, passphrase));
    return { path, blob: ppk.publicBlob, encrypted: ppk.encrypted, unlock };
  }
  if (/-----BEGIN ((RSA|EC|DSA|ENCRYPTED) )?PRIVATE KEY-----/u.test(text)) return pemIdentity(path, text, beside);
  const publicKey = readKey(text.trim());
  return publicKey === null
    ? { path, reason: l10n.t('it is no private key of a known format'), blob: beside, onToken: false }
    : {
        path,
        reason: l10n.t('it is a public key'),
        blob: Buffer.from(publicKey.key.plainBlob),
        onToken: publicKey.key.plainType.startsWith('sk-'),
      };
}

/** PEM of OpenSSL: PKCS #1, SEC 1 and PKCS #8 (RFC 5958), encrypted or not. */
function pemIdentity(path: string, text: string, beside: Buffer | null): IdentityFile {
  const encrypted = /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/mu.test(text);
  const unlock = (passphrase: string): Signer => {
    let key;
    try {
      key = createPrivateKey(encrypted ? { key: text, format: 'pem', passphrase } : { key: text, format: 'pem' });
    } catch (error) {
      if (encrypted) throw new WrongPassphrase(messageOf(error));
      throw new ExpectedError('invalid-key', l10n.t('This private key is damaged or of an unknown kind.'));
    }
    return signerOf(key);
  };
  return { path, blob: encrypted ? beside : unlock('').blob, encrypted, unlock };
}

const MAGIC = 'openssh-key-v1\0';

/** OpenSSH PROTOCOL.key: its public part is never encrypted. */
function openSshIdentity(path: string, text: string): IdentityFile | UnusableFile {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END OPENSSH PRIVATE KEY-----/u.exec(text)?.[1] ?? '';
  const bytes = Buffer.from(body, 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new ExpectedError('invalid-key', l10n.t('This private key is damaged or of an unknown kind.'));
  }
  const reader = new WireReader(bytes.subarray(MAGIC.length));
  const encrypted = reader.text() !== 'none';
  reader.string();
  reader.string();
  reader.uint32();
  const blob = Buffer.from(reader.string());
  const { plainType } = parsePublicKey(blob);
  if (plainType.startsWith('sk-'))
    return { path, reason: l10n.t('its private part is on a security key (FIDO)'), blob, onToken: true };
  return { path, blob, encrypted, unlock: (passphrase) => unlockOpenSsh(text, blob, encrypted, passphrase) };
}

function unlockOpenSsh(text: string, blob: Buffer, encrypted: boolean, passphrase: string): Signer {
  const parsed: unknown = encrypted ? utils.parseKey(text, passphrase) : utils.parseKey(text);
  const key = (Array.isArray(parsed) ? parsed[0] : parsed) as ParsedKey | Error | undefined;
  if (key === undefined || key instanceof Error || !key.isPrivateKey()) {
    if (encrypted) throw new WrongPassphrase('OpenSSH');
    throw new ExpectedError('invalid-key', l10n.t('This private key is damaged or of an unknown kind.'));
  }
  return {
    blob,
    sign: (data, hash) => {
      const signature: unknown = hash === undefined ? key.sign(data) : key.sign(data, hash);
      return Buffer.isBuffer(signature) ? Promise.resolve(signature) : Promise.reject(new Error(messageOf(signature)));
    },
  };
}

/** As OpenSSH: a private key that others can read is not used. */
async function readPrivateFile(path: string): Promise<string> {
  const handle = await fs.open(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const { mode, uid, size } = await handle.stat();
    if (size > MAX_BYTES) throw new ExpectedError('invalid-key', l10n.t('it is too long for a key'));
    const text = await handle.readFile('utf8');
    if (process.getuid?.() === uid && (mode & 0o077) !== 0 && text.includes('PRIVATE KEY')) {
      const shown = (mode & 0o777).toString(8).padStart(4, '0');
      throw new ExpectedError('denied', l10n.t('others may read it (mode {0}): chmod 600 {1}', shown, shortPath(path)));
    }
    return text;
  } finally {
    await handle.close();
  }
}

async function readPublicFile(path: string): Promise<Buffer | null> {
  try {
    const found = readKey((await fs.readFile(path, 'utf8')).trim());
    return found === null ? null : Buffer.from(found.key.plainBlob);
  } catch {
    return null; // There need be none.
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
