import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { treeSourceField } from '../sources/fields';

/** filecmp.DEFAULT_IGNORES of CPython 3.13. */
export const DEFAULT_IGNORES: readonly string[] = [
  'RCS',
  'CVS',
  'tags',
  '.git',
  '.hg',
  '.bzr',
  '_darcs',
  '__pycache__',
];

const METADATA = ['mode', 'owner', 'mtime', 'xattr'] as const;
export type Metadata = (typeof METADATA)[number];

/** What of a folder is looked at: the same for whatever walks one. */
export const walkInputs = {
  ignore: z
    .string()
    .default('')
    .describe(
      l10n.t(
        'Names that are left out wherever they are, separated by commas. DEFAULT_IGNORES stands for those of filecmp.',
      ),
    )
    .meta({ title: l10n.t('Ignored Names'), examples: ['DEFAULT_IGNORES', '.git, node_modules'] }),
  exclude: z
    .string()
    .default('')
    .describe(l10n.t('Globs of what is left out, separated by commas; with a slash at the end, folders only.'))
    .meta({ title: l10n.t('Excluded'), examples: ['*.log, cache/'] }),
  oneFileSystem: z
    .boolean()
    .default(false)
    .describe(l10n.t('Does not enter folders on which another file system is mounted.'))
    .meta({ title: l10n.t('One File System') }),
};

export const directoriesInput = z.object({
  left: treeSourceField
    .describe(
      l10n.t(
        'A folder, HOST:/folder, git:REVISION:FOLDER, a .tar, .tar.gz or .zip archive (archive:FILE:FOLDER for a folder in it), or a manifest that was saved of a folder.',
      ),
    )
    .meta({
      title: l10n.t('Left'),
      examples: [
        '/srv/site',
        'web01:/srv/site',
        'git:main:site',
        'site.tar.gz',
        'archive:site.zip:site-1.2',
        'site.manifest',
      ],
    }),
  right: treeSourceField
    .describe(l10n.t('What to compare it with, told in the same way.'))
    .meta({ title: l10n.t('Right'), examples: ['/srv/site.new', 'web02:/srv/site'] }),
  more: z
    .string()
    .default('')
    .describe(l10n.t('Further folders, separated by commas: then each path is told by majority and outliers.'))
    .meta({ title: l10n.t('More Sides'), examples: ['web03:/srv/site, web04:/srv/site'] }),
  mode: z
    .enum(['deep', 'hash', 'shallow', 'size'])
    .default('deep')
    .describe(
      l10n.t(
        'How files are compared. deep: byte by byte, or by SHA-256 where they are on different machines. hash: by SHA-256. shallow: the same kind, size and time are the same file, else byte by byte (as filecmp). size: by size only.',
      ),
    )
    .meta({ title: l10n.t('Mode') }),
  ignore: walkInputs.ignore,
  include: z
    .string()
    .default('')
    .describe(l10n.t('Only files that one of these globs fits, separated by commas.'))
    .meta({ title: l10n.t('Included Files'), examples: ['*.conf, conf.d/**'] }),
  exclude: walkInputs.exclude,
  gitignore: z
    .boolean()
    .default(false)
    .describe(l10n.t('Leaves out what the .gitignore files in the folders say.'))
    .meta({ title: l10n.t('Follow .gitignore') }),
  ignoreCase: z
    .boolean()
    .default(false)
    .describe(l10n.t('Names that differ only in case are the same name.'))
    .meta({ title: l10n.t('Ignore Case of Names') }),
  metadata: z
    .string()
    .default('')
    .refine((text) => wordsOf(text).every((word) => METADATA.some((one) => one === word)), {
      message: METADATA.join(', '),
    })
    .describe(
      l10n.t(
        'What else has to be the same, separated by commas: mode, owner (uid and gid), mtime, xattr (extended attributes, where getfattr is installed).',
      ),
    )
    .meta({ title: l10n.t('Metadata'), examples: ['mode, owner', 'mode, owner, mtime, xattr'] }),
  timeTolerance: z
    .number()
    .min(0)
    .max(86_400)
    .default(0)
    .describe(l10n.t('Times that are no further apart than so many seconds are the same.'))
    .meta({ title: l10n.t('Tolerance of Times'), examples: [2] }),
  recursive: z
    .boolean()
    .default(true)
    .describe(l10n.t('Also what is in the folders below.'))
    .meta({ title: l10n.t('Recursive') }),
  oneFileSystem: walkInputs.oneFileSystem,
  only: z
    .string()
    .default('')
    .describe(l10n.t('Paths below the folders, one a line: nothing but these and what is below them is looked at.'))
    .meta({ title: l10n.t('Only These Paths'), examples: ['etc/nginx'] }),
  moved: z
    .boolean()
    .default(false)
    .describe(l10n.t('Finds files that are only somewhere else, by their content.'))
    .meta({ title: l10n.t('Find Moved Files') }),
  identical: z
    .boolean()
    .default(false)
    .describe(l10n.t('Also tells the paths that are the same.'))
    .meta({ title: l10n.t('Tell Identical Paths') }),
  closure: z
    .enum(['none', 'top', 'partial', 'full'])
    .default('none')
    .describe(
      l10n.t(
        'The report of filecmp.dircmp as text: of the folder (report), also of those directly in it (report_partial_closure), of all (report_full_closure).',
      ),
    )
    .meta({ title: l10n.t('Report of filecmp') }),
});
export type DirectoriesInput = z.infer<typeof directoriesInput>;

/** Words separated by commas or line breaks. */
export function wordsOf(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function ignoredNames(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => (word === 'DEFAULT_IGNORES' ? DEFAULT_IGNORES : [word]));
}

export function metadataOf(text: string): readonly Metadata[] {
  return METADATA.filter((one) => wordsOf(text).includes(one));
}
