import { z } from 'zod';

const step = z.object({
  kind: z.enum(['name', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication', 'channel', 'shell']),
  elapsedMs: z.number(),
  state: z.enum(['ok', 'failed', 'skipped']),
  message: z.string().describe('Why it failed, or what was found.'),
});

const authTry = z.object({
  method: z.enum(['none', 'publickey', 'password', 'keyboard-interactive', 'hostbased', 'gssapi-with-mic']),
  credential: z.string().describe("'~/.ssh/id_ed25519', 'agent: comment'; '' where the method needs none."),
  outcome: z.enum(['accepted', 'partial', 'refused', 'skipped']),
  message: z.string().describe('Why it was skipped.'),
});

const names = z.array(z.string());

const hop = z.object({
  name: z.string(),
  address: z.string(),
  port: z.number(),
  user: z.string(),
  by: z.object({
    transport: z.enum(['ssh2', 'system']),
    reason: z.string().describe('Why it is the ssh of this computer.'),
  }),
  steps: z.array(step).describe('In their order; the last one is the one that failed, where one did.'),
  banner: z.string().nullable(),
  algorithms: z
    .object({ kex: z.string(), hostKey: z.string(), cipher: z.string(), mac: z.string(), compression: z.string() })
    .nullable()
    .describe('What both sides settled on.'),
  offered: z
    .object({ kex: names, hostKey: names, ciphers: names, macs: names })
    .nullable()
    .describe('What the server offered.'),
  hostKey: z
    .object({
      type: z.string(),
      sha256: z.string(),
      verdict: z.enum(['known', 'unknown', 'changed', 'revoked', 'certified', 'unchecked']),
    })
    .nullable(),
  tries: z.array(authTry),
  accepted: names.nullable().describe('What the server would still accept after the last try.'),
});

export const checkResult = z.object({
  host: z.string(),
  totalMs: z.number(),
  hops: z.array(hop).describe('The jump hosts first.'),
});

export type CheckResult = z.infer<typeof checkResult>;
export type CheckedHop = CheckResult['hops'][number];
export type CheckedStep = CheckedHop['steps'][number];
