import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Formatter } from '../../report/format';
import type { Cell, Column, TableBlock } from '../../report/model';
import { textWidth } from '../../report/textWidth';

const SAMPLE_ROWS = 400;
/** In characters: the icon of a status, the bar of a fraction, the mark of the sorted column. */
const STATUS_WIDTH = 2.5;
const METER_WIDTH = 8;
const HEADING_WIDTH = 2.5;

/**
 * How wide the texts of each column are, in characters, from a sample of the rows. A column never becomes
 * narrower again, so that live figures do not make the table tremble.
 */
export function useColumnWidths(block: TableBlock, format: Formatter): readonly number[] {
  const widest = useRef(new Map<string, number>());
  const sample = sampleOf(block.rows);
  return block.columns.map((column, index) => widen(widest, column, measure(column, index, sample, format)));
}

function widen(widest: RefObject<Map<string, number>>, column: Column, width: number): number {
  const known = widest.current ?? new Map<string, number>();
  const wider = Math.max(known.get(column.id) ?? 0, width);
  known.set(column.id, wider);
  return wider;
}

function measure(column: Column, index: number, rows: TableBlock['rows'], format: Formatter): number {
  const heading = textWidth(column.title) + HEADING_WIDTH;
  return rows.reduce((widest, row) => Math.max(widest, cellWidth(row[index] ?? null, column, format)), heading);
}

function cellWidth(cell: Cell, column: Column, format: Formatter): number {
  const text = textWidth(format.cell(cell, column.unit));
  if (cell === null || typeof cell !== 'object') return text;
  return text + (cell.status === undefined ? 0 : STATUS_WIDTH) + (cell.fraction === undefined ? 0 : METER_WIDTH);
}

function sampleOf(rows: TableBlock['rows']): TableBlock['rows'] {
  if (rows.length <= SAMPLE_ROWS) return rows;
  const step = rows.length / SAMPLE_ROWS;
  return Array.from({ length: SAMPLE_ROWS }, (_none, index) => rows[Math.floor(index * step)] ?? []);
}
