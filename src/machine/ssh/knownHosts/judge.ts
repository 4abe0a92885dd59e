import { parsePublicKey, fingerprintOf, type PublicKeyFacts } from '../keys/publicKey';
import { certificateProblem, type CertificateProblem } from './hostCertificate';
import { lineName, matchesName, SSH_PORT, type HostPeer } from './names';
import type { HostLinePlace, HostMarker, KnownHostEntry, KnownHostLine } from './parse';

/** What the known_hosts files say of a key that a host has shown. */
export type HostKeyVerdict =
  | ({ readonly kind: 'known' } & HostLinePlace)
  /** A certificate of an authority that is trusted for this host; the place is the authority's line. */
  | ({
      readonly kind: 'certified';
      readonly keyId: string;
      readonly serial: string;
      readonly validBeforeMs: number | null;
      readonly caType: string;
      readonly caFingerprint: string;
    } & HostLinePlace)
  | UnknownHostKey
  /** The host is known, with another key: also one of another type, as for ssh, which asks a host for the types known. */
  | ({
      readonly kind: 'changed';
      /** Of the key that is known. */
      readonly keyType: string;
      readonly fingerprint: string;
      readonly certificateProblem: CertificateProblem | null;
    } & HostLinePlace)
  /** The key, or the authority that certified it. Never to be trusted. */
  | ({ readonly kind: 'revoked' } & HostLinePlace);

/** No line has a key for the host's name and port. */
export interface UnknownHostKey {
  readonly kind: 'unknown';
  /** Keys of other types in lines about the host's address, or about its name on port 22. */
  readonly otherTypes: readonly OtherKey[];
  /** The very same key is known for the name on port 22, and the port is another: ssh takes that for known. */
  readonly knownWithoutPort: HostLinePlace | null;
  /** Lines of other names and addresses with the very same key; '' for a name that is hashed. */
  readonly otherNames: readonly (HostLinePlace & { readonly hosts: string })[];
  /** Why its certificate does not count; null where it has none. */
  readonly certificateProblem: CertificateProblem | null;
}

export interface OtherKey extends HostLinePlace {
  readonly keyType: string;
}

export interface ShownKey {
  /** As the server names it. */
  readonly type: string;
  readonly blob: Uint8Array;
}

/** As ssh decides it (hostfile.c, sshconnect.c), with CheckHostIP off, which is its default. */
export function judgeHostKey(
  lines: readonly KnownHostLine[],
  peer: HostPeer,
  key: ShownKey,
  now: Date = new Date(),
): HostKeyVerdict {
  const entries = lines.filter((line) => line.kind === 'entry');
  const shown = factsOf(key.blob);
  const own = entriesFor(entries, peer);
  const revoking = entries.filter((entry) => isRevoking(entry, shown, key.blob));
  const revoked = revoking.find((entry) => own.includes(entry)) ?? addressEntries(revoking, peer)[0];
  if (revoked !== undefined) return { kind: 'revoked', ...placeOf(revoked) };
  const authority = authorityOf(own, shown);
  const problem = shown?.certificate == null ? null : certificateProblem(shown.certificate, peer.name, authority, now);
  if (authority !== undefined && problem === null) return certified(authority, shown);
  const plain = own.filter((entry) => entry.marker === null);
  const known = plain.find((entry) => isSameKey(entry, shown, key.blob));
  if (known !== undefined) return { kind: 'known', ...placeOf(known) };
  const other = plain.find((entry) => entry.key.plainType === (shown?.plainType ?? key.type)) ?? plain.at(-1);
  if (other === undefined) return { ...unknown(entries, peer, shown, key.blob), certificateProblem: problem };
  const fingerprint = fingerprintOf(other.key.plainBlob);
  return { kind: 'changed', keyType: other.key.type, fingerprint, certificateProblem: problem, ...placeOf(other) };
}

/** Types of the plain keys that are known for the host, in the order of the lines: 'ssh-ed25519', 'ssh-rsa' … */
export function knownTypes(lines: readonly KnownHostLine[], peer: HostPeer): readonly string[] {
  const own = entriesFor(
    lines.filter((line) => line.kind === 'entry'),
    peer,
  );
  const good = own.filter(
    (entry) => entry.marker === null && !own.some((other) => isRevoking(other, entry.key, entry.blob)),
  );
  return [...new Set(good.map(({ key }) => key.plainType))];
}

/** Whether an authority may vouch for the host: certificates are worth asking for then. */
export function hasAuthority(lines: readonly KnownHostLine[], peer: HostPeer): boolean {
  const entries = lines.filter((line) => line.kind === 'entry');
  return entriesFor(entries, peer).some(isMarked('cert-authority'));
}

function entriesFor(entries: readonly KnownHostEntry[], peer: HostPeer): readonly KnownHostEntry[] {
  const name = lineName(peer.name, peer.port);
  return entries.filter((entry) => matchesName(entry, name));
}

/** ssh compares keys as numbers, not as bytes. A certificate in a line is no plain key. */
function isSameKey(entry: KnownHostEntry, shown: PublicKeyFacts | null, blob: Uint8Array): boolean {
  return entry.key.certificate === null && Buffer.compare(entry.key.plainBlob, shown?.plainBlob ?? blob) === 0;
}

function isRevoking(entry: KnownHostEntry, shown: PublicKeyFacts | null, blob: Uint8Array): boolean {
  if (entry.marker !== 'revoked') return false;
  const ca = shown?.certificate?.caBlob;
  const own = Buffer.from(entry.key.plainBlob);
  return own.equals(shown?.plainBlob ?? blob) || (ca !== undefined && own.equals(ca));
}

function authorityOf(entries: readonly KnownHostEntry[], shown: PublicKeyFacts | null): KnownHostEntry | undefined {
  const ca = shown?.certificate?.caBlob;
  if (ca === undefined) return undefined;
  return entries.filter(isMarked('cert-authority')).find((entry) => Buffer.compare(entry.key.plainBlob, ca) === 0);
}

function certified(authority: KnownHostEntry, shown: PublicKeyFacts | null): HostKeyVerdict {
  return {
    kind: 'certified',
    keyId: shown?.certificate?.keyId ?? '',
    serial: shown?.certificate?.serial ?? '',
    validBeforeMs: shown?.certificate?.validBeforeMs ?? null,
    caType: authority.key.type,
    caFingerprint: fingerprintOf(authority.key.plainBlob),
    ...placeOf(authority),
  };
}

function unknown(
  entries: readonly KnownHostEntry[],
  peer: HostPeer,
  shown: PublicKeyFacts | null,
  blob: Uint8Array,
): Omit<UnknownHostKey, 'certificateProblem'> {
  const plain = entries.filter((entry) => entry.marker === null);
  const portless = peer.port === SSH_PORT ? [] : entriesFor(plain, { ...peer, port: SSH_PORT });
  const related = [...new Set([...portless, ...addressEntries(plain, peer)])];
  const same = plain.filter((entry) => isSameKey(entry, shown, blob));
  const withoutPort = same.find((entry) => portless.includes(entry));
  return {
    kind: 'unknown',
    otherTypes: related
      .filter((entry) => entry.key.plainType !== shown?.plainType)
      .map((entry) => ({ keyType: entry.key.type, ...placeOf(entry) })),
    knownWithoutPort: withoutPort === undefined ? null : placeOf(withoutPort),
    otherNames: same.map((entry) => ({ hosts: entry.hashed === null ? entry.hosts : '', ...placeOf(entry) })),
  };
}

function addressEntries(entries: readonly KnownHostEntry[], peer: HostPeer): readonly KnownHostEntry[] {
  return peer.address === null ? [] : entriesFor(entries, { ...peer, name: peer.address });
}

function isMarked(marker: HostMarker): (entry: KnownHostEntry) => boolean {
  return (entry) => entry.marker === marker;
}

function factsOf(blob: Uint8Array): PublicKeyFacts | null {
  try {
    return parsePublicKey(blob);
  } catch {
    return null; // A key that no line can have: it is compared by its bytes, and unknown or changed.
  }
}

function placeOf({ file, line }: HostLinePlace): HostLinePlace {
  return { file, line };
}
