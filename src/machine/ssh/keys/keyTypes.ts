/** A kind of SSH public key, without its certificate. */
export interface KeyType {
  /** As in the blob: 'ssh-ed25519'. */
  readonly name: string;
  /** As ssh-keygen prints it: 'ED25519'. */
  readonly label: string;
  readonly family: 'rsa' | 'dsa' | 'ecdsa' | 'ed25519';
  readonly curve: Curve | null;
  /** On a FIDO token: the blob also has the application (OpenSSH PROTOCOL.u2f). */
  readonly onToken: boolean;
}

export interface Curve {
  /** RFC 5656, 10.1. */
  readonly name: 'nistp256' | 'nistp384' | 'nistp521';
  readonly bits: number;
  /** JSON Web Key. */
  readonly jwk: string;
  readonly openssl: string;
  readonly hash: string;
}

const P256: Curve = { name: 'nistp256', bits: 256, jwk: 'P-256', openssl: 'prime256v1', hash: 'sha256' };
const P384: Curve = { name: 'nistp384', bits: 384, jwk: 'P-384', openssl: 'secp384r1', hash: 'sha384' };
const P521: Curve = { name: 'nistp521', bits: 521, jwk: 'P-521', openssl: 'secp521r1', hash: 'sha512' };

const plain = (name: string, label: string, family: KeyType['family'], curve: Curve | null = null): KeyType => ({
  name,
  label,
  family,
  curve,
  onToken: false,
});

const KEY_TYPES: readonly KeyType[] = [
  plain('ssh-ed25519', 'ED25519', 'ed25519'),
  plain('ssh-rsa', 'RSA', 'rsa'),
  plain('ecdsa-sha2-nistp256', 'ECDSA', 'ecdsa', P256),
  plain('ecdsa-sha2-nistp384', 'ECDSA', 'ecdsa', P384),
  plain('ecdsa-sha2-nistp521', 'ECDSA', 'ecdsa', P521),
  plain('ssh-dss', 'DSA', 'dsa'),
  { name: 'sk-ssh-ed25519@openssh.com', label: 'ED25519-SK', family: 'ed25519', curve: null, onToken: true },
  { name: 'sk-ecdsa-sha2-nistp256@openssh.com', label: 'ECDSA-SK', family: 'ecdsa', curve: P256, onToken: true },
];

const byName: ReadonlyMap<string, KeyType> = new Map(KEY_TYPES.map((type) => [type.name, type]));
const byCertificateName: ReadonlyMap<string, KeyType> = new Map(
  KEY_TYPES.map((type) => [certificateTypeName(type.name), type]),
);

/** Names of signature algorithms (RFC 8332) that OpenSSH lets stand for the type of an RSA key. */
const RSA_ALIASES: ReadonlySet<string> = new Set(['rsa-sha2-256', 'rsa-sha2-512']);
const RSA_CERTIFICATE_ALIASES: ReadonlySet<string> = new Set(
  [...RSA_ALIASES].map((alias) => certificateTypeName(alias)),
);

/** The type of that name in a blob, and whether it is that of a certificate; undefined for one that is not known. */
export function keyTypeNamed(name: string): { readonly type: KeyType; readonly certified: boolean } | undefined {
  const type = byName.get(name);
  if (type !== undefined) return { type, certified: false };
  const certified = byCertificateName.get(name);
  return certified === undefined ? undefined : { type: certified, certified: true };
}

/** The name in the blob of a key of which a text says that name: 'rsa-sha2-256' → 'ssh-rsa'. Others stay as they are. */
export function blobTypeOf(name: string): string {
  if (RSA_ALIASES.has(name)) return 'ssh-rsa';
  return RSA_CERTIFICATE_ALIASES.has(name) ? certificateTypeName('ssh-rsa') : name;
}

/** 'ssh-ed25519' → 'ssh-ed25519-cert-v01@openssh.com' (OpenSSH PROTOCOL.certkeys). */
export function certificateTypeName(name: string): string {
  return `${name.replace('@openssh.com', '')}-cert-v01@openssh.com`;
}
