import * as crypto from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import { wireString, WireReader } from '../../keys/wire';
import { WrongPassphrase } from './passphrase';
import { privateKeyFromJwk } from './signer';

/** A key file of PuTTY, versions 2 and 3 (PuTTY's documentation, appendix C), still locked. */
export interface PpkFile {
  readonly version: 2 | 3;
  readonly type: string;
  readonly encrypted: boolean;
  readonly comment: string;
  readonly publicBlob: Buffer;
  readonly privateBlob: Buffer;
  readonly mac: string;
  /** Lines of its header: 'Argon2-Memory' and so on. */
  readonly header: ReadonlyMap<string, string>;
}

/** null: it is no such file. Throws ExpectedError('invalid-key') for a damaged one. */
export function parsePpk(text: string): PpkFile | null {
  const first = /^PuTTY-User-Key-File-([23]): (\S+)\r?\n/u.exec(text);
  if (first === null) return null;
  const lines = text.split(/\r?\n/u);
  const header = new Map<string, string>();
  const blobs = new Map<string, Buffer>();
  for (let at = 1; at < lines.length; at++) {
    const pair = /^([A-Za-z0-9-]+): (.*)$/u.exec(lines[at] ?? '');
    if (pair === null) continue;
    const [, name = '', value = ''] = pair;
    if (name === 'Public-Lines' || name === 'Private-Lines') {
      const count = Math.min(Number(value) || 0, 1_000);
      blobs.set(name, Buffer.from(lines.slice(at + 1, at + 1 + count).join(''), 'base64'));
      at += count;
    } else header.set(name, value);
  }
  const publicBlob = blobs.get('Public-Lines');
  const privateBlob = blobs.get('Private-Lines');
  const encryption = header.get('Encryption');
  if (publicBlob === undefined || privateBlob === undefined || !/^(none|aes256-cbc)$/u.test(encryption ?? '')) {
    throw damagedPpk();
  }
  return {
    version: first[1] === '2' ? 2 : 3,
    type: first[2] ?? '',
    encrypted: encryption !== 'none',
    comment: header.get('Comment') ?? '',
    publicBlob,
    privateBlob,
    mac: header.get('Private-MAC') ?? '',
    header,
  };
}

/** Throws WrongPassphrase, or ExpectedError: 'invalid-key', 'unsupported'. */
export function unlockPpk(file: PpkFile, passphrase: string): crypto.KeyObject {
  const keys = file.version === 2 ? keysOfVersion2(passphrase) : keysOfVersion3(file, passphrase);
  const plain = file.encrypted ? decrypt(file, keys) : file.privateBlob;
  const authenticated = Buffer.concat(
    [file.type, file.encrypted ? 'aes256-cbc' : 'none', file.comment, file.publicBlob, plain].map(wireString),
  );
  const mac = crypto.createHmac(keys.hash, keys.mac).update(authenticated).digest();
  if (!sameBytes(mac, Buffer.from(file.mac, 'hex'))) {
    throw file.encrypted ? new WrongPassphrase('PPK') : damagedPpk();
  }
  try {
    return privateKeyOf(file, plain);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'unsupported') throw error;
    throw damagedPpk();
  }
}

interface PpkKeys {
  readonly cipher: Buffer;
  readonly iv: Buffer;
  readonly mac: Buffer;
  readonly hash: string;
}

function keysOfVersion2(passphrase: string): PpkKeys {
  const sha1 = (...parts: readonly (Buffer | string)[]): Buffer => {
    const hash = crypto.createHash('sha1');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const halves = [0, 1].map((count) => sha1(Buffer.from([0, 0, 0, count]), passphrase));
  const mac = sha1('putty-private-key-file-mac-key', passphrase);
  return { cipher: Buffer.concat(halves).subarray(0, 32), iv: Buffer.alloc(16), mac, hash: 'sha1' };
}

function keysOfVersion3({ encrypted, header }: PpkFile, passphrase: string): PpkKeys {
  const none = Buffer.alloc(0);
  if (!encrypted) return { cipher: none, iv: none, mac: none, hash: 'sha256' };
  const bytes = argon2(header, passphrase);
  return { cipher: bytes.subarray(0, 32), iv: bytes.subarray(32, 48), mac: bytes.subarray(48, 80), hash: 'sha256' };
}

/** RFC 9106; in Node's crypto from 24.7 on. */
function argon2(header: ReadonlyMap<string, string>, passphrase: string): Buffer {
  const derive: unknown = Reflect.get(crypto, 'argon2Sync');
  if (typeof derive !== 'function') throw noArgon2();
  const number = (name: string, max: number): number => {
    const value = Number(header.get(name));
    if (!Number.isInteger(value) || value < 1 || value > max) throw damagedPpk();
    return value;
  };
  const parameters = {
    message: Buffer.from(passphrase, 'utf8'),
    nonce: Buffer.from(header.get('Argon2-Salt') ?? '', 'hex'),
    parallelism: number('Argon2-Parallelism', 64),
    memory: number('Argon2-Memory', 1_048_576),
    passes: number('Argon2-Passes', 10_000),
    tagLength: 80,
  };
  const kind = (header.get('Key-Derivation') ?? '').toLowerCase();
  if (!/^argon2(id|i|d)$/u.test(kind)) throw damagedPpk();
  const bytes: unknown = Reflect.apply(derive, crypto, [kind, parameters]);
  if (!Buffer.isBuffer(bytes)) throw noArgon2();
  return bytes;
}

function decrypt({ privateBlob }: PpkFile, { cipher, iv }: PpkKeys): Buffer {
  try {
    const decipher = crypto.createDecipheriv('aes-256-cbc', cipher, iv).setAutoPadding(false);
    return Buffer.concat([decipher.update(privateBlob), decipher.final()]);
  } catch {
    throw damagedPpk();
  }
}

function privateKeyOf({ type, publicBlob }: PpkFile, plain: Buffer): crypto.KeyObject {
  const shown = new WireReader(publicBlob);
  const secret = new WireReader(plain);
  shown.text();
  switch (type) {
    case 'ssh-ed25519': {
      const x = shown.string();
      // A number in little-endian form, so zeros at its end may be missing.
      const d = Buffer.concat([secret.string(), Buffer.alloc(32)]).subarray(0, 32);
      return privateKeyFromJwk({ kty: 'OKP', crv: 'Ed25519', x: base64url(x), d: base64url(d) });
    }
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521': {
      const curve = shown.text();
      const point = shown.string();
      const half = (point.length - 1) / 2;
      const x = base64url(point.subarray(1, 1 + half));
      const y = base64url(point.subarray(1 + half));
      const d = padded(secret.mpint(), half);
      return privateKeyFromJwk({ kty: 'EC', crv: curve.replace('nistp', 'P-'), x, y, d: base64url(d) });
    }
    case 'ssh-rsa':
      return rsaKey(shown, secret);
    default:
      throw new ExpectedError(
        'unsupported',
        l10n.t('Keys of the type {0} cannot be used. Make a new one (Ed25519).', type),
      );
  }
}

function rsaKey(shown: WireReader, secret: WireReader): crypto.KeyObject {
  const [e, n] = [shown.mpint(), shown.mpint()];
  const [d, p, q, qi] = [secret.mpint(), secret.mpint(), secret.mpint(), secret.mpint()];
  const [dp, dq] = [rest(d, p), rest(d, q)];
  const all = { e, n, d, p, q, dp, dq, qi };
  const numbers = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, base64url(value)]));
  return privateKeyFromJwk({ kty: 'RSA', ...numbers });
}

/** d mod (prime - 1) */
function rest(d: Uint8Array, prime: Uint8Array): Buffer {
  const text = (numberOf(d) % (numberOf(prime) - 1n)).toString(16);
  return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex');
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

function padded(bytes: Uint8Array, length: number): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, length - bytes.length)), bytes]);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && crypto.timingSafeEqual(one, other);
}

function damagedPpk(): ExpectedError {
  return new ExpectedError('invalid-key', l10n.t('This PuTTY key file is damaged or of an unknown kind.'));
}

function noArgon2(): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t(
      'Encrypted PuTTY keys of version 3 cannot be read here. Save it in the format of OpenSSH: puttygen KEY.ppk -O private-openssh-new -o KEY',
    ),
  );
}
