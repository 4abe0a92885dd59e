import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../../../lib/errors';
import { splitWords } from '../../../ssh/core/run/words';
import { parsePlace } from './place';

/** What a side names: where it is, and how it is read there. */
export type Source = {
  /** null: the machine of the tool. */
  readonly machine: string | null;
} & What;

type What =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'git'; readonly ref: string; readonly path: string }
  | { readonly kind: 'member'; readonly archive: string; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'command'; readonly line: string };

/** No revision begins so, but a path does: `git:/srv/x` is on a host of that name. */
const GIT = /^git:([^:/~.-][^:]*):(.*)$/s;
/** A drive letter of Windows has a colon of its own. */
const MEMBER = /^archive:((?:[A-Za-z]:[\\/])?[^:]+):(.+)$/s;

/**
 * PATH, git:REVISION:PATH, archive:FILE:PATH, http(s)://… or exec:COMMAND; with HOST: before it, over there. A file
 * with such a name is told by ./ before it.
 */
export function parseSource(text: string): Source {
  const here = parseWhat(text);
  if (here !== null) return { machine: null, ...here };
  const { machine, path } = parsePlace(text);
  return { machine, ...((machine === null ? null : parseWhat(path)) ?? { kind: 'file', path }) };
}

function parseWhat(text: string): What | null {
  const [, ref, path] = GIT.exec(text) ?? [];
  if (ref !== undefined) return { kind: 'git', ref, path: path === undefined || path === '' ? '.' : path };
  const [, archive, member] = MEMBER.exec(text) ?? [];
  if (archive !== undefined && member !== undefined) return { kind: 'member', archive, path: member };
  if (/^https?:\/\//i.test(text)) return { kind: 'url', url: text };
  return text.startsWith('exec:') ? { kind: 'command', line: text.slice('exec:'.length) } : null;
}

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
