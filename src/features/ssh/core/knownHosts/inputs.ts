import * as z from 'zod';
import * as l10n from '@vscode/l10n';

const file = z
  .string()
  .min(1)
  .optional()
  .describe(l10n.t('A known_hosts file of that machine. Default: ~/.ssh/known_hosts.'))
  .meta({ title: 'File', examples: ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts'] });

const host = z
  .string()
  .trim()
  .min(1)
  .optional()
  .describe(l10n.t('Name or address, with a port other than 22 as [name]:port. Hashed lines are found as well.'))
  .meta({ title: 'Host', examples: ['web01', '10.0.0.7', '[web01]:2222'] });

const digest = z
  .string()
  .optional()
  .describe(l10n.t('SHA-256 of the file as it was shown, in hex: nothing is changed when it is another one.'))
  .meta({ title: 'Digest of the File' });

export const knownHostsInput = z.object({
  host,
  file: file.describe(l10n.t("A known_hosts file of that machine. Default: the user's and the system's.")),
});
export type KnownHostsInput = z.infer<typeof knownHostsInput>;

const forgetFields = z.object({
  host,
  file,
  line: z.int().positive().optional().describe(l10n.t('Only that line of the file, from 1.')).meta({ title: 'Line' }),
  lineDigest: z
    .string()
    .optional()
    .describe(l10n.t('Of that line, as ssh.knownHosts tells it.'))
    .meta({ title: 'Digest of the Line' }),
  digest,
});
export const forgetHostInput = forgetFields.refine(
  (input) => (input.host === undefined) !== (input.line === undefined),
  {
    path: ['host'],
    error: () => l10n.t('Name a host, or a line of a file.'),
  },
);
export type ForgetHostInput = z.infer<typeof forgetHostInput>;

export const hashKnownHostsInput = z.object({ file, digest });
export type HashKnownHostsInput = z.infer<typeof hashKnownHostsInput>;

export const restoreKnownHostsInput = z.object({
  file: z.string().min(1).describe(l10n.t('The known_hosts file of that machine.')).meta({ title: 'File' }),
  backup: z.string().min(1).describe(l10n.t('A backup of it that Opsdeck made, beside it.')).meta({ title: 'Backup' }),
  digest: z
    .string()
    .min(1)
    .describe(l10n.t('SHA-256 of the file as the change left it, in hex: it is not restored when it is another one.'))
    .meta({ title: 'Digest of the File' }),
});
export type RestoreKnownHostsInput = z.infer<typeof restoreKnownHostsInput>;
