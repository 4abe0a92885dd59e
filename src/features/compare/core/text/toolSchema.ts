import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { parseFormRules } from '../config/formRules';
import { configForms } from '../config/forms';
import { readSourceField, sourceField } from '../sources/fields';
import { LARGEST_TEXT_BYTES } from './content';
import { textOptions } from './options';
import { textComparison } from './schema';

/** Given in place of a file, such as what an editor holds and has not saved. */
const inlineText = z.string().max(LARGEST_TEXT_BYTES).optional();

/** How a comparison can be told beside its report. */
export const deltaFormats = ['none', 'unified', 'context', 'normal', 'ndiff', 'html'] as const;

export const textsInput = z.object({
  left: readSourceField
    .describe(
      l10n.t(
        'The older one, where one is: PATH, git:REVISION:PATH, archive:FILE:PATH in a .tar, .tar.gz or .zip, or a URL; on a host with HOST: before it.',
      ),
    )
    .meta({
      title: 'Left',
      examples: [
        '/etc/nginx/nginx.conf',
        'web01:/etc/nginx/nginx.conf',
        'git:HEAD~1:nginx.conf',
        'https://example.com/robots.txt',
      ],
    }),
  right: readSourceField
    .describe(l10n.t('What to compare it with, told in the same way.'))
    .meta({ title: 'Right', examples: ['web02:/etc/nginx/nginx.conf', 'nginx.conf'] }),
  as: z
    .enum(['auto', 'plain', ...configForms])
    .default('auto')
    .describe(
      l10n.t(
        'Configuration files are compared by what they mean: of what kind they are, which their names tell otherwise, or plain for their lines as they are. Deltas that a program reads are of plain lines unless a kind is given.',
      ),
    )
    .meta({ title: 'Compare As' }),
  delta: z
    .enum(deltaFormats)
    .default('none')
    .describe(
      l10n.t(
        'The differences also as a text: as diff -u, diff -c or diff shows them, as Python’s ndiff, or as a page with both sides beside each other.',
      ),
    )
    .meta({ title: 'Delta' }),
  forms: z
    .string()
    .max(10_000)
    .default('')
    .superRefine((text, context) => {
      const rules = parseFormRules(text);
      if (typeof rules === 'string') context.addIssue({ code: 'custom', message: rules });
    })
    .describe(
      l10n.t(
        'How files of certain names are compared, before what their names tell otherwise: NAME=KIND, separated by commas.',
      ),
    )
    .meta({ title: 'Kinds by Name', examples: ['*.tmpl=nginx, motd=plain'] }),
  ...textOptions,
  leftText: inlineText
    .describe(l10n.t('The left text itself; Left is only its name then.'))
    .meta({ title: 'Left Text' }),
  rightText: inlineText
    .describe(l10n.t('The right text itself; Right is only its name then.'))
    .meta({ title: 'Right Text' }),
});
export type TextsInput = z.infer<typeof textsInput>;

export const outputsInput = textsInput.extend({
  left: sourceField
    .describe(
      l10n.t(
        'exec:COMMAND, or HOST:exec:COMMAND for what it writes there: a program with its arguments, in quotes where they hold blanks; no shell reads it. Or anything that Compare Texts takes.',
      ),
    )
    .meta({ title: 'Left', examples: ['web01:exec:nginx -T', 'exec:iptables-save'] }),
  right: sourceField
    .describe(l10n.t('What to compare it with, told in the same way.'))
    .meta({ title: 'Right', examples: ['web02:exec:nginx -T', '/etc/iptables/rules.v4'] }),
});
export type OutputsInput = z.infer<typeof outputsInput>;

export const textsResult = textComparison.extend({
  delta: z
    .object({ format: z.enum(deltaFormats), text: z.string() })
    .nullable()
    .describe('In the format that was asked for; null where none was.'),
});
export type TextsResult = z.infer<typeof textsResult>;
export type DeltaFormat = (typeof deltaFormats)[number];
