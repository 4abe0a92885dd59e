import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { verify } from '../../../../machine/copy/verify';
import { boundFields } from '../backup/bounds';
import { directoriesInput } from '../trees/inputs';

export const DIRECTIONS = [
  'mirror-right',
  'mirror-left',
  'update-right',
  'update-left',
  'add-right',
  'add-left',
  'both',
  'none',
] as const;
export type Direction = (typeof DIRECTIONS)[number];

const LONGEST_LIST = 4 * 1_048_576;
const { mode, timeTolerance, ignore, include, exclude, gitignore, oneFileSystem } = directoriesInput.shape;
const folder = z.string().min(1);
const paths = z.string().max(LONGEST_LIST).default('');

/** What is to become of two folders. */
const choices = {
  left: folder.describe(l10n.t('A folder, or HOST:/folder.')).meta({ title: l10n.t('Left'), examples: ['/srv/site'] }),
  right: folder.describe(l10n.t('The other folder, or HOST:/folder.')).meta({
    title: l10n.t('Right'),
    examples: ['web02:/srv/site'],
  }),
  direction: z
    .enum(DIRECTIONS)
    .describe(
      l10n.t(
        'What is done. mirror-right: the right becomes like the left, what it has beyond is deleted. update-right: what is missing there or older is copied, nothing is deleted. add-right: only what is missing there. both: each gets what it lacks, and the newer of two. none: only what takeLeft and takeRight name.',
      ),
    )
    .meta({ title: l10n.t('Direction') }),
  takeLeft: paths
    .describe(
      l10n.t(
        'Paths below the folders of which the right becomes like the left, with all that is below them: one a line, or a JSON array.',
      ),
    )
    .meta({ title: l10n.t('Take Left'), examples: ['conf.d', '["a, b.txt"]'] }),
  takeRight: paths
    .describe(l10n.t('Paths of which the left becomes like the right.'))
    .meta({ title: l10n.t('Take Right'), examples: ['conf.d'] }),
  skip: paths
    .describe(l10n.t('Paths that are left alone.'))
    .meta({ title: l10n.t('Leave Alone'), examples: ['cache'] }),
  mode,
  metadata: z
    .enum(['none', 'mode', 'mode, mtime'])
    .default('mode, mtime')
    .describe(l10n.t('What is made the same of files whose content is: nothing, permissions, or also times.'))
    .meta({ title: l10n.t('Metadata') }),
  timeTolerance,
  ignore,
  include,
  exclude,
  gitignore,
  oneFileSystem,
};

export const planInput = z.object({
  ...choices,
  as: z
    .enum(['report', 'rsync', 'patch', 'tar'])
    .default('report')
    .describe(
      l10n.t(
        'Also as a text that other programs take: commands for rsync, a patch as Git writes it, or a list for tar -T. Nothing is run.',
      ),
    )
    .meta({ title: l10n.t('Also As') }),
});
export type PlanInput = z.infer<typeof planInput>;

export const syncInput = z.object({
  ...choices,
  verify,
  ...boundFields,
  plan: z
    .number()
    .optional()
    .describe(l10n.t('The plan that was confirmed, by the time when it was made; set by Opsdeck itself.'))
    .meta({ title: l10n.t('Plan') }),
});
export type SyncInput = z.infer<typeof syncInput>;

export type PlanChoices = Omit<PlanInput, 'as'>;
