import * as z from 'zod';

export const KEY_PROBLEMS = [
  'broken',
  'dsa',
  'rsa-weak',
  'rsa-short',
  'ecdsa',
  'not-encrypted',
  'open',
  'other-public-key',
  'expired',
  'not-yet-valid',
  'bad-signature',
] as const;
export type KeyProblem = (typeof KEY_PROBLEMS)[number];

const problems = z
  .array(z.enum(KEY_PROBLEMS))
  .describe(
    'broken: cannot be read. dsa: no longer taken by OpenSSH. rsa-weak: under 2,048 bits. rsa-short: under 3,072 bits. ' +
      'ecdsa: a note, Ed25519 is the simpler choice. not-encrypted: no passphrase. open: others may read it, or write ' +
      'where only the owner should. other-public-key: the .pub file beside belongs to another key. expired, ' +
      'not-yet-valid, bad-signature: of the certificate.',
  );

const key = {
  label: z.string().nullable().describe('As ssh-keygen prints it: ED25519, RSA …; null where it cannot be read.'),
  bits: z.int().nullable(),
  fingerprint: z.string().nullable().describe('SHA256:…, as ssh-keygen -l prints it.'),
  comment: z.string(),
  problems,
};

const certificate = z.object({
  file: z.string(),
  kind: z.enum(['user', 'host']),
  keyId: z.string(),
  serial: z.string(),
  principals: z.array(z.string()),
  validAfterMs: z.number().nullable().describe('Milliseconds since 1970 UTC; null: since ever.'),
  validBeforeMs: z.number().nullable().describe('Milliseconds since 1970 UTC; null: for ever.'),
  caFingerprint: z.string(),
});
export type CertificateRow = z.infer<typeof certificate>;

const privateKey = z.object({
  file: z.string(),
  format: z.enum(['openssh', 'pem', 'pkcs8', 'ppk']),
  ...key,
  encrypted: z.boolean(),
  mode: z.int().nullable().describe('Permission bits.'),
  modifiedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  certificate: certificate.nullable().describe('In the file NAME-cert.pub beside.'),
});
export type PrivateKeyRow = z.infer<typeof privateKey>;

const publicKey = z.object({ file: z.string(), ...key, certificate: certificate.nullable() });
export type PublicKeyRow = z.infer<typeof publicKey>;

const agent = z.object({
  state: z
    .enum(['keys', 'empty', 'none', 'no-program', 'failed'])
    .describe('none: no agent answers. no-program: there is no ssh-add on that machine.'),
  message: z.string().nullable(),
  keys: z.array(z.object(key)),
});
export type AgentRow = z.infer<typeof agent>;

const authorizedKey = z.object({
  file: z.string(),
  line: z.int().positive(),
  text: z.string().describe('The whole line, as it stands there.'),
  options: z.string().describe('As they stand before the key; "" for none.'),
  ...key,
});
export type AuthorizedRow = z.infer<typeof authorizedKey>;

export const keysResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  folder: z.string(),
  folderMode: z.int().nullable().describe('Permission bits; null where there is no such folder, or no such bits.'),
  folderOpen: z.boolean().describe('Others may write there.'),
  privateKeys: z.array(privateKey),
  publicKeys: z.array(publicKey).describe('Files without a private key beside.'),
  agent,
  authorizedKeys: z.array(authorizedKey),
  unread: z.array(z.object({ file: z.string(), message: z.string() })),
});
export type KeysResult = z.infer<typeof keysResult>;

export const generateResult = z.object({
  machine: z.string(),
  file: z.string().describe('The private key; the public one is beside it with .pub.'),
  publicKey: z.string().describe('The line for authorized_keys.'),
  label: z.string(),
  bits: z.int(),
  fingerprint: z.string(),
  art: z.string().describe('The picture of ssh-keygen -lv.'),
  passphraseCommand: z
    .string()
    .nullable()
    .describe('What sets the passphrase in a terminal; null where none is wanted.'),
});
export type GenerateResult = z.infer<typeof generateResult>;

export const authorizeResult = z.object({
  machine: z.string(),
  action: z.enum(['install', 'remove']),
  outcome: z.enum(['done', 'present', 'absent']).describe('present, absent: it was so before, nothing was changed.'),
  file: z.string(),
  line: z.string().describe('The line, with the public key.'),
  label: z.string(),
  bits: z.int(),
  fingerprint: z.string(),
  comment: z.string(),
  options: z.string().describe('As they stand before the key; "" for none.'),
  backup: z
    .string()
    .nullable()
    .describe('Where the file before is kept; null where there was none or nothing changed.'),
  sshdRefuses: z
    .string()
    .nullable()
    .describe('The path with permissions for which sshd refuses the file (StrictModes); null where all is well.'),
});
export type AuthorizeResult = z.infer<typeof authorizeResult>;
