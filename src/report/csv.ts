import * as l10n from '@vscode/l10n';
import { statusWord, unitName, type PrintOptions } from './format';
import type { Block, Cell, Column, FactsBlock, Report, RichCell, TableBlock, Unit } from './model';
import { visibleLines } from './plainText';
import { createCollator, initialOrder } from './rows';
import { edgesTable, nodesTable, placeLinesTable, placesTable, seriesPoints, timelineTable } from './twins';

export interface CsvOptions extends PrintOptions {
  /**
   * Begins with a byte order mark, without which Excel reads everything but ASCII wrongly. On unless false: turn it
   * off for a pipe, where the next program would take it for a part of the first field.
   */
  readonly bom?: boolean;
}

type Line = readonly (string | number | null)[];

/**
 * RFC 4180 with CRLF. Title, verdict and status come first, then every block with facts or rows below a line with its
 * heading, parted by an empty line. Numbers are bare (the unit is in the column's heading), times ISO 8601 in UTC.
 * Texts that a spreadsheet would run as formulas get an apostrophe in front, and what is invisible is shown (see
 * plainText.ts), since a terminal obeys it: the exact value is in JSON.
 */
export function printCsv(report: Report, options: CsvOptions): string {
  const collator = createCollator(options.locale);
  const head: readonly Line[] = [
    [l10n.t('Report'), report.title],
    [l10n.t('Verdict'), report.verdict],
    [l10n.t('Status'), statusWord(report.status)],
  ];
  const parts = [head, ...report.blocks.flatMap((block) => printBlock(block, [], collator))];
  const text = parts.map((lines) => lines.map(printLine).join('')).join('\r\n');
  return options.bom === false ? text : `\ufeff${text}`;
}

/** One part for each table; a part is its lines. */
function printBlock(block: Block, path: readonly string[], collator: Intl.Collator): readonly (readonly Line[])[] {
  const titles = block.title === undefined ? path : [...path, block.title];
  const part = (heading: string, lines: readonly Line[]): readonly Line[] => [[heading], ...lines];
  const twins = (...tables: readonly TableBlock[]): readonly (readonly Line[])[] =>
    tables.map((table) => part([...titles, table.title ?? table.id].join(' › '), printTable(table, collator)));
  switch (block.kind) {
    case 'facts':
      return [part(titles.join(' › ') || l10n.t('Facts'), printFacts(block))];
    case 'table':
      return [part(titles.join(' › ') || block.id, printTable(block, collator))];
    case 'timeline':
      return twins(timelineTable(block));
    case 'series':
      return twins(seriesPoints(block));
    case 'graph':
      return twins(nodesTable(block), edgesTable(block));
    case 'map':
      return twins(placesTable(block), placeLinesTable(block));
    case 'section':
      return block.blocks.flatMap((inner) => printBlock(inner, titles, collator));
    case 'text':
    case 'terminal':
      return [];
  }
}

function printFacts(block: FactsBlock): readonly Line[] {
  return [
    [l10n.t('Fact'), l10n.t('Value'), l10n.t('Unit'), l10n.t('Status'), l10n.t('Note')],
    ...block.items.map(({ label, value, unit, note }): Line => {
      const { status, unit: ownUnit } = richOf(value);
      const bare = bareValue(value, ownUnit ?? unit);
      const unitText = typeof bare === 'number' ? unitName(ownUnit ?? unit ?? 'number') : '';
      return [label, bare, unitText, status === undefined ? null : statusWord(status), note ?? null];
    }),
  ];
}

function printTable(block: TableBlock, collator: Intl.Collator): readonly Line[] {
  const withStatus = block.columns.map((_, index) => block.rows.some((row) => richOf(row[index]).status !== undefined));
  const heading = block.columns.flatMap((column, index) =>
    withStatus[index] ? [columnTitle(column), l10n.t('{0}: status', column.title)] : [columnTitle(column)],
  );
  const rows = Array.from(initialOrder(block, collator), (index): Line =>
    block.columns.flatMap((column, position) => {
      const cell = block.rows[index]?.[position] ?? null;
      const { status } = richOf(cell);
      const text = columnValue(cell, column.unit);
      return withStatus[position] ? [text, status === undefined ? null : statusWord(status)] : [text];
    }),
  );
  return [heading, ...rows];
}

function columnTitle({ title, unit }: Column): string {
  const name = unit === undefined ? '' : unitName(unit);
  return name === '' ? title : `${title} (${name})`;
}

/** A number in another unit than its column's says so itself. */
function columnValue(cell: Cell, unit: Unit | undefined): string | number | null {
  const own = richOf(cell).unit;
  if (own === undefined || own === unit) return bareValue(cell, unit);
  const bare = bareValue(cell, own);
  return typeof bare === 'number' ? `${bare} ${unitName(own)}`.trim() : bare;
}

/** A number where there is one that counts, and a text otherwise. */
function bareValue(cell: Cell, unit: Unit | undefined): string | number | null {
  if (cell === null || typeof cell === 'string') return cell;
  const value = typeof cell === 'number' ? cell : cell.value;
  const text = typeof cell === 'number' ? undefined : cell.text;
  if (value === undefined || (unit === undefined && text !== undefined)) return text ?? null;
  if (!Number.isFinite(value)) return null;
  return unit === 'time' ? isoTime(value) : value;
}

function isoTime(timeMs: number): string | null {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function richOf(cell: Cell | undefined): RichCell {
  return cell !== null && typeof cell === 'object' ? cell : {};
}

function printLine(line: Line): string {
  return `${line.map((field) => (typeof field === 'string' ? quoted(withoutFormula(visibleLines(field))) : printNumber(field))).join(',')}\r\n`;
}

function printNumber(value: number | null): string {
  return value === null ? '' : String(value);
}

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What makes a formula, also in full width and behind white space, which spreadsheets skip. */
const FORMULA = /^[\t\n]|^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const NEGATIVE_NUMBER = /^-\d+(\.\d+)?(e[-+]?\d+)?$/i;
/** Where the spreadsheet's own separator is another than the comma, a field of its begins within one of ours. */
const INNER_FORMULA = /([;\t])(?=\s*[=+@\uff1d\uff0b\uff20])/g;

/** Against "CSV injection": the apostrophe makes a spreadsheet take the field as text. */
function withoutFormula(text: string): string {
  const whole = FORMULA.test(text) && !NEGATIVE_NUMBER.test(text) ? `'${text}` : text;
  return whole.replace(INNER_FORMULA, "$1'");
}
