import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { boundFields } from '../backup/bounds';

/** Lines of all files that a preview tells, so that it stays in memory. */
export const MOST_PREVIEW_BYTES = 4 * 1_048_576;
/** Of the patch. */
export const LARGEST_PATCH_BYTES = 64 * 1_048_576;

const choices = {
  patch: z
    .string()
    .min(1)
    .max(32_768)
    .describe(l10n.t('The patch, unified or as Git writes it: PATH or HOST:PATH.'))
    .meta({ title: l10n.t('Patch'), examples: ['fix.patch'] }),
  folder: z
    .string()
    .min(1)
    .max(32_768)
    .describe(l10n.t('The folder that it is applied to: a path, or HOST:/path.'))
    .meta({ title: l10n.t('Folder'), examples: ['/srv/site', 'web01:/etc'] }),
  strip: z
    .number()
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe(
      l10n.t(
        'How many parts are taken from the beginning of names, as by patch -p. Without it one where all names begin with a/ and b/, else none.',
      ),
    )
    .meta({ title: l10n.t('Strip') }),
  fuzz: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(2)
    .describe(l10n.t('Lines of context at both ends of a hunk that need not be there, as by patch -F.'))
    .meta({ title: l10n.t('Fuzz') }),
  reverse: z
    .boolean()
    .default(false)
    .describe(l10n.t('Takes the patch back, as patch -R does.'))
    .meta({ title: l10n.t('Reverse') }),
  patchText: z
    .string()
    .max(LARGEST_PATCH_BYTES)
    .optional()
    .describe(l10n.t('The patch itself; Patch is only its name then.'))
    .meta({ title: l10n.t('Text of the Patch') }),
};

export const previewInput = z.object({
  ...choices,
  texts: z
    .boolean()
    .default(false)
    .describe(l10n.t('Also the texts before and after, where there are not too many.'))
    .meta({ title: l10n.t('Texts') }),
});
export type PreviewInput = z.infer<typeof previewInput>;

export const applyInput = z.object({
  ...choices,
  ...boundFields,
  seen: z
    .string()
    .optional()
    .describe(l10n.t('What was confirmed, by a hash of it; set by Opsdeck itself.'))
    .meta({ title: l10n.t('Seen') }),
});
export type ApplyInput = z.infer<typeof applyInput>;
export type PatchChoices = Omit<PreviewInput, 'texts'>;

const hunk = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    line: z.number().describe('Of its first line afterwards, from 1.'),
    offset: z.number().describe('Lines further down than it says.'),
    fuzz: z.number().describe('Lines of context at its ends that did not fit.'),
  }),
  z.object({ kind: z.literal('rejected') }),
]);

const file = z.object({
  path: z.string().describe('Below the folder; afterwards, where it is renamed.'),
  oldPath: z.string().nullable().describe('Of a file that is renamed or copied.'),
  action: z.enum(['change', 'create', 'delete', 'rename', 'copy', 'mode']),
  removed: z.number().describe('Lines.'),
  added: z.number(),
  hunks: z.array(hunk),
  reason: z.string().nullable().describe('Why nothing of it is applied; null where all of it fits.'),
  texts: z
    .object({ before: z.string().nullable(), after: z.string().nullable() })
    .nullable()
    .describe('null where they were not asked for, or are too long; of no file, before or after is null.'),
});
export type PatchedFile = z.infer<typeof file>;

export const previewResult = z.object({
  patch: z.string(),
  place: z.object({ machine: z.string(), path: z.string() }),
  strip: z.number(),
  fuzz: z.number(),
  reverse: z.boolean(),
  files: z.array(file),
  input: z.record(z.string(), z.unknown()).describe('Of compare.applyPatch, to apply it.'),
});
export type PreviewResult = z.infer<typeof previewResult>;
