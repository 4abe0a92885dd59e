import { ECDH, type JsonWebKey } from 'node:crypto';
import type { Curve, KeyType } from './keyTypes';
import { bitLength, damaged, wireNumber, wireString, type WireReader } from './wire';

/** The numbers of a public key, read from a blob. */
export type PublicParts =
  | { readonly family: 'rsa'; readonly e: Uint8Array; readonly n: Uint8Array }
  | { readonly family: 'dsa'; readonly p: Uint8Array; readonly rest: readonly Uint8Array[] }
  | { readonly family: 'ecdsa'; readonly curve: Curve; readonly point: Uint8Array; readonly application: string | null }
  | { readonly family: 'ed25519'; readonly key: Uint8Array; readonly application: string | null };

/** Reads what stands in the blob behind the name of the type (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4). */
export function readPublicParts(type: KeyType, reader: WireReader): PublicParts {
  switch (type.family) {
    case 'rsa':
      return { family: 'rsa', e: reader.mpint(), n: nonZero(reader.mpint()) };
    case 'dsa':
      return {
        family: 'dsa',
        p: nonZero(reader.mpint()),
        rest: [reader.mpint(), reader.mpint(), reader.mpint()],
      };
    case 'ecdsa': {
      const curve = type.curve;
      if (curve === null || reader.text() !== curve.name) throw damaged();
      const point = pointOn(curve, reader.string());
      return { family: 'ecdsa', curve, point, application: type.onToken ? reader.text() : null };
    }
    case 'ed25519': {
      const key = reader.string();
      if (key.length !== 32) throw damaged();
      return { family: 'ed25519', key, application: type.onToken ? reader.text() : null };
    }
  }
}

/** The blob of exactly that key, whatever zeros in front of its numbers it was read with. */
export function blobOf(type: KeyType, parts: PublicParts): Buffer {
  return Buffer.concat([wireString(type.name), ...bodyOf(parts)]);
}

export function bitsOf(parts: PublicParts): number {
  switch (parts.family) {
    case 'rsa':
      return bitLength(parts.n);
    case 'dsa':
      return bitLength(parts.p);
    case 'ecdsa':
      return parts.curve.bits;
    case 'ed25519':
      return 256;
  }
}

/** For node:crypto (RFC 7517, 7518, 8037); null for DSA, which has none. */
export function jsonWebKey(parts: PublicParts): JsonWebKey | null {
  switch (parts.family) {
    case 'rsa':
      return { kty: 'RSA', n: base64url(parts.n), e: base64url(parts.e) };
    case 'dsa':
      return null;
    case 'ecdsa': {
      const half = (parts.point.length - 1) / 2;
      const x = parts.point.subarray(1, 1 + half);
      return { kty: 'EC', crv: parts.curve.jwk, x: base64url(x), y: base64url(parts.point.subarray(1 + half)) };
    }
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519', x: base64url(parts.key) };
  }
}

function bodyOf(parts: PublicParts): readonly Buffer[] {
  switch (parts.family) {
    case 'rsa':
      return [wireNumber(parts.e), wireNumber(parts.n)];
    case 'dsa':
      return [parts.p, ...parts.rest].map(wireNumber);
    case 'ecdsa':
      return [wireString(parts.curve.name), wireString(parts.point), ...applicationOf(parts.application)];
    case 'ed25519':
      return [wireString(parts.key), ...applicationOf(parts.application)];
  }
}

function applicationOf(application: string | null): readonly Buffer[] {
  return application === null ? [] : [wireString(application)];
}

/** Uncompressed (SEC 1, 2.3.3) and on the curve, as OpenSSH wants it. */
function pointOn(curve: Curve, point: Uint8Array): Uint8Array {
  if (point[0] !== 4 || point.length !== 1 + 2 * Math.ceil(curve.bits / 8)) throw damaged();
  try {
    ECDH.convertKey(point, curve.openssl);
  } catch {
    throw damaged();
  }
  return point;
}

function nonZero(digits: Uint8Array): Uint8Array {
  if (digits.length === 0) throw damaged();
  return digits;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
