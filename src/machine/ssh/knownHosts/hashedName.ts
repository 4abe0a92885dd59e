import { hash, randomBytes } from 'node:crypto';

/** A name that cannot be read, only recognized: HMAC-SHA1 of it with a salt as the key. */
export interface HashedName {
  readonly salt: Uint8Array;
  /** In base64, as it stands in the line. */
  readonly digest: string;
}

const SALT_BYTES = 20;
/** Of SHA-1. */
const BLOCK_BYTES = 64;
/** 20 bytes of base64. */
const FORM = /^\|1\|([A-Za-z0-9+/]{27}=)\|([A-Za-z0-9+/]{27}=)$/;

/** '|1|SALT|HASH'; null for anything else. */
export function parseHashedName(text: string): HashedName | null {
  const [, salt, digest] = FORM.exec(text) ?? [];
  if (salt === undefined || digest === undefined) return null;
  const bytes = Buffer.from(salt, 'base64');
  // ssh writes the name anew and compares the texts: stray bits in the last digit never match.
  return bytes.toString('base64') === salt ? { salt: bytes, digest } : null;
}

/** `name` in lower case, with brackets and port where it has one. */
export function isHashOf(hashed: HashedName, name: string): boolean {
  return hmac(hashed.salt, name) === hashed.digest;
}

/** With a new salt, unless one is given. */
export function hashName(name: string, salt: Uint8Array = randomBytes(SALT_BYTES)): string {
  return `|1|${Buffer.from(salt).toString('base64')}|${hmac(salt, name)}`;
}

/**
 * HMAC-SHA1 (RFC 2104) out of two plain hashes: a file may have thousands of hashed names and a fleet hundreds of hosts,
 * and an Hmac object for each costs several times as much.
 */
function hmac(salt: Uint8Array, name: string): string {
  const inner = Buffer.concat([padded(salt, 0x36), Buffer.from(name, 'utf8')]);
  const outer = Buffer.concat([padded(salt, 0x5c), hash('sha1', inner, 'buffer')]);
  return hash('sha1', outer, 'base64');
}

/** A salt is shorter than a block. */
function padded(salt: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, pad);
  salt.forEach((byte, index) => (block[index] = byte ^ pad));
  return block;
}
