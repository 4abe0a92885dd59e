import * as l10n from '@vscode/l10n';
import type { Formatter } from './format';
import { cellContent } from './htmlParts';
import { markup, type Html } from './htmlText';
import type { Column, TableBlock } from './model';
import { printedTable, type PrintedColumn, type PrintedRow } from './printedTable';

/** So few columns would stand too far apart on the whole width. */
const NARROW_COLUMNS = 3;

/** Words are kept whole unless they are so long that the table would grow out of sight. */
const LONG_WORD = /\S{25}/;

/** A table with its caption, all rows, in the order in which it is shown first. */
export function printTable(
  block: TableBlock,
  caption: Html | null,
  formatter: Formatter,
  collator: Intl.Collator,
): Html {
  if (block.rows.length === 0 || block.columns.length === 0) {
    return markup`${caption}<p class="note">${block.empty ?? l10n.t('Nothing to show.')}</p>`;
  }
  const { columns, rows } = printedTable(block, collator);
  const headings = columns.map(({ column }) => column);
  // Whoever has no mouse scrolls a wide table by the keyboard, for which it must take the focus.
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${block.title ?? l10n.t('Table')}"><table class="${columns.length <= NARROW_COLUMNS ? 'narrow' : ''}">
${caption && markup`<caption>${caption}</caption>`}
<thead><tr>${headings.map(printHeading)}</tr></thead>
<tbody>
${rows.map((row) => printRow(row, columns, formatter))}</tbody>
</table></div>${printDescriptions(headings)}`;
}

function printHeading(column: Column): Html {
  const long = LONG_WORD.test(column.title) ? 'long' : '';
  return markup`<th scope="col" class="${columnClass(column)} ${long}">${column.title}</th>`;
}

/** Times stand on the left: their lengths are alike, and they mostly name the row. */
function columnClass({ unit }: Column): string {
  if (unit === undefined) return '';
  return unit === 'time' ? 'time' : 'number';
}

function printRow(row: PrintedRow, columns: readonly PrintedColumn[], formatter: Formatter): Html {
  return markup`<tr>${columns.map((column, index) => printCell(row, column, index, formatter))}</tr>
`;
}

/** The first column names its row, if it is a text. */
function printCell({ cells, indent }: PrintedRow, column: PrintedColumn, index: number, formatter: Formatter): Html {
  const { unit, code } = column.column;
  const cell = cells[column.at] ?? null;
  const text = formatter.cell(cell, unit);
  const place =
    column.isTree && indent !== '' ? markup`<span class="indent" aria-hidden="true">${indent}</span>` : null;
  const content = markup`${place}${cellContent(cell, text, code ?? false)}`;
  if (unit !== undefined) return markup`<td class="${columnClass(column.column)}">${content}</td>`;
  const wrap = LONG_WORD.test(text) ? markup` class="long"` : null;
  const isHeading = index === 0 && text.trim() !== '';
  return isHeading ? markup`<th scope="row"${wrap}>${content}</th>` : markup`<td${wrap}>${content}</td>`;
}

/** What abbreviated headings mean: below the table, since paper has no tooltips. */
function printDescriptions(columns: readonly Column[]): Html | null {
  const described = columns.filter((column) => column.description !== undefined);
  if (described.length === 0) return null;
  return markup`<ul class="legend">${described.map(
    ({ title, description }) => markup`<li>${title}: ${description}</li>`,
  )}</ul>`;
}
