import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { encodings } from './encoding';
import { masks, parseMasks } from './masks';

/** What of white space does not count: the options of GNU diff in the order -E, -Z, -E -Z, -b, -w. */
export const whitespaceModes = ['exact', 'tabs', 'trailing', 'tabs-and-trailing', 'amount', 'all'] as const;

/** How texts are compared. Every field is plain, so that prompts and flags can be made from it. */
export const textOptions = {
  ignoreCase: z
    .boolean()
    .default(false)
    .describe(l10n.t('Capital and small letters are the same.'))
    .meta({ title: 'Ignore Case' }),
  whitespace: z
    .enum(whitespaceModes)
    .default('exact')
    .describe(
      l10n.t(
        'What of white space does not count: nothing, tabs against as many spaces, white space at the end of lines, both, how much there is, or all of it.',
      ),
    )
    .meta({ title: 'Ignore White Space' }),
  ignoreBlankLines: z
    .boolean()
    .default(false)
    .describe(l10n.t('A change in which all lines are blank does not count.'))
    .meta({ title: 'Ignore Blank Lines' }),
  ignoreMatching: z
    .string()
    .max(1_000)
    .default('')
    .superRefine((pattern, context) => {
      try {
        new RegExp(pattern, 'u');
      } catch (error) {
        context.addIssue({ code: 'custom', message: l10n.t('no regular expression: {0}', (error as Error).message) });
      }
    })
    .describe(l10n.t('A change in which all lines match this regular expression does not count.'))
    .meta({ title: 'Ignore Lines That Match', examples: ['^#', '^\\d{4}-\\d\\d-\\d\\d '] }),
  ignoreCarriageReturns: z
    .boolean()
    .default(false)
    .describe(l10n.t('A carriage return at the end of a line does not count.'))
    .meta({ title: 'Ignore Carriage Returns' }),
  mask: z
    .string()
    .max(200)
    .default('')
    .superRefine((names, context) => {
      if (parseMasks(names) !== null) return;
      context.addIssue({ code: 'custom', message: l10n.t('masks are: {0}, all', masks.join(', ')) });
    })
    .describe(
      l10n.t(
        'What of a line does not count, for one log against another: timestamps, pids, uuids, addresses, hex, or all.',
      ),
    )
    .meta({ title: 'Mask', examples: ['timestamps,pids', 'all'] }),
  minimal: z
    .boolean()
    .default(false)
    .describe(l10n.t('As few changed lines as can be, however long that takes to find.'))
    .meta({ title: 'Minimal' }),
  contextLines: z
    .number()
    .int()
    .min(-1)
    .max(1_000_000)
    .default(3)
    .describe(l10n.t('Unchanged lines that are shown around a change; -1 for all of them.'))
    .meta({ title: 'Lines of Context' }),
  tabSize: z.number().int().min(1).max(64).default(8).describe(l10n.t('Columns of a tab.')).meta({ title: 'Tab Size' }),
  encoding: z
    .enum(['auto', ...encodings])
    .default('auto')
    .describe(l10n.t('How both texts are encoded; without it that is found out for each of them.'))
    .meta({ title: 'Encoding' }),
};

const schema = z.object(textOptions);
export type TextOptions = z.infer<typeof schema>;

/** Everything counts. */
export const PLAIN_OPTIONS: TextOptions = schema.parse({});
