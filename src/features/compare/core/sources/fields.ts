import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { splitWords } from '../../../../lib/commandWords';
import { ExpectedError } from '../../../../lib/errors';
import { parseSource, type Source } from './source';

/** A field for one that is only read; why a text cannot be one is told while it is typed. */
export const readSourceField = fieldFor((source) =>
  source.kind === 'command' ? l10n.t('what a command writes is compared by compare.outputs, which asks first') : null,
);

/** A field for what holds files. */
export const treeSourceField = fieldFor((source) =>
  source.kind === 'command' || source.kind === 'url' ? l10n.t('that is no folder') : null,
);

/** A field for one that may be a command. */
export const sourceField = fieldFor(() => null);

function fieldFor(refusal: (source: Source) => string | null): z.ZodString {
  return z
    .string()
    .min(1)
    .max(32_768)
    .superRefine((text, context) => {
      const source = parseSource(text);
      const message = refusal(source) ?? problemOf(source);
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
}

function problemOf(source: Source): string | null {
  if (source.kind === 'url') return urlProblem(source.url);
  if (source.kind !== 'command') return null;
  try {
    splitWords(source.line);
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return l10n.t('"{0}" is no URL', text);
  const { username, password } = new URL(text);
  return username === '' && password === ''
    ? null
    : l10n.t('a URL is given without a user or password: inputs are kept, and shown in reports');
}
