import * as l10n from '@vscode/l10n';
import type { Block, Cell } from '../../../report/model';
import type { TextComparison, TextSide } from '../core/text/schema';
import { isByMeaning } from './textsConfig';
import { originCell } from './textsOrigin';

/** What is known of either side, beside each other; what is not the same is marked where it explains much. */
export function sidesTable(comparison: TextComparison): Block {
  const { left, right, kind } = comparison;
  const byMeaning = isByMeaning(comparison);
  const row = (title: string, cell: (side: TextSide) => Cell): readonly Cell[] => [title, cell(left), cell(right)];
  const told = (title: string, word: (side: TextSide) => string): readonly Cell[] => {
    const differs = word(left) !== word(right);
    return row(title, (side) => (differs ? { text: word(side), status: 'warning' } : word(side)));
  };
  const hasTimes = left.modifiedMs !== null || right.modifiedMs !== null;
  return {
    kind: 'table',
    id: 'sides',
    title: l10n.t('Both Sides'),
    columns: [
      { id: 'what', title: '' },
      { id: 'left', title: left.label },
      { id: 'right', title: right.label },
    ],
    rows: [
      ...(left.origin.kind === 'file' && right.origin.kind === 'file' ? [] : [row(l10n.t('Where From'), originCell)]),
      row(l10n.t('Size'), ({ sizeBytes }) => ({ value: sizeBytes, unit: 'bytes' })),
      ...(hasTimes
        ? [
            row(l10n.t('Modified'), ({ modifiedMs }) =>
              modifiedMs === null ? null : { value: modifiedMs, unit: 'time' },
            ),
          ]
        : []),
      told(l10n.t('Encoding'), encodingText),
      ...(kind === 'text'
        ? [
            row(byMeaning ? l10n.t('Lines as compared') : l10n.t('Lines'), ({ lines }) => ({
              value: lines,
              unit: 'number',
            })),
            told(l10n.t('Line ends'), lineEndsText),
            ...(byMeaning ? [] : [told(l10n.t('Last line'), lastLineText)]),
          ]
        : [row('SHA-256', ({ sha256 }) => sha256)]),
    ],
  };
}

function lastLineText({ endsWithNewline }: TextSide): string {
  return endsWithNewline ? l10n.t('ends with a line feed') : l10n.t('ends without a line feed');
}

function encodingText({ encoding, byteOrderMark, damaged }: TextSide): string {
  const name = encoding === null ? l10n.t('no text') : encoding === 'bytes' ? l10n.t('bytes') : encoding.toUpperCase();
  const whole = byteOrderMark ? l10n.t('{0} with byte order mark', name) : name;
  return damaged ? l10n.t('{0}, some bytes are not', whole) : whole;
}

function lineEndsText({ lineEnds }: TextSide): string {
  switch (lineEnds) {
    case 'lf':
      return 'LF';
    case 'crlf':
      return 'CRLF';
    case 'cr':
      return 'CR';
    case 'mixed':
      return l10n.t('mixed');
    case 'none':
      return l10n.t('none');
  }
}
