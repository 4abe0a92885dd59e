import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { readCertificate, type CertificateFacts } from './certificate';
import { keyTypeNamed } from './keyTypes';
import { bitsOf, blobOf, readPublicParts } from './publicParts';
import { drawRandomArt } from './randomArt';
import { damaged, WireReader } from './wire';

/** What a public key's blob (RFC 4253, 6.6) tells. */
export interface PublicKeyFacts {
  /** As in the blob: 'ssh-ed25519', 'ssh-ed25519-cert-v01@openssh.com'. */
  readonly type: string;
  /** Without the certificate: 'ssh-ed25519'. */
  readonly plainType: string;
  /** As ssh-keygen prints it: 'ED25519', 'RSA', 'ECDSA-CERT'. */
  readonly label: string;
  readonly bits: number;
  /** 'nistp256' …; null for a key that has none to choose. */
  readonly curve: string | null;
  /** Of a key on a FIDO token, mostly 'ssh:'; null for others. */
  readonly application: string | null;
  /** The key without its certificate, in the one form it can have: equal keys have equal bytes here. */
  readonly plainBlob: Uint8Array;
  readonly certificate: CertificateFacts | null;
}

/** More than any key or certificate that OpenSSH takes. */
const MAX_BLOB_BYTES = 262_144;

/** Throws ExpectedError('invalid-key') for bytes that are no key of a known type, or more than one. */
export function parsePublicKey(blob: Uint8Array): PublicKeyFacts {
  if (blob.length > MAX_BLOB_BYTES) throw damaged();
  const reader = new WireReader(blob);
  const name = reader.text();
  const named = keyTypeNamed(name);
  if (named === undefined) throw unknownType(name);
  const { type, certified } = named;
  if (certified) reader.string(); // A nonce.
  const parts = readPublicParts(type, reader);
  const certificate = certified ? readCertificate(blob, reader) : null;
  reader.expectEnd();
  return {
    type: name,
    plainType: type.name,
    label: certified ? `${type.label}-CERT` : type.label,
    bits: bitsOf(parts),
    curve: type.curve?.name ?? null,
    application: 'application' in parts ? parts.application : null,
    plainBlob: blobOf(type, parts),
    certificate,
  };
}

/** 'SHA256:' and base64 without padding, of the blob as it is. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** 'MD5:16:27:…', of the blob as it is; as old clients and devices show it. */
export function md5FingerprintOf(blob: Uint8Array): string {
  const bytes = [...createHash('md5').update(blob).digest()];
  return `MD5:${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
}

/** The fingerprint that ssh-keygen -l shows: that of the key itself, also where it has a certificate. */
export function keyFingerprint(key: PublicKeyFacts): string {
  return fingerprintOf(key.plainBlob);
}

/** The picture of ssh-keygen -lv, lines joined by newlines. A blob that is no key is drawn all the same. */
export function randomArt(blob: Uint8Array): string {
  const facts = factsOrNull(blob);
  const digest = createHash('sha256')
    .update(facts?.plainBlob ?? blob)
    .digest();
  const title = facts === null ? '[?]' : `[${facts.label} ${facts.bits}]`;
  return drawRandomArt(digest, { title, shortTitle: facts === null ? '[?]' : `[${facts.label}]`, foot: '[SHA256]' });
}

function factsOrNull(blob: Uint8Array): PublicKeyFacts | null {
  try {
    return parsePublicKey(blob);
  } catch {
    return null; // Its picture has no title then.
  }
}

function unknownType(name: string): ExpectedError {
  const shown = /^[\x21-\x7e]{1,64}$/.test(name) ? name : '?';
  return new ExpectedError('invalid-key', l10n.t('This is no SSH public key of a known type ({0}).', shown));
}
