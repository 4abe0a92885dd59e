import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Formatter } from '../../report/format';
import type { Cell, Column, TableBlock } from '../../report/model';
import { textWidth } from '../../report/textWidth';
import { indentPx } from './indent';
import type { GridState } from './useGridState';

const SAMPLE_ROWS = 400;
/** In characters: the icon of a status, the bar of a fraction, the mark of the sorted column. */
const STATUS_WIDTH = 2.5;
const METER_WIDTH = 8;
/** Of the number beside a bar, at least. */
const METERED_WIDTH = 5.5;
const HEADING_WIDTH = 2.5;
/** Widest column of a table that does not wrap, where it does not say how wide. */
const WIDEST = 56;

/** In characters of the page's font. */
export interface ColumnWidth {
  readonly text: number;
  /** The same, where rows have one line. */
  readonly dense: number;
  /** What a tree takes before the text, in pixels. */
  readonly indentPx: number;
}

/**
 * How wide the texts of each shown column are, from a sample of the rows. A column never becomes narrower again, so
 * that live figures do not make the table tremble.
 */
export function useColumnWidths(state: GridState, format: Formatter): readonly ColumnWidth[] {
  const { block, columns, tree, treeColumn } = state;
  const widest = useRef(new Map<string, number>());
  const texts = useMemo(() => {
    const sample = sampleOf(block.rows);
    return columns.map(({ column, at }) => widen(widest, column, measure(column, at, sample, format)));
  }, [block, columns, format]);
  return texts.map((text, position) => ({
    text,
    dense: Math.min(text, columns[position]?.column.widest ?? WIDEST),
    indentPx: tree !== null && position === treeColumn ? indentPx(tree.deepest) : 0,
  }));
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
  const metered = cell.fraction === undefined ? text : Math.max(text, METERED_WIDTH) + METER_WIDTH;
  return metered + (cell.status === undefined ? 0 : STATUS_WIDTH);
}

function sampleOf(rows: TableBlock['rows']): TableBlock['rows'] {
  if (rows.length <= SAMPLE_ROWS) return rows;
  const step = rows.length / SAMPLE_ROWS;
  return Array.from({ length: SAMPLE_ROWS }, (_none, index) => rows[Math.floor(index * step)] ?? []);
}
