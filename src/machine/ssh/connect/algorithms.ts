import { getCiphers, getHashes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Algorithms } from 'ssh2';
import { matchPattern } from '../config/patterns';
import type { HostOptions } from '../options';

/** The kinds of algorithms that both sides settle, with the option that names them. */
export type AlgorithmKind = 'kex' | 'hostKey' | 'cipher' | 'mac';

/** What ssh2 1.17 knows and is safe, the best first. */
const SAFE: Readonly<Record<AlgorithmKind, readonly string[]>> = {
  kex: [
    'curve25519-sha256@libssh.org',
    'curve25519-sha256',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group18-sha512',
  ],
  hostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  // AES-GCM first: without its native part ssh2 is slow with ChaCha20.
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  mac: [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha1-etm@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
    'hmac-sha1',
  ],
};

/** What only old devices need: offered only where the options of the host name it. */
const LEGACY: Readonly<Record<AlgorithmKind, readonly string[]>> = {
  kex: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  hostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  mac: ['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96', 'hmac-ripemd160'],
};

/**
 * The orders that OpenSSH has by itself: `ssh -G` tells a list also where nobody has said anything, and then ours is the
 * better one. Ciphers up to 9.9, and later; host keys up to 8.4, and later.
 */
const OPENSSH: Readonly<Record<'cipher' | 'hostKey', readonly (readonly string[])[]>> = {
  cipher: [
    'chacha20-poly1305@openssh.com aes128-ctr aes192-ctr aes256-ctr aes128-gcm@openssh.com aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com aes128-gcm@openssh.com aes256-gcm@openssh.com aes128-ctr aes192-ctr aes256-ctr',
  ].map((names) => names.split(' ')),
  hostKey: [
    'ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 ssh-ed25519 rsa-sha2-512 rsa-sha2-256',
    'ssh-ed25519 ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 rsa-sha2-512 rsa-sha2-256',
  ].map((names) => names.split(' ')),
};

/** How Node's OpenSSL (or Electron's BoringSSL, which has fewer) calls what they need. */
const CIPHER_NEEDS: Readonly<Record<string, string>> = {
  'aes128-gcm@openssh.com': 'aes-128-gcm',
  'aes256-gcm@openssh.com': 'aes-256-gcm',
  '3des-cbc': 'des-ede3-cbc',
  'chacha20-poly1305@openssh.com': 'chacha20',
};
const HASH_NEEDS: Readonly<Record<string, string>> = {
  'hmac-md5': 'md5',
  'hmac-md5-96': 'md5',
  'hmac-ripemd160': 'ripemd160',
};

export type Offer = Readonly<Record<AlgorithmKind, readonly string[]>> & { readonly compression: boolean };

/** The safe ones that the options leave, in their order, and after them the old ones that they name. A list may be empty. */
export function offerFor(options: HostOptions, knownHostKeyTypes: readonly string[]): Offer {
  return {
    kex: ordered('kex', options.kexAlgorithms),
    hostKey: hostKeysOf(ordered('hostKey', options.hostKeyAlgorithms), knownHostKeyTypes),
    cipher: ciphersOf(ordered('cipher', options.ciphers)).filter(cipherExists),
    mac: ordered('mac', options.macs).filter(macExists),
    compression: options.compression,
  };
}

/** In the form of ssh2. */
export function ssh2Algorithms({ kex, hostKey, cipher, mac, compression }: Offer): Algorithms {
  const zlib = ['zlib@openssh.com', 'zlib', 'none'] as const;
  const offered = {
    kex: [...kex],
    serverHostKey: [...hostKey],
    cipher: [...cipher],
    hmac: [...mac],
    compress: compression ? [...zlib] : [...zlib].reverse(),
  };
  return offered as Algorithms; // Its types list the names; all of ours are among them.
}

export function isLegacy(kind: AlgorithmKind, name: string): boolean {
  return LEGACY[kind].includes(name);
}

/** Kinds of which nothing is left to offer: post-quantum only, for example. */
export function emptyKinds(offer: Offer): readonly AlgorithmKind[] {
  return (['kex', 'hostKey', 'cipher', 'mac'] as const).filter((kind) => offer[kind].length === 0);
}

/** Of a list of ssh_config(5): `+` puts names behind the defaults, `^` before them, `-` takes them away. */
function ordered(kind: AlgorithmKind, named: readonly string[]): readonly string[] {
  const safe = SAFE[kind];
  const { sign, patterns } = listOf(named);
  const matching = patterns.flatMap((pattern) =>
    [...safe, ...LEGACY[kind]].filter((name) => matchPattern(name, pattern)),
  );
  if (named.length === 0 || sign === '-') return safe.filter((name) => !matching.includes(name));
  const names = [...new Set([...(sign === '+' ? safe : []), ...matching, ...(sign === '^' ? safe : [])])];
  return [...names.filter((name) => safe.includes(name)), ...names.filter((name) => !safe.includes(name))];
}

/** Where all the safe ones stand as OpenSSH has them by itself, nobody has wished for an order. */
function ciphersOf(ciphers: readonly string[]): readonly string[] {
  const safe = ciphers.filter((name) => SAFE.cipher.includes(name));
  const isDefault = OPENSSH.cipher.some((names) => isDeepStrictEqual(names, safe));
  return isDefault ? [...SAFE.cipher, ...ciphers.filter((name) => !SAFE.cipher.includes(name))] : ciphers;
}

/**
 * Those that are known come first, so that a server with several keys shows one that can be compared; not where the
 * user has given an order (as OpenSSH's order_hostkeyalgs).
 */
function hostKeysOf(names: readonly string[], knownTypes: readonly string[]): readonly string[] {
  const safe = names.filter((name) => SAFE.hostKey.includes(name));
  const isDefault = OPENSSH.hostKey.some((all) =>
    isDeepStrictEqual(
      all.filter((name) => safe.includes(name)),
      safe,
    ),
  );
  return isDefault ? knownFirst(names, knownTypes) : names;
}

/**
 * Whether a list of ssh_config(5) leaves the name: `+` and `^` at its beginning add to the defaults, `-` takes away.
 * Where ssh -G told the list, that is applied already.
 */
export function isNamed(name: string, named: readonly string[], defaults: readonly string[]): boolean {
  const { sign, patterns } = listOf(named);
  const listed = patterns.some((pattern) => matchPattern(name, pattern));
  if (sign === '') return listed;
  return sign === '-' ? defaults.includes(name) && !listed : defaults.includes(name) || listed;
}

function listOf(named: readonly string[]): { readonly sign: string; readonly patterns: readonly string[] } {
  const sign = /^[-+^]/u.exec(named[0] ?? '')?.[0] ?? '';
  return { sign, patterns: named.map((pattern, index) => (index === 0 ? pattern.slice(sign.length) : pattern)) };
}

function knownFirst(algorithms: readonly string[], knownTypes: readonly string[]): readonly string[] {
  const isKnown = (name: string): boolean => knownTypes.includes(name.startsWith('rsa-sha2-') ? 'ssh-rsa' : name);
  return [...algorithms.filter(isKnown), ...algorithms.filter((name) => !isKnown(name))];
}

function cipherExists(name: string): boolean {
  return getCiphers().includes(CIPHER_NEEDS[name] ?? name.replace(/^aes(\d+)-/u, 'aes-$1-'));
}

function macExists(name: string): boolean {
  const hash = HASH_NEEDS[name];
  return hash === undefined || getHashes().some((known) => known.toLowerCase() === hash);
}
