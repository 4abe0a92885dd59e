import { countOf, isAtOrBelow, pathsOf, rowsOf, type GroupId } from './groups';
import type { DirectoriesResult, DirectoryRow } from './schema';

/** Lines of one branch; beyond them it is cut into ranges, so that no branch is a burden to who shows it. */
export const MOST_LINES = 250;

export type Layout = 'list' | 'tree';

/** What of a result is asked for. */
export type PartAsk =
  /** `range`: from one line to before another, of a branch that was cut. */
  | {
      readonly kind: 'lines';
      readonly group: GroupId;
      readonly layout: Layout;
      readonly folder: string;
      readonly range: readonly [from: number, to: number] | null;
    }
  /** Rows below a folder of a group, or of all that differ. */
  | { readonly kind: 'rows'; readonly group: GroupId | null; readonly folder: string; readonly most: number }
  /** The paths that have to be looked at again when something was done to these. */
  | { readonly kind: 'touched'; readonly paths: readonly string[] };

export interface PartAnswers {
  readonly lines: readonly Line[];
  readonly rows: { readonly rows: readonly DirectoryRow[]; readonly count: number };
  readonly touched: readonly string[];
}

/** A line of the tree below a group. */
export type Line =
  /** `path` is that of the last of the folders that lead to its rows; `above`: what the line is below of. */
  | {
      readonly kind: 'folder';
      readonly group: GroupId;
      readonly path: string;
      readonly above: string;
      readonly rows: number;
    }
  | {
      readonly kind: 'range';
      readonly group: GroupId;
      readonly folder: string;
      readonly range: readonly [from: number, to: number];
      /** The paths of its ends. */
      readonly ends: readonly [first: string, last: string];
    }
  | { readonly kind: 'row'; readonly group: GroupId; readonly row: DirectoryRow };

export type Summary = Omit<DirectoriesResult, 'rows' | 'closure'>;

export function summaryOf(result: DirectoriesResult): Summary {
  const { rows: _rows, closure: _closure, ...summary } = result;
  return summary;
}

export function partOf(result: DirectoriesResult, ask: PartAsk): PartAnswers[PartAsk['kind']] {
  switch (ask.kind) {
    case 'lines':
      return linesOf(result.rows, ask);
    case 'rows':
      return rowsBelow(result, ask);
    case 'touched':
      return touchedOf(result.rows, ask.paths);
  }
}

function linesOf(rows: readonly DirectoryRow[], ask: PartAsk & { kind: 'lines' }): readonly Line[] {
  const { group, layout, folder, range } = ask;
  const ours = rowsOf(rows, group);
  const lines =
    layout === 'list' ? ours.map((row): Line => ({ kind: 'row', group, row })) : levelOf(ours, group, folder);
  if (range !== null) return lines.slice(...range);
  if (lines.length <= MOST_LINES) return lines;
  return Array.from({ length: Math.ceil(lines.length / MOST_LINES) }, (_, index): Line => {
    const from = index * MOST_LINES;
    const to = Math.min(lines.length, from + MOST_LINES);
    return { kind: 'range', group, folder, range: [from, to], ends: [pathOf(lines[from]), pathOf(lines[to - 1])] };
  });
}

function pathOf(line: Line | undefined): string {
  return line?.kind === 'row' ? line.row.path : line?.kind === 'folder' ? line.path : '';
}

/** What lies directly in a folder: folders first. One that has nothing but another folder in it is one line with that. */
function levelOf(rows: readonly DirectoryRow[], group: GroupId, folder: string): readonly Line[] {
  const start = folder === '' ? 0 : folder.length + 1;
  const here: Line[] = [];
  const folders = new Map<string, DirectoryRow[]>();
  for (const row of rows) {
    if (folder !== '' && !row.path.startsWith(`${folder}/`)) continue;
    const slash = row.path.indexOf('/', start);
    if (slash === -1) here.push({ kind: 'row', group, row });
    else {
      const path = row.path.slice(0, slash);
      const known = folders.get(path);
      if (known === undefined) folders.set(path, [row]);
      else known.push(row);
    }
  }
  return [...[...folders.values()].map((within) => folderLine(within, group, folder)), ...here];
}

/** Rows are sorted: what the first and the last have in common, all have. */
function folderLine(within: readonly DirectoryRow[], group: GroupId, above: string): Line {
  const first = within[0]?.path ?? '';
  const last = within.at(-1)?.path ?? '';
  let at = 0;
  while (at < first.length && first[at] === last[at]) at += 1;
  const shared = first === last ? first : first.slice(0, at);
  return { kind: 'folder', group, path: shared.slice(0, shared.lastIndexOf('/')), above, rows: within.length };
}

function rowsBelow(
  result: DirectoriesResult,
  { group, folder, most }: PartAsk & { kind: 'rows' },
): PartAnswers['rows'] {
  const groups: readonly GroupId[] = group === null ? ['differences', 'leftOnly', 'rightOnly', 'moved'] : [group];
  const rows = groups
    .flatMap((one) => rowsOf(result.rows, one))
    .filter(({ path }) => isAtOrBelow(path, folder))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const count = folder === '' ? groups.reduce((sum, one) => sum + countOf(result, one), 0) : rows.length;
  return { rows: rows.slice(0, most), count };
}

/** Both ends of what has moved; and a folder that only one side has as a whole, since it tells what is in it. */
function touchedOf(rows: readonly DirectoryRow[], paths: readonly string[]): readonly string[] {
  const touched = new Set(paths);
  for (const row of rows) {
    const isFolder = row.inside !== null;
    const concerns = pathsOf(row).some((own) =>
      paths.some((path) => isAtOrBelow(own, path) || (isFolder && isAtOrBelow(path, own))),
    );
    if (concerns) for (const own of pathsOf(row)) touched.add(own);
  }
  return [...touched].filter((path) => !hasAbove(path, touched));
}

function hasAbove(path: string, paths: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (paths.has(path.slice(0, at))) return true;
  }
  return false;
}
