import { cellSortKey, type Formatter } from './format';
import type { Cell, Column, TableBlock } from './model';
import { knownLocale } from './numbers';

export type SortDirection = 'ascending' | 'descending';
type Rows = readonly (readonly Cell[])[];

/** The natural order of texts in a language: 'eth2' before 'eth10'. Keep it; it is costly to make. */
export function createCollator(locale: string): Intl.Collator {
  return new Intl.Collator(knownLocale(locale), { numeric: true });
}

/**
 * The indices of the rows in the order of one column: numbers before texts, and nothing (null) last in both
 * directions. Rows that are equal stay in the order in which they came.
 */
export function sortRows(rows: Rows, column: number, direction: SortDirection, collator: Intl.Collator): Uint32Array {
  const numbers: number[] = [];
  const texts: number[] = [];
  const nothing: number[] = [];
  const keys = rows.map((row) => cellSortKey(row[column] ?? null));
  keys.forEach((key, index) => {
    (typeof key === 'number' ? numbers : typeof key === 'string' ? texts : nothing).push(index);
  });
  const sign = direction === 'ascending' ? 1 : -1;
  const sorted = [sortNumbers(numbers, keys, sign), sortTexts(texts, keys, sign, collator)];
  if (sign < 0) sorted.reverse();
  return Uint32Array.from([...sorted, nothing].flatMap((part) => Array.from(part)));
}

/** The order in which a table is shown before anybody chose another. */
export function initialOrder(table: TableBlock, collator: Intl.Collator): Uint32Array {
  const sort = table.sort;
  const column = sort === undefined ? -1 : table.columns.findIndex((each) => each.id === sort.column);
  return sort === undefined || column < 0
    ? Uint32Array.from(table.rows.keys())
    : sortRows(table.rows, column, sort.direction, collator);
}

/** Gives the indices of the rows that hold every word of the filter, in any column and in any case. */
export type RowFilter = (filter: string) => Uint32Array;

/**
 * What is read in the cells is what is searched. This keeps what it has made: keep it as long as the rows. Numbers are
 * put into words late and row by row, where the filter holds a digit that the row's texts have not, as that is costly.
 * `searched` are the indices of the columns to look into, all of them without it.
 */
export function createRowFilter(
  columns: readonly Column[],
  rows: Rows,
  formatter: Formatter,
  searched: readonly number[] = [...columns.keys()],
): RowFilter {
  const textOf = (row: readonly Cell[], isWanted: (cell: Cell) => boolean): string => {
    let text = '';
    for (const column of searched) {
      const cell = row[column] ?? null;
      if (isWanted(cell)) text += `\n${formatter.cell(cell, columns[column]?.unit)}`;
    }
    return text.toLowerCase();
  };
  let texts: readonly string[] | undefined;
  const numbers: (string | undefined)[] = rows.map(() => undefined);
  return (filter) => {
    texts ??= rows.map((row) => textOf(row, (cell) => !isNumber(cell)));
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const withDigit = words.filter((word) => /\d/.test(word));
    const withoutDigit = words.filter((word) => !/\d/.test(word));
    const isFound = (text: string, row: number): boolean => {
      if (!withoutDigit.every((word) => text.includes(word))) return false;
      const rest = withDigit.filter((word) => !text.includes(word));
      if (rest.length === 0) return true;
      const number = (numbers[row] ??= textOf(rows[row] ?? [], isNumber));
      return rest.every((word) => number.includes(word));
    };
    const found: number[] = [];
    texts.forEach((text, row) => {
      if (isFound(text, row)) found.push(row);
    });
    return Uint32Array.from(found);
  };
}

/** The same for a single use. */
export function filterRows(table: TableBlock, filter: string, formatter: Formatter): Uint32Array {
  return createRowFilter(table.columns, table.rows, formatter)(filter);
}

function isNumber(cell: Cell): boolean {
  return typeof cell === 'number' || (cell !== null && typeof cell === 'object' && cell.text === undefined);
}

type Keys = readonly (number | string | null)[];

function sortNumbers(indices: readonly number[], keys: Keys, sign: number): Uint32Array {
  const numbers = Float64Array.from(keys, (key) => (typeof key === 'number' ? key : 0));
  return Uint32Array.from(indices).sort((a, b) => {
    const left = numbers[a] ?? 0;
    const right = numbers[b] ?? 0;
    return left < right ? -sign : left > right ? sign : a - b;
  });
}

/** Collators take over half a second for 100,000 texts, so plain ones are compared by a key of our own. */
function sortTexts(indices: readonly number[], keys: Keys, sign: number, collator: Intl.Collator): Uint32Array {
  const texts = keys.map((key) => (typeof key === 'string' ? key : ''));
  const natural = texts.map(naturalKey);
  if (natural.includes(null)) {
    const ranks = rankBy(texts, collator);
    return sortNumbers(
      indices,
      texts.map((text) => ranks.get(text) ?? 0),
      sign,
    );
  }
  return Uint32Array.from(indices).sort((a, b) => {
    const left = natural[a] ?? '';
    const right = natural[b] ?? '';
    return left === right ? a - b : left < right ? -sign : sign;
  });
}

function rankBy(texts: readonly string[], collator: Intl.Collator): ReadonlyMap<string, number> {
  const sorted = [...new Set(texts)].sort(collator.compare);
  let rank = 0;
  return new Map(
    sorted.map((text, index) => {
      if (index > 0 && collator.compare(sorted[index - 1] ?? '', text) !== 0) rank = index;
      return [text, rank];
    }),
  );
}

/** A string whose code unit order is the natural order of the text; null if it holds more than printable ASCII. */
function naturalKey(text: string): string | null {
  if (/[^ -~]/.test(text)) return null;
  const lower = text.toLowerCase();
  return /\d/.test(lower)
    ? lower.replace(
        /0*(\d+)/g,
        (_run, digits: string) => `0${String.fromCharCode(Math.min(digits.length, 255))}${digits}`,
      )
    : lower;
}
