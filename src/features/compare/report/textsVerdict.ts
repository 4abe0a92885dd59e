import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../report/format';
import type { TextOptions } from '../core/text/options';
import type { TextComparison } from '../core/text/schema';

const { value } = createFormatter({ locale: 'en' });
const number = (count: number): string => value(count, 'number');

export function verdictOf(comparison: TextComparison): string {
  const { left, right, outcome, kind } = comparison;
  switch (outcome) {
    case 'identical':
      return l10n.t('{0} and {1} are the same, byte for byte.', left.label, right.label);
    case 'same-text':
      return l10n.t('{0} and {1} hold the same text; only {2} differ.', left.label, right.label, formsOf(comparison));
    case 'ignored':
      return l10n.t(
        '{0} and {1} differ only in what does not count: {2}.',
        left.label,
        right.label,
        ignoredText(comparison),
      );
    case 'different':
      return kind === 'bytes' ? bytesVerdict(comparison) : textVerdict(comparison);
  }
}

function textVerdict({ left, right, counts, similarity }: TextComparison): string {
  const places =
    counts.changes === 1
      ? l10n.t('{0} and {1} differ in one place', left.label, right.label)
      : l10n.t('{0} and {1} differ in {2} places', left.label, right.label, number(counts.changes));
  const share = value(shownPercent(similarity), 'percent');
  return l10n.t(
    '{0}: {1} only on the left, {2} only on the right, {3} alike.',
    places,
    linesText(counts.removed),
    linesText(counts.added),
    share,
  );
}

/** 0 to 1 → percent, rounded down: 100 stands for nothing but the same. */
export function shownPercent(similarity: number): number {
  return Math.floor(similarity * 1_000) / 10;
}

function linesText(count: number): string {
  return count === 1 ? l10n.t('one line') : l10n.t('{0} lines', number(count));
}

function bytesVerdict({ left, right, firstDifference }: TextComparison): string {
  const offset = firstDifference?.offset ?? 0;
  if (offset === Math.min(left.sizeBytes, right.sizeBytes)) {
    const [shorter, longer] = left.sizeBytes < right.sizeBytes ? [left, right] : [right, left];
    return l10n.t(
      '{0} begins with all of {1} and is longer by {2}.',
      longer.label,
      shorter.label,
      value(longer.sizeBytes - shorter.sizeBytes, 'bytes'),
    );
  }
  return l10n.t(
    '{0} and {1} differ and are no text; the first difference is at byte {2}.',
    left.label,
    right.label,
    number(offset),
  );
}

/** In what two contents with the same lines differ. */
function formsOf({ left, right, options }: TextComparison): string {
  const forms = [
    ...(left.encoding === right.encoding ? [] : [l10n.t('encodings')]),
    ...(left.byteOrderMark === right.byteOrderMark ? [] : [l10n.t('byte order marks')]),
    ...(options.ignoreCarriageReturns && left.lineEnds !== right.lineEnds ? [l10n.t('line ends')] : []),
  ];
  return forms.length === 0 ? l10n.t('the bytes') : forms.join(l10n.t(', '));
}

function ignoredText({ options }: TextComparison): string {
  const things = ignoredThings(options);
  return things.length === 0 ? l10n.t('the bytes') : things.join(l10n.t(', '));
}

/** What these options do not count. */
export function ignoredThings(options: TextOptions): readonly string[] {
  return [
    ...(options.ignoreCase ? [l10n.t('capital and small letters')] : []),
    ...whitespaceThings(options.whitespace),
    ...(options.ignoreBlankLines ? [l10n.t('blank lines')] : []),
    ...(options.ignoreMatching === '' ? [] : [l10n.t('lines that match {0}', options.ignoreMatching)]),
    ...(options.ignoreCarriageReturns ? [l10n.t('carriage returns')] : []),
  ];
}

function whitespaceThings(mode: TextOptions['whitespace']): readonly string[] {
  switch (mode) {
    case 'exact':
      return [];
    case 'tabs':
      return [l10n.t('tabs in place of blanks')];
    case 'trailing':
      return [l10n.t('white space at the end of lines')];
    case 'tabs-and-trailing':
      return [l10n.t('tabs in place of blanks'), l10n.t('white space at the end of lines')];
    case 'amount':
      return [l10n.t('how much white space there is')];
    case 'all':
      return [l10n.t('white space')];
  }
}
