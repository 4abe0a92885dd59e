import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { verify } from '../../../../machine/copy/verify';

const LONGEST_PATH = 32_768;

const path = z.string().min(1).max(LONGEST_PATH);

export const transferInput = z.object({
  from: path
    .describe(l10n.t('The file or folder to copy. A path that is not absolute starts at the home folder.'))
    .meta({ title: 'From', examples: ['~/site', '/etc/nginx'] }),
  to: path
    .describe(
      l10n.t('Where it goes: into this folder where there is one, or where it ends with a slash; else by this name.'),
    )
    .meta({ title: 'To', examples: ['/srv/site', '~/'] }),
  onConflict: z
    .enum(['refuse', 'skip', 'overwrite', 'newer', 'resume'])
    .default('refuse')
    .describe(
      l10n.t(
        'What is done with files that are there already: nothing at all is copied, they are left, replaced, replaced by newer ones, or what a cut left unfinished is completed.',
      ),
    )
    .meta({ title: 'Files That Are There' }),
  verify,
  links: z
    .enum(['keep', 'follow', 'skip'])
    .default('keep')
    .describe(l10n.t('Symbolic links are copied as links, as what they lead to, or not at all.'))
    .meta({ title: 'Symbolic Links' }),
  keepModes: z
    .boolean()
    .default(true)
    .describe(l10n.t('Permission bits are kept.'))
    .meta({ title: 'Keep Permissions' }),
  keepTimes: z
    .boolean()
    .default(true)
    .describe(l10n.t('Times of modification are kept.'))
    .meta({ title: 'Keep Times' }),
  exclude: z
    .string()
    .max(16_384)
    .default('')
    .describe(
      l10n.t(
        'Patterns of what is left out, separated by commas: * and ? within a name, ** across folders; with a slash inside they start at the folder that is copied, with one at the end they mean folders.',
      ),
    )
    .meta({ title: 'Leave Out', examples: ['node_modules/, *.log'] }),
  exact: z
    .boolean()
    .default(false)
    .describe(l10n.t('`to` is its new name in any case, also where there is a folder of that name.'))
    .meta({ title: 'Exactly That Name' }),
  keepParts: z
    .boolean()
    .default(true)
    .describe(l10n.t('What was sent of a large file is kept when it could not be finished, for a run with `resume`.'))
    .meta({ title: 'Keep Unfinished Parts' }),
});
export type TransferInput = z.infer<typeof transferInput>;

const { from, ...others } = transferInput.shape;

export const acrossInput = z.object({
  from,
  host: z
    .string()
    .trim()
    .min(1)
    .describe(l10n.t('The host that it goes to.'))
    .meta({ title: 'To Host', suggest: 'hosts', examples: ['web02'] }),
  ...others,
  verify: z
    .enum(['size', 'hash'])
    .default('hash')
    .describe(l10n.t('What is compared before a file gets its name: its size, or the SHA-256 of both sides.'))
    .meta({ title: 'Verify' }),
  move: z
    .boolean()
    .default(false)
    .describe(l10n.t('The original is deleted when all of it is there and verified.'))
    .meta({ title: 'Move' }),
});
export type AcrossInput = z.infer<typeof acrossInput>;

/** 'across': to another host, through this computer. */
export type Direction = 'upload' | 'download' | 'across';
