import { keyTypeNamed, type KeyType } from './keyTypes';
import { blobOf, readPublicParts, type PublicParts } from './publicParts';
import { isSignedBy, signatureAlgorithm } from './signature';
import { damaged, WireReader } from './wire';

/** What a certificate of OpenSSH says beside its key (PROTOCOL.certkeys). */
export interface CertificateFacts {
  readonly kind: 'user' | 'host';
  readonly keyId: string;
  /** A number of 64 bits, in decimal. */
  readonly serial: string;
  /** Names of users or hosts it is for; none: for any. */
  readonly principals: readonly string[];
  /** Milliseconds since 1970 UTC; null: since ever. */
  readonly validAfterMs: number | null;
  /** Milliseconds since 1970 UTC, the first at which it is not valid; null: for ever. */
  readonly validBeforeMs: number | null;
  readonly criticalOptions: readonly CertificateOption[];
  readonly extensions: readonly CertificateOption[];
  /** The signing authority's public key. */
  readonly caBlob: Uint8Array;
  readonly caType: string;
  /** 'rsa-sha2-512', 'ssh-ed25519' … */
  readonly signatureAlgorithm: string;
  /** Whether the authority's key made the signature. */
  readonly signatureVerified: boolean;
}

export interface CertificateOption {
  readonly name: string;
  /** '' where it has none. */
  readonly value: string;
}

/** As OpenSSH. */
const MAX_PRINCIPALS = 256;
const MAX_OPTIONS = 256;
/** The last moment that a Date can be. */
const MAX_TIME_MS = 8_640_000_000_000_000;
const FOREVER = 0xffff_ffff_ffff_ffffn;

/** Reads what stands behind the key's own numbers. `blob` is the whole certificate, `reader` stands behind them. */
export function readCertificate(blob: Uint8Array, reader: WireReader): CertificateFacts {
  const serial = reader.uint64().toString();
  const kind = kindOf(reader.uint32());
  const keyId = reader.text();
  const principals = readTexts(reader.string());
  const validAfter = reader.uint64();
  const validBefore = reader.uint64();
  const criticalOptions = readOptions(reader.string());
  const extensions = readOptions(reader.string());
  reader.string(); // Reserved.
  const ca = readAuthority(reader.string());
  const signed = blob.subarray(0, reader.offset);
  const signature = reader.string();
  return {
    kind,
    keyId,
    serial,
    principals,
    validAfterMs: validAfter === 0n ? null : timeOf(validAfter),
    validBeforeMs: validBefore === FOREVER ? null : timeOf(validBefore),
    criticalOptions,
    extensions,
    caBlob: ca.blob,
    caType: ca.type.name,
    signatureAlgorithm: signatureAlgorithm(signature),
    signatureVerified: isSignedBy(ca.parts, ca.type.name, signature, signed),
  };
}

/** The authority is a plain key: one certificate does not vouch for another. */
function readAuthority(bytes: Uint8Array): { type: KeyType; parts: PublicParts; blob: Uint8Array } {
  const reader = new WireReader(bytes);
  const named = keyTypeNamed(reader.text());
  if (named === undefined || named.certified) throw damaged();
  const parts = readPublicParts(named.type, reader);
  reader.expectEnd();
  return { type: named.type, parts, blob: blobOf(named.type, parts) };
}

function kindOf(number: number): 'user' | 'host' {
  if (number === 1) return 'user';
  if (number === 2) return 'host';
  throw damaged();
}

function readTexts(bytes: Uint8Array): readonly string[] {
  const reader = new WireReader(bytes);
  const texts: string[] = [];
  while (!reader.ended) {
    texts.push(reader.text());
    if (texts.length > MAX_PRINCIPALS) throw damaged();
  }
  return texts;
}

function readOptions(bytes: Uint8Array): readonly CertificateOption[] {
  const reader = new WireReader(bytes);
  const options: CertificateOption[] = [];
  while (!reader.ended) {
    options.push({ name: reader.text(), value: optionValue(reader.string()) });
    if (options.length > MAX_OPTIONS) throw damaged();
  }
  return options;
}

/** The data of an option is empty, or one string; what is neither is shown as its bytes. */
function optionValue(data: Uint8Array): string {
  if (data.length === 0) return '';
  try {
    const reader = new WireReader(data);
    const text = reader.text();
    reader.expectEnd();
    return text;
  } catch {
    return Buffer.from(data).toString('hex');
  }
}

function timeOf(seconds: bigint): number {
  return Math.min(Number(seconds) * 1_000, MAX_TIME_MS);
}
