import * as l10n from '@vscode/l10n';
import type { Block } from '../../../report/model';
import { contextText } from '../core/formats/context';
import { ndiffText } from '../core/formats/ndiff';
import { normalText } from '../core/formats/normal';
import { unifiedText } from '../core/formats/unified';
import type { TextComparison } from '../core/text/schema';
import type { DeltaFormat, TextsResult } from '../core/text/toolSchema';
import { htmlText } from './textsHtml';
import { verdictOf } from './textsVerdict';

/** The comparison told in that format; bytes that are no text have none. */
export function deltaOf(comparison: TextComparison, format: DeltaFormat): TextsResult['delta'] {
  if (format === 'none') return null;
  return { format, text: textIn(comparison, format) };
}

function textIn(comparison: TextComparison, format: Exclude<DeltaFormat, 'none'>): string {
  switch (format) {
    case 'unified':
      return unifiedText(comparison);
    case 'context':
      return contextText(comparison);
    case 'normal':
      return normalText(comparison);
    case 'ndiff':
      return ndiffText(comparison);
    case 'html':
      return htmlText(comparison, { verdict: verdictOf(comparison) });
  }
}

/** More of it is only in the result, for programs. */
const SHOWN_CHARACTERS = 150_000;

/** A delta as it is; of a page only where it is to be had. */
export function deltaBlocks({ format, text }: NonNullable<TextsResult['delta']>): readonly Block[] {
  if (text === '') return [];
  if (format === 'html') {
    const note = l10n.t('The page can be copied, and is in the result as JSON: delta.text.');
    return [{ kind: 'text', style: 'note', text: note }];
  }
  const isCut = text.length > SHOWN_CHARACTERS;
  return [
    { kind: 'text', style: 'code', title: format, text: isCut ? text.slice(0, SHOWN_CHARACTERS) : text },
    ...(isCut ? [cutNote()] : []),
  ];
}

function cutNote(): Block {
  return {
    kind: 'text',
    style: 'note',
    text: l10n.t('This is its first part; all of it is in the result as JSON: delta.text.'),
  };
}
