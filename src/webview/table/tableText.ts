import type { Formatter } from '../../report/format';
import type { Cell, TableBlock } from '../../report/model';
import { nextTask } from './rowOrder';
import type { ShownColumn } from './shownColumns';

const SLICE_ROWS = 2000;

/** Tab-separated, so that a spreadsheet takes it apart again: no tab or line break is left inside a cell. */
export function rowText(row: readonly Cell[], columns: readonly ShownColumn[], format: Formatter): string {
  return columns.map(({ column, at }) => oneField(format.cell(row[at] ?? null, column.unit))).join('\t');
}

/** The rows and columns as they are shown, under their headings. Made in slices: there may be 100,000. */
export async function tableText(
  block: TableBlock,
  columns: readonly ShownColumn[],
  order: Uint32Array,
  format: Formatter,
): Promise<string> {
  const lines = [columns.map(({ column }) => oneField(column.title)).join('\t')];
  for (let start = 0; start < order.length; start += SLICE_ROWS) {
    if (start > 0) await nextTask();
    for (const index of order.subarray(start, start + SLICE_ROWS)) {
      lines.push(rowText(block.rows[index] ?? [], columns, format));
    }
  }
  return lines.join('\n');
}

function oneField(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}
