import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import type { Block, Cell, Column, Status, TableBlock } from '../../../report/model';
import type { DifferenceKind, DirectoriesResult, DirectoryRow, EntryFacts } from '../core/trees/schema';
import { differingXattrs } from '../core/trees/xattrs';
import { contentsText, bytesText, grouped, nameOf } from './words';

/** Differences as a tree of folders; errors apart; and what is the same, where it was asked for. */
export function differenceTables(result: DirectoriesResult): readonly Block[] {
  const { rows, rowsLeftOut } = result;
  const errors = rows.filter(({ difference }) => difference === 'error' || difference === 'kind');
  const same = rows.filter(({ difference }) => difference === 'same');
  const differences = rows.filter((row) => !errors.includes(row) && !same.includes(row));
  return [
    ...(differences.length === 0 ? [] : [treeTable('differences', l10n.t('Differences'), differences, result)]),
    ...(errors.length === 0 ? [] : [errorTable(errors)]),
    ...(same.length === 0 ? [] : [treeTable('same', l10n.t('The Same'), same, result)]),
    ...(rowsLeftOut === 0 ? [] : [leftOutNote(rowsLeftOut)]),
  ];
}

function leftOutNote(count: number): Block {
  return { kind: 'text', style: 'note', text: l10n.t('{0} more rows are only counted.', grouped(count)) };
}

interface TreeRow {
  readonly path: string;
  readonly row: DirectoryRow | null;
  readonly parent: number | null;
}

function treeTable(id: string, title: string, rows: readonly DirectoryRow[], result: DirectoriesResult): TableBlock {
  const isMany = result.sides.length > 2;
  const tree = withFolders(rows);
  const columns: readonly Column[] = [
    { id: 'path', title: l10n.t('Path'), code: true },
    { id: 'difference', title: l10n.t('Difference') },
    ...(isMany
      ? [
          { id: 'majority', title: l10n.t('The Same') },
          { id: 'outliers', title: l10n.t('Other') },
          { id: 'missing', title: l10n.t('Missing') },
        ]
      : [
          { id: 'leftSize', title: l10n.t('Left'), unit: 'bytes' as const },
          { id: 'rightSize', title: l10n.t('Right'), unit: 'bytes' as const },
          { id: 'leftTime', title: l10n.t('Left Modified'), unit: 'time' as const, hidden: true },
          { id: 'rightTime', title: l10n.t('Right Modified'), unit: 'time' as const, hidden: true },
        ]),
    { id: 'reason', title: l10n.t('Details') },
  ];
  return {
    kind: 'table',
    id,
    title: l10n.t('{0} ({1})', title, grouped(rows.length)),
    columns,
    rows: tree.map(({ path, row }) => cellsOf(path, row, result)),
    rowKeys: tree.map(({ path, row }) => `${row?.difference ?? 'folder'}:${path}`),
    parents: tree.map(({ parent }) => parent),
  };
}

/** Each row below a row for its folder; folders without a row of their own are put in. */
function withFolders(rows: readonly DirectoryRow[]): readonly TreeRow[] {
  const tree: TreeRow[] = [];
  const folders = new Map<string, number>();
  const folderIndex = (path: string): number | null => {
    if (path === '') return null;
    const known = folders.get(path);
    if (known !== undefined) return known;
    const parent = folderIndex(parentOf(path));
    const index = tree.push({ path, row: null, parent }) - 1;
    folders.set(path, index);
    return index;
  };
  for (const row of rows) {
    const parent = folderIndex(parentOf(row.path));
    const index = tree.push({ path: row.path, row, parent }) - 1;
    if (row.left?.kind === 'directory' || row.right?.kind === 'directory') folders.set(row.path, index);
  }
  return tree;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function cellsOf(path: string, row: DirectoryRow | null, { sides }: DirectoriesResult): readonly Cell[] {
  const isMany = sides.length > 2;
  const isFolder = row === null || row.left?.kind === 'directory' || row.right?.kind === 'directory';
  const name = shownPath(path === '' ? '.' : path.slice(path.lastIndexOf('/') + 1)) + (isFolder ? '/' : '');
  if (row === null) return [name, ...new Array<null>(isMany ? 5 : 6).fill(null)];
  const middle: readonly Cell[] = isMany
    ? [
        sidesText(sides, row.groups?.[0]),
        sidesText(sides, row.groups?.slice(1).flat()),
        sidesText(sides, row.missing ?? undefined),
      ]
    : [sizeOf(row.left), sizeOf(row.right), row.left?.modifiedMs ?? null, row.right?.modifiedMs ?? null];
  return [name, differenceCell(row.difference), ...middle, detailsOf(row)];
}

function sizeOf(entry: EntryFacts | null): number | null {
  return entry?.sizeBytes ?? null;
}

function sidesText(sides: readonly unknown[], indexes: readonly number[] = []): string {
  return indexes.map((index) => nameOf(sides, index)).join(', ');
}

function differenceCell(difference: DifferenceKind): Cell {
  return { text: differenceWords(difference), status: statusOf(difference) };
}

function statusOf(difference: DifferenceKind): Status {
  switch (difference) {
    case 'differs':
    case 'error':
    case 'outlier':
      return 'error';
    case 'leftOnly':
    case 'rightOnly':
    case 'kind':
      return 'warning';
    case 'metadata':
    case 'moved':
      return 'info';
    case 'same':
      return 'ok';
  }
}

export function differenceWords(difference: DifferenceKind): string {
  switch (difference) {
    case 'differs':
      return l10n.t('content');
    case 'metadata':
      return l10n.t('metadata');
    case 'kind':
      return l10n.t('kind');
    case 'leftOnly':
      return l10n.t('only left');
    case 'rightOnly':
      return l10n.t('only right');
    case 'moved':
      return l10n.t('moved');
    case 'outlier':
      return l10n.t('not everywhere the same');
    case 'error':
      return l10n.t('not read');
    case 'same':
      return l10n.t('the same');
  }
}

export function detailsOf({ reason, metadata, movedTo, inside, left, right }: DirectoryRow): string {
  const parts = [
    ...(reason === null ? [] : [reason]),
    ...(movedTo === null ? [] : [l10n.t('right: {0}', shownPath(movedTo))]),
    ...metadata.map((what) => metadataText(what, left, right)),
    ...(inside === null ? [] : [insideText(inside)]),
  ];
  return parts.join(l10n.t('; '));
}

function metadataText(
  what: DirectoryRow['metadata'][number],
  left: EntryFacts | null,
  right: EntryFacts | null,
): string {
  switch (what) {
    case 'mode':
      return l10n.t('mode {0} → {1}', modeText(left), modeText(right));
    case 'owner':
      return l10n.t('owner {0} → {1}', ownerText(left), ownerText(right));
    case 'mtime':
      return l10n.t('modified {0} → {1}', timeText(left), timeText(right));
    case 'xattr':
      return l10n.t(
        'extended attributes: {0}',
        differingXattrs(left?.xattrs ?? '', right?.xattrs ?? '').join(l10n.t(', ')),
      );
  }
}

function modeText(entry: EntryFacts | null): string {
  return (entry?.mode ?? 0).toString(8).padStart(4, '0');
}

function ownerText(entry: EntryFacts | null): string {
  return `${entry?.uid ?? '?'}:${entry?.gid ?? '?'}`;
}

/** UTC, since the sides may be in different zones. */
function timeText(entry: EntryFacts | null): string {
  return entry?.modifiedMs == null ? '?' : new Date(entry.modifiedMs).toISOString().replace('T', ' ');
}

function insideText(inside: NonNullable<DirectoryRow['inside']>): string {
  const { bytes } = inside;
  const count = contentsText(inside);
  return bytes === null || bytes === 0 ? count : l10n.t('{0}; {1}', count, bytesText(bytes));
}

function errorTable(rows: readonly DirectoryRow[]): TableBlock {
  return {
    kind: 'table',
    id: 'errors',
    title: l10n.t('{0} ({1})', l10n.t('Errors'), grouped(rows.length)),
    columns: [
      { id: 'path', title: l10n.t('Path'), code: true },
      { id: 'difference', title: l10n.t('What') },
      { id: 'reason', title: l10n.t('Reason') },
    ],
    rows: rows.map((row) => [
      shownPath(row.path === '' ? '.' : row.path),
      differenceCell(row.difference),
      detailsOf(row),
    ]),
    rowKeys: rows.map(({ difference, path }) => `${difference}:${path}`),
  };
}
