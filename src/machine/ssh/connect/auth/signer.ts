import { createPrivateKey, createPublicKey, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { keyTypeNamed } from '../../keys/keyTypes';
import { blobOf, type PublicParts } from '../../keys/publicParts';
import { parsePublicKey } from '../../keys/publicKey';

/** A key that can sign: of a file that was unlocked, or of an agent. */
export interface Signer {
  /** RFC 4253, 6.6. */
  readonly blob: Buffer;
  /** The signature's content as ssh2 takes it: raw, of ECDSA also in DER. `hash`: of RSA keys only. */
  sign(data: Buffer, hash: string | undefined): Promise<Buffer>;
}

const HASH_OF_CURVE: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** Throws where SSH has no type for such a key. */
export function signerOf(key: KeyObject): Signer {
  const blob = publicBlob(key);
  const type = parsePublicKey(blob).plainType;
  return {
    blob,
    sign: (data, hash) => {
      const digest = type === 'ssh-ed25519' ? null : (HASH_OF_CURVE[type] ?? hash ?? 'sha1');
      return Promise.resolve(sign(digest, data, key));
    },
  };
}

export function privateKeyFromJwk(key: JsonWebKey): KeyObject {
  return createPrivateKey({ key, format: 'jwk' });
}

function publicBlob(key: KeyObject): Buffer {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  const { name, parts } = partsOf(jwk);
  const named = keyTypeNamed(name);
  if (named === undefined) throw new Error(`SSH has no keys of the type ${name}`);
  return blobOf(named.type, parts);
}

function partsOf({ kty, crv, x, y, n, e }: JsonWebKey): { readonly name: string; readonly parts: PublicParts } {
  if (kty === 'RSA') return { name: 'ssh-rsa', parts: { family: 'rsa', e: digits(e), n: digits(n) } };
  if (kty === 'OKP' && crv === 'Ed25519') {
    return { name: 'ssh-ed25519', parts: { family: 'ed25519', key: bytes(x), application: null } };
  }
  const name = `ecdsa-sha2-${(crv ?? '').replace('P-', 'nistp')}`;
  const curve = keyTypeNamed(name)?.type.curve ?? null;
  if (curve === null) throw new Error(`SSH has no keys of the type ${kty ?? '?'} ${crv ?? ''}`);
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return { name, parts: { family: 'ecdsa', curve, point, application: null } };
}

function bytes(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url');
}

/** Of a number: without zeros in front. */
function digits(text: string | undefined): Buffer {
  const all = bytes(text);
  const start = all.findIndex((byte) => byte !== 0);
  return start === -1 ? Buffer.alloc(0) : all.subarray(start);
}
