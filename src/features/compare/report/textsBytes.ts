import * as l10n from '@vscode/l10n';
import type { Block } from '../../../report/model';
import type { TextComparison } from '../core/text/schema';

const ROW_BYTES = 16;

/** The bytes around the first difference, as hexdump -C has them. */
export function bytesBlocks({ left, right, firstDifference }: TextComparison): readonly Block[] {
  if (firstDifference === null) return [];
  const { windowStart } = firstDifference;
  const dump = (title: string, hex: string): Block => ({
    kind: 'text',
    style: 'code',
    title,
    text: dumpOf(hex, windowStart),
  });
  return [dump(left.label, firstDifference.left), dump(right.label, firstDifference.right)];
}

function dumpOf(hex: string, start: number): string {
  const bytes = Buffer.from(hex, 'hex');
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const row = bytes.subarray(at, at + ROW_BYTES);
    const pairs = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const characters = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${(start + at).toString(16).padStart(8, '0')}  ${pairs.padEnd(ROW_BYTES * 3 - 1)}  |${characters}|`);
  }
  return rows.length === 0 ? l10n.t('It ends here.') : rows.join('\n');
}
