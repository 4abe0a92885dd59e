import * as l10n from '@vscode/l10n';
import type { Cell, Column, RichCell, Status, TableBlock, Unit } from '../../../report/model';
import type { Words } from './words';

export function column(id: string, title: string, unit?: Unit, description?: string): Column {
  return { id, title, ...(unit === undefined ? {} : { unit }), ...(description === undefined ? {} : { description }) };
}

/** Not shown until somebody chooses it. */
export function hidden(column: Column): Column {
  return { ...column, hidden: true };
}

export function code(column: Column): Column {
  return { ...column, code: true };
}

/** One key a row. Without a title where it is the only thing in its section. */
export function table(
  id: string,
  title: string | null,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  keys: readonly string[],
): TableBlock {
  return { kind: 'table', id, ...(title === null ? {} : { title }), columns, rows, rowKeys: uniqueKeys(keys) };
}

/** A value with a bar of 0 to 100 behind it. */
export function barCell(percent: number | null, status?: Status): Cell {
  if (percent === null) return null;
  const cell: RichCell = { value: percent, fraction: percent / 100 };
  return status === undefined || status === 'ok' ? cell : { ...cell, status };
}

/** A value that is marked when something is wrong with it; nothing marks what is as it should be. */
export function markedCell(value: number | string | null, status: Status): Cell {
  if (status === 'ok' || value === null) return value;
  return typeof value === 'string' ? { text: value, status } : { value, status };
}

/** Columns, all of them or those named, that tell nothing in any row are left to whoever asks for them. */
export function hideEmptyColumns(block: TableBlock, ids?: readonly string[]): TableBlock {
  if (block.rows.length === 0) return block;
  const columns = block.columns.map((one, index) => {
    const mayHide = ids === undefined || ids.includes(one.id);
    return mayHide && block.rows.every((row) => (row[index] ?? null) === null) ? { ...one, hidden: true } : one;
  });
  return { ...block, columns };
}

function uniqueKeys(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key}#${times}`;
  });
}

export function coresText(cores: number, words: Words): string {
  return cores === 1 ? l10n.t('1 core') : l10n.t('{0} cores', words.number(cores));
}
