import type { Formatter } from '../../report/format';
import type { Cell, Column, TableBlock } from '../../report/model';
import { nextTask } from './rowOrder';

const SLICE_ROWS = 2000;

/** Tab-separated, so that a spreadsheet takes it apart again: no tab or line break is left inside a cell. */
export function rowText(row: readonly Cell[], columns: readonly Column[], format: Formatter): string {
  return columns.map((column, index) => oneField(format.cell(row[index] ?? null, column.unit))).join('\t');
}

/** The rows in the order in which they are shown, under their headings. Made in slices: there may be 100,000. */
export async function tableText(block: TableBlock, order: Uint32Array, format: Formatter): Promise<string> {
  const lines = [block.columns.map((column) => oneField(column.title)).join('\t')];
  for (let start = 0; start < order.length; start += SLICE_ROWS) {
    if (start > 0) await nextTask();
    for (const index of order.subarray(start, start + SLICE_ROWS)) {
      lines.push(rowText(block.rows[index] ?? [], block.columns, format));
    }
  }
  return lines.join('\n');
}

function oneField(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}
