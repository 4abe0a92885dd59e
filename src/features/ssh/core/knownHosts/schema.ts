import * as z from 'zod';

export const HOST_PROBLEMS = [
  'broken-marker',
  'broken-names',
  'broken-no-key',
  'broken-key',
  'broken-short-key',
  'duplicate',
  'conflict',
  'dsa',
  'rsa-weak',
  'rsa-short',
  'revoked',
] as const;
export type HostProblem = (typeof HOST_PROBLEMS)[number];

const place = z.string().nullable().describe('FILE:LINE of the other line; null where there is none.');

export const knownHostRow = z.object({
  file: z.string(),
  line: z.int().positive().describe('From 1.'),
  lineDigest: z.string().describe('Tells whether the line is still the same: SHA-256 of its text, in hex.'),
  hosts: z
    .string()
    .describe(
      'Names, addresses and patterns without their ports; the name that was asked for, or "", where it is hashed.',
    ),
  port: z.int().nullable().describe('null where the line is for several ports.'),
  hashed: z.boolean(),
  marker: z.enum(['cert-authority', 'revoked']).nullable(),
  keyType: z.string().nullable().describe('As in the key: ssh-ed25519 …; null where the line is broken.'),
  label: z.string().nullable().describe('As ssh-keygen prints it: ED25519 …'),
  bits: z.int().nullable(),
  fingerprint: z.string().nullable().describe('SHA256:…, as ssh-keygen -l prints it.'),
  comment: z.string(),
  problems: z
    .array(z.enum(HOST_PROBLEMS))
    .describe(
      'broken-…: ssh passes the line over. duplicate: says the same as the line `other`. conflict: another key of the ' +
        'same type for the same name, in the line `other`; one of both is stale. dsa: no longer taken by OpenSSH. ' +
        'rsa-weak: under 2,048 bits. rsa-short: under 3,072 bits. revoked: another line revokes the key.',
    ),
  other: place,
});
export type KnownHostRow = z.infer<typeof knownHostRow>;

const knownHostsFile = z.object({
  path: z.string(),
  state: z.enum(['read', 'missing', 'failed']),
  message: z.string().nullable().describe('Why it could not be read.'),
  mode: z.int().nullable().describe('Permission bits.'),
  writableByOthers: z.boolean(),
});
export type KnownHostsFile = z.infer<typeof knownHostsFile>;

export const knownHostsResult = z.object({
  machine: z.string(),
  host: z.string().nullable().describe('The only host that was asked for.'),
  files: z.array(knownHostsFile),
  lines: z.array(knownHostRow),
});
export type KnownHostsResult = z.infer<typeof knownHostsResult>;

const changedLine = z.object({
  line: z.int().positive(),
  hosts: z.string().describe('As it stands in the line.'),
  key: z.string().describe('Type and fingerprint; "" where the line is broken.'),
});
export type ChangedLine = z.infer<typeof changedLine>;

export const hostEditResult = z.object({
  machine: z.string(),
  action: z.enum(['forget', 'hash', 'restore']),
  file: z.string(),
  backup: z.string().describe('Where the content before is kept; after a restore, where it was taken from.'),
  digest: z.string().describe('SHA-256 of the file now, in hex.'),
  lines: z.array(changedLine).describe('That were removed or hashed, with their numbers before.'),
  kept: z
    .int()
    .nonnegative()
    .describe('Lines with plain names that could not be hashed: patterns, markers, broken ones.'),
});
export type HostEditResult = z.infer<typeof hostEditResult>;
