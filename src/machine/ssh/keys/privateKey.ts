import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { decodeBase64 } from './keyText';
import { keyTypeNamed } from './keyTypes';
import { WireReader, wireNumber, wireString } from './wire';

/** What the file of a private key tells without its passphrase; nothing of the private half. */
export interface PrivateKeyFacts {
  readonly format: 'openssh' | 'pem' | 'pkcs8' | 'ppk';
  readonly encrypted: boolean;
  /** The blob of the public half; null where it is encrypted as well, or cannot be read. */
  readonly publicBlob: Uint8Array | null;
  /** Of a PPK file; '' for others. */
  readonly comment: string;
}

const MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');
const CURVES: ReadonlyMap<string, string> = new Map([
  ['P-256', 'nistp256'],
  ['P-384', 'nistp384'],
  ['P-521', 'nistp521'],
]);

/** Whether this is a private key at all, damaged or not: it must never be sent anywhere. */
export function looksPrivate(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File-\d/m.test(text);
}

/** null for a file that is no private key. Never throws. */
export function parsePrivateKey(text: string): PrivateKeyFacts | null {
  const label = /^-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----/m.exec(text)?.[1]?.trim();
  if (label === 'OPENSSH') return readOpenSsh(text);
  if (label === 'ENCRYPTED') return { format: 'pkcs8', encrypted: true, publicBlob: null, comment: '' };
  if (label === '') return { format: 'pkcs8', encrypted: false, publicBlob: publicHalf(text), comment: '' };
  if (label === 'RSA' || label === 'DSA' || label === 'EC') return readPem(text);
  return /^PuTTY-User-Key-File-[23]: /.test(text) ? readPpk(text) : null;
}

/** RFC 1421, as OpenSSL writes it. */
function readPem(text: string): PrivateKeyFacts {
  const encrypted = /^Proc-Type: *4,ENCRYPTED/m.test(text);
  return { format: 'pem', encrypted, publicBlob: encrypted ? null : publicHalf(text), comment: '' };
}

/** OpenSSH PROTOCOL.key: the public half stands in front, in clear. */
function readOpenSsh(text: string): PrivateKeyFacts {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1] ?? '';
  const bytes = decodeBase64(body.replace(/\s/g, ''));
  const damaged: PrivateKeyFacts = { format: 'openssh', encrypted: false, publicBlob: null, comment: '' };
  if (bytes === null || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return damaged;
  try {
    const reader = new WireReader(bytes.subarray(MAGIC.length));
    const cipher = reader.text();
    reader.string(); // The name of the key derivation,
    reader.string(); // and its options.
    const count = reader.uint32();
    const publicBlob = reader.string();
    return count === 1 ? { ...damaged, encrypted: cipher !== 'none', publicBlob } : damaged;
  } catch {
    return damaged; // It is told as a key of which nothing could be read.
  }
}

/** The format of PuTTY, versions 2 and 3. */
function readPpk(text: string): PrivateKeyFacts {
  const field = (name: string): string => new RegExp(`^${name}: *(.*?)\\r?$`, 'm').exec(text)?.[1] ?? '';
  const count = Math.min(Number(field('Public-Lines')) || 0, 1_000);
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('Public-Lines:')) + 1;
  const publicBlob = start === 0 ? null : decodeBase64(lines.slice(start, start + count).join(''));
  return { format: 'ppk', encrypted: field('Encryption') !== 'none', publicBlob, comment: field('Comment') };
}

/** OpenSSL computes it from the private half, which leaves this function in no form. */
function publicHalf(pem: string): Uint8Array | null {
  try {
    const key = createPublicKey({ key: pem, format: 'pem' });
    if (key.asymmetricKeyType === 'dsa') return dsaBlob(key.export({ format: 'der', type: 'spki' }));
    return blobOfJwk(key.export({ format: 'jwk' }));
  } catch {
    return null; // OpenSSL cannot read it: nothing is told of it.
  }
}

function blobOfJwk({ kty, crv = '', n = '', e = '', x = '', y = '' }: JsonWebKey): Uint8Array | null {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (kty === 'RSA') return Buffer.concat([wireString('ssh-rsa'), wireNumber(bytes(e)), wireNumber(bytes(n))]);
  if (kty === 'OKP' && crv === 'Ed25519') return Buffer.concat([wireString('ssh-ed25519'), wireString(bytes(x))]);
  const curve = CURVES.get(crv);
  if (kty !== 'EC' || curve === undefined) return null;
  const name = `ecdsa-sha2-${curve}`;
  const size = Math.ceil((keyTypeNamed(name)?.type.curve?.bits ?? 0) / 8);
  const point = Buffer.concat([Buffer.from([4]), fill(bytes(x), size), fill(bytes(y), size)]);
  return Buffer.concat([wireString(name), wireString(curve), wireString(point)]);
}

function fill(bytes: Buffer, size: number): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, size - bytes.length)), bytes]);
}

/** SubjectPublicKeyInfo of DSA (RFC 3279, 2.3.2): its integers are p, q, g, and in a bit string y. */
function dsaBlob(der: Uint8Array): Uint8Array {
  const numbers: Uint8Array[] = [];
  let at = 0;
  while (at < der.length && numbers.length < 4) {
    const tag = der[at] ?? 0;
    const { length, start } = derLength(der, at + 1);
    const content = der.subarray(start, start + length);
    if (tag === 0x02) numbers.push(content[0] === 0 ? content.subarray(1) : content);
    // Into sequences, and into the bit string behind its count of unused bits.
    at = tag === 0x30 ? start : tag === 0x03 ? start + 1 : start + length;
  }
  return Buffer.concat([wireString('ssh-dss'), ...numbers.map(wireNumber)]);
}

function derLength(der: Uint8Array, at: number): { readonly length: number; readonly start: number } {
  const first = der[at] ?? 0;
  if (first < 0x80) return { length: first, start: at + 1 };
  const size = first & 0x7f;
  const length = der.subarray(at + 1, at + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  return { length, start: at + 1 + size };
}
