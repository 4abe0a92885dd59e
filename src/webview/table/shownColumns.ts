import type { Column } from '../../report/model';

/** A column that is drawn, and the index of its cells in a row of the report. */
export interface ShownColumn {
  readonly column: Column;
  readonly at: number;
}

/** `chosen` are ids in the order of the user; null leaves it to the report. There is always at least one column. */
export function shownColumns(columns: readonly Column[], chosen: readonly string[] | null): readonly ShownColumn[] {
  const all = columns.map((column, at) => ({ column, at }));
  const wanted = (chosen ?? []).flatMap((id) => all.find(({ column }) => column.id === id) ?? []);
  if (wanted.length > 0) return wanted;
  const unhidden = all.filter(({ column }) => column.hidden !== true);
  return unhidden.length > 0 ? unhidden : all;
}

/** All columns for a list of them: the shown ones in their order, every other one below its neighbour in the report. */
export function listedColumns(columns: readonly Column[], shown: readonly ShownColumn[]): readonly Column[] {
  const listed = shown.map(({ column }) => column);
  columns.forEach((column, index) => {
    if (listed.includes(column)) return;
    const neighbour = columns[index - 1];
    listed.splice(neighbour === undefined ? 0 : listed.indexOf(neighbour) + 1, 0, column);
  });
  return listed;
}

/** Where a tree is drawn: the first column of texts. A position among the shown columns. */
export function treeColumnOf(shown: readonly ShownColumn[]): number {
  return Math.max(
    0,
    shown.findIndex(({ column }) => column.unit === undefined),
  );
}

/** The same list with one of its members a place up (-1) or down (1), where it can go there. */
export function movedBy<T>(list: readonly T[], member: T, step: -1 | 1): readonly T[] {
  const from = list.indexOf(member);
  const other = list[from + step];
  if (from < 0 || other === undefined) return list;
  return list.map((each) => (each === member ? other : each === other ? member : each));
}
