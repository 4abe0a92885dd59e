import * as l10n from '@vscode/l10n';
import * as z from 'zod';

/** How it is made sure that a copy is whole, as a field of a tool's input. */
export const verify = z
  .enum(['none', 'size', 'hash'])
  .default('size')
  .describe(l10n.t('What is compared before a file gets its name: nothing, its size, or the SHA-256 of both sides.'))
  .meta({ title: 'Verify' });

export type Verify = z.infer<typeof verify>;
