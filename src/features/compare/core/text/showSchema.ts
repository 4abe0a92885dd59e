import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { readSourceField } from '../sources/fields';
import { encodings } from './encoding';

/** What an editor can be asked to show; more is refused. */
export const LARGEST_SHOWN_BYTES = 50 * 1024 * 1024;

export const showInput = z.object({
  source: readSourceField
    .describe(
      l10n.t(
        'PATH, git:REVISION:PATH, archive:FILE:PATH in a .tar, .tar.gz or .zip, or a URL; on a host with HOST: before it.',
      ),
    )
    .meta({ title: l10n.t('File'), examples: ['git:HEAD~1:nginx.conf', 'archive:etc.tgz:etc/hosts'] }),
});
export type ShowInput = z.infer<typeof showInput>;

export const showResult = z.object({
  label: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number().nullable().describe('Milliseconds since 1970 UTC; null where there is no such time.'),
  encoding: z.enum(encodings).nullable().describe('null: it is no text.'),
  text: z.string().nullable().describe('null: it is no text.'),
});
export type ShowResult = z.infer<typeof showResult>;
