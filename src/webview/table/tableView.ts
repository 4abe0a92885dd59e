import type { SortDirection } from '../../report/rows';
import { isRecord } from '../state/host';

export interface SortChoice {
  readonly column: string;
  readonly direction: SortDirection;
}

/** A place in the grid that survives other rows coming and going. */
export interface ActiveCell {
  /** The row's key; null is the row of headings. */
  readonly row: string | null;
  readonly column: string;
}

/** What the user did to one table; kept with the view. */
export interface TableView {
  /** null: the report's own order. */
  readonly sort: SortChoice | null;
  readonly filter: string;
  /** null until the user went into the table. */
  readonly active: ActiveCell | null;
}

export const UNTOUCHED: TableView = { sort: null, filter: '', active: null };

export function isTableView(value: unknown): value is TableView {
  return (
    isRecord(value) &&
    (value['sort'] === null || isRecord(value['sort'])) &&
    (value['active'] === null || isRecord(value['active'])) &&
    typeof value['filter'] === 'string'
  );
}

/** A click on a heading: ascending, descending, and back to the given order. */
export function nextSort(sort: SortChoice | null, column: string): SortChoice | null {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}
