import type { DifferenceKind, DirectoriesResult, DirectoryRow } from './schema';

/** The groups of a comparison as a tree shows them, in this order. */
export const GROUPS = ['differences', 'leftOnly', 'rightOnly', 'moved', 'errors', 'same'] as const;
export type GroupId = (typeof GROUPS)[number];

const KINDS: Readonly<Record<GroupId, readonly DifferenceKind[]>> = {
  differences: ['differs', 'metadata', 'outlier'],
  leftOnly: ['leftOnly'],
  rightOnly: ['rightOnly'],
  moved: ['moved'],
  errors: ['kind', 'error'],
  same: ['same'],
};

export function rowsOf(rows: readonly DirectoryRow[], group: GroupId): readonly DirectoryRow[] {
  return rows.filter(({ difference }) => KINDS[group].includes(difference));
}

export function countOf({ counts }: Pick<DirectoriesResult, 'counts'>, group: GroupId): number {
  return KINDS[group].reduce((sum, kind) => sum + counts[kind], 0);
}

/** Whether a path is that of a folder, or lies below it; '' is the root. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Where each side has it. */
export function pathsOf({ path, movedTo }: DirectoryRow): readonly string[] {
  return movedTo === null ? [path] : [path, movedTo];
}
