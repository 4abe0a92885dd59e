import type { TablePreference } from '../../report/protocol';
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
  /** Ids of the shown columns in their order; null: those that the report shows. */
  readonly columns: readonly string[] | null;
  readonly tree: boolean;
  /** Keys of the rows whose children are not shown in a tree. */
  readonly folded: readonly string[];
  readonly filter: string;
  /** null until the user went into the table. */
  readonly active: ActiveCell | null;
}

/** A table that nobody has touched in this panel, as the user left others of its kind. */
export function freshView(preference: TablePreference | undefined): TableView {
  return {
    sort: preference?.sort ?? null,
    columns: preference?.columns ?? null,
    tree: preference?.tree ?? false,
    folded: [],
    filter: '',
    active: null,
  };
}

/** The part of a view that is not of this panel alone. */
export function preferenceOf({ sort, columns, tree }: TableView): TablePreference {
  return { ...(columns === null ? {} : { columns }), ...(sort === null ? {} : { sort }), tree };
}

export function isTableView(value: unknown): value is TableView {
  return (
    isRecord(value) &&
    (value['sort'] === null || isRecord(value['sort'])) &&
    (value['columns'] === null || Array.isArray(value['columns'])) &&
    (value['active'] === null || isRecord(value['active'])) &&
    Array.isArray(value['folded']) &&
    typeof value['tree'] === 'boolean' &&
    typeof value['filter'] === 'string'
  );
}

/** A click on a heading: ascending, descending, and back to the given order. */
export function nextSort(sort: SortChoice | null, column: string): SortChoice | null {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}
