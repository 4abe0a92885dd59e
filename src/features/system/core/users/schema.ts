import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { quantity } from '../fields';

export const usersInput = z.object({
  user: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(l10n.t('Only sessions and logins of this user.'))
    .meta({ title: 'User', examples: ['root'] }),
  history: z
    .int()
    .min(0)
    .max(1_000)
    .default(20)
    .describe(l10n.t('How many of the last logins and failed logins are told; 0 for none.'))
    .meta({ title: 'Last Logins', examples: [20] }),
});
export type UsersInput = z.infer<typeof usersInput>;

const frontProcess = z.object({
  pid: z.int().positive(),
  startTicks: z.number().nonnegative().describe('Clock ticks since boot.'),
  commandLine: z.array(z.string()),
});
export type FrontProcess = z.infer<typeof frontProcess>;

export const userSession = z.object({
  user: z.string(),
  terminal: z.string().nullable().describe('Such as pts/3, tty1 or :0.'),
  host: z.string().nullable().describe('Where from; null for a login at the machine itself.'),
  sinceMs: quantity('Milliseconds since 1970 UTC.'),
  idleMs: quantity('Since the last sign of life on the terminal.'),
  idleFrom: z
    .enum(['input', 'output'])
    .nullable()
    .describe(
      'What idling is counted from: the last key (as who and w do), or the last output where only that is known.',
    ),
  pid: z.int().nullable().describe('The process of the login.'),
  startTicks: z.number().nullable().describe('When that process started; null where it has ended.'),
  ended: z.boolean().describe('Its process is gone: the record was left behind.'),
  messages: z.boolean().nullable().describe('Whether others may write to the terminal, see mesg(1).'),
  type: z.string().nullable().describe('tty, x11, wayland …, where systemd-logind tells.'),
  front: frontProcess.nullable().describe('What runs in front on the terminal.'),
});
export type UserSession = z.infer<typeof userSession>;

const pastLogin = z.object({
  kind: z.enum(['login', 'boot', 'shutdown', 'clock']).describe('clock: the time was set.'),
  user: z.string().nullable(),
  terminal: z.string().nullable(),
  host: z.string().nullable().describe('Where from; of a boot the version of the kernel.'),
  pid: z.int().nullable(),
  fromMs: z.number().describe('Milliseconds since 1970 UTC.'),
  toMs: z.number().nullable().describe('null while it goes on, or where the end is not known.'),
  end: z
    .enum(['logout', 'shutdown', 'crash', 'still', 'gone', 'none'])
    .describe('crash: the machine came up again without a shutdown; gone: no logout was recorded; none: a moment.'),
});
export type PastLogin = z.infer<typeof pastLogin>;

const failedLogin = z.object({
  user: z.string(),
  terminal: z.string().nullable(),
  host: z.string().nullable(),
  atMs: z.number().describe('Milliseconds since 1970 UTC.'),
});
export type FailedLogin = z.infer<typeof failedLogin>;

const record = z.object({
  unavailable: z.string().nullable().describe('Why it is not known; null when it is.'),
  complete: z.boolean().describe('The whole file was read.'),
  beginsMs: quantity('Time of the oldest record that was read.'),
});

export const usersResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  filter: z.object({ user: z.string().nullable(), history: z.int() }),
  hostName: z.string().nullable(),
  source: z.enum(['utmp', 'loginctl']).nullable().describe('Where the sessions come from.'),
  unavailable: z.string().nullable().describe('Why it is not known who is logged in; null when it is.'),
  sessions: z.array(userSession),
  ownTerminal: z.string().nullable().describe('Terminal of Opsdeck itself, as tty(1) prints it; null without one.'),
  waitingTerminals: z.array(z.string()).describe('Where a login prompt waits.'),
  bootedAtMs: quantity('Milliseconds since 1970 UTC, from the kernel.'),
  bootRecordMs: quantity('The same as recorded at boot, by the clock of that time (who -b).'),
  uptimeSeconds: quantity('Since boot.'),
  load: z.object({ one: z.number(), five: z.number(), fifteen: z.number() }).nullable(),
  runLevel: z
    .object({ current: z.string(), previous: z.string().nullable(), sinceMs: z.number().nullable() })
    .nullable(),
  logins: record.extend({ entries: z.array(pastLogin).describe('Newest first.') }).nullable(),
  failedLogins: record.extend({ entries: z.array(failedLogin).describe('Newest first.') }).nullable(),
});
export type UsersResult = z.infer<typeof usersResult>;
