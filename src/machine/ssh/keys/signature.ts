import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { jsonWebKey, type PublicParts } from './publicParts';
import { WireReader } from './wire';

const RSA_HASHES: ReadonlyMap<string, string> = new Map([
  ['ssh-rsa', 'sha1'],
  ['rsa-sha2-256', 'sha256'],
  ['rsa-sha2-512', 'sha512'],
]);

/** The algorithm that a signature blob names; '' for one that is damaged. */
export function signatureAlgorithm(signature: Uint8Array): string {
  try {
    return new WireReader(signature).text();
  } catch {
    return '';
  }
}

/**
 * Whether that key made that signature (RFC 4253, 6.6; RFC 8332; RFC 5656, 3.1.2; RFC 8709, 6; OpenSSH PROTOCOL.u2f).
 * False also for a DSA key, of which OpenSSH takes no certificates.
 */
export function isSignedBy(parts: PublicParts, typeName: string, signature: Uint8Array, data: Uint8Array): boolean {
  try {
    const jwk = jsonWebKey(parts);
    if (jwk === null) return false;
    return isValid(parts, typeName, createPublicKey({ key: jwk, format: 'jwk' }), signature, data);
  } catch {
    return false; // A key or signature that OpenSSL cannot read signs nothing.
  }
}

function isValid(
  parts: PublicParts,
  typeName: string,
  key: KeyObject,
  signature: Uint8Array,
  data: Uint8Array,
): boolean {
  const reader = new WireReader(signature);
  const algorithm = reader.text();
  const value = reader.string();
  if (parts.family === 'rsa') {
    const hash = RSA_HASHES.get(algorithm);
    reader.expectEnd();
    return hash !== undefined && verify(hash, data, key, padded(value, parts.n.length));
  }
  if (parts.family === 'dsa' || algorithm !== typeName) return false;
  const signed = parts.application === null ? data : tokenMessage(parts.application, reader, data);
  reader.expectEnd();
  if (parts.family === 'ed25519') return verify(null, signed, key, value);
  const size = Math.ceil(parts.curve.bits / 8);
  const numbers = new WireReader(value);
  const pair = Buffer.concat([padded(numbers.mpint(), size), padded(numbers.mpint(), size)]);
  numbers.expectEnd();
  return verify(parts.curve.hash, signed, { key, dsaEncoding: 'ieee-p1363' }, pair);
}

/** What a token signs: hashes of the application and of the message, with its flags and counter between. */
function tokenMessage(application: string, reader: WireReader, data: Uint8Array): Buffer {
  const flags = reader.byte();
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(reader.uint32());
  return Buffer.concat([sha256(application), Buffer.from([flags]), counter, sha256(data)]);
}

function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest();
}

function padded(digits: Uint8Array, size: number): Uint8Array {
  return digits.length >= size ? digits : Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}
