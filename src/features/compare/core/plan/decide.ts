import { otherSide, type Side } from '../trees/entry';
import type { DirectoryRow, EntryFacts } from '../trees/schema';
import type { LeftOut, Step } from './schema';

/** What is to become of a path. */
export type Choice =
  | { readonly rule: 'mirror' | 'update' | 'add'; readonly to: Side }
  /** Each side gets what it lacks, and the newer of two. */
  | { readonly rule: 'both' }
  | { readonly rule: 'leave'; readonly isChosen: boolean };

export type Decision =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'left'; readonly left: LeftOut }
  | { readonly kind: 'nothing' };

export interface DecideOptions {
  /** Times that are no further apart are the same. */
  readonly toleranceMs: number;
}

const PERMISSIONS = 0o777;
const NOTHING: Decision = { kind: 'nothing' };

/** What is done about one row of a comparison. Pure. */
export function decide(row: DirectoryRow, choice: Choice, options: DecideOptions): Decision {
  if (row.difference === 'same') return NOTHING;
  if (choice.rule === 'leave') return choice.isChosen ? left(row, 'skipped', 'chosen') : NOTHING;
  if (row.difference === 'error') return left(row, 'skipped', 'not-read');
  const to = choice.rule === 'both' ? lackingSide(row) : choice.to;
  if (to === null) return decideBoth(row, options);
  const source = row[otherSide(to)];
  const target = row[to];
  if ([source, target].some((one) => one !== null && isSpecial(one))) return left(row, 'skipped', 'special');
  if (source === null) {
    if (choice.rule === 'mirror') return steps([stepOf(row, 'delete', to, 'extra')]);
    return left(row, 'skipped', 'extra');
  }
  if (target === null) return put(row, to, 'missing');
  if (choice.rule === 'mirror') return mirror(row, to, source, target);
  if (choice.rule === 'add') return left(row, 'skipped', 'there');
  return update(row, to, options);
}

/** Where only one side has it, the other one. */
function lackingSide({ left: one, right: other }: DirectoryRow): Side | null {
  if (one === null) return 'left';
  return other === null ? 'right' : null;
}

function decideBoth(row: DirectoryRow, options: DecideOptions): Decision {
  if (row.difference === 'metadata') return left(row, 'skipped', 'metadata');
  if (row.difference === 'kind') return left(row, 'conflict', 'kind');
  const newer = newerSide(row, options);
  return newer === null ? left(row, 'conflict', 'same-time') : put(row, otherSide(newer), 'newer');
}

function update(row: DirectoryRow, to: Side, options: DecideOptions): Decision {
  if (row.difference === 'metadata') return left(row, 'skipped', 'metadata');
  if (row.difference === 'kind') return left(row, 'conflict', 'kind');
  return newerSide(row, options) === otherSide(to) ? put(row, to, 'newer') : left(row, 'skipped', 'not-older');
}

function mirror(row: DirectoryRow, to: Side, source: EntryFacts, target: EntryFacts): Decision {
  if (row.difference === 'kind') return put(row, to, 'kind');
  if (row.difference === 'differs') return put(row, to, 'differs');
  const metadata = changedMetadata(row, source, target);
  return metadata.length > 0 ? steps([{ ...stepOf(row, 'change', to, 'metadata'), metadata }]) : NOTHING;
}

/** Of a folder the time changes with what is in it; that of a link cannot be set everywhere, nor can set-user-id. */
function changedMetadata(row: DirectoryRow, source: EntryFacts, target: EntryFacts): Step['metadata'] {
  const isOtherMode = ((source.mode ?? 0) & PERMISSIONS) !== ((target.mode ?? 0) & PERMISSIONS);
  return [
    ...(row.metadata.includes('mode') && isOtherMode ? ['mode' as const] : []),
    ...(row.metadata.includes('mtime') && source.kind === 'file' ? ['mtime' as const] : []),
  ];
}

function put(row: DirectoryRow, to: Side, why: Step['why']): Decision {
  const source = row[otherSide(to)];
  const target = row[to];
  if (source === null) return NOTHING;
  const action = source.kind === 'directory' ? 'folder' : source.kind === 'symlink' ? 'link' : 'copy';
  const isInTheWay = target !== null && (target.kind === 'directory' || source.kind === 'directory');
  if (!isInTheWay) return steps([stepOf(row, action, to, why)]);
  return steps([
    { ...stepOf(row, 'delete', to, why), source: null, first: true },
    { ...stepOf(row, action, to, why), target: null },
  ]);
}

function stepOf(row: DirectoryRow, action: Step['action'], to: Side, why: Step['why']): Step {
  return { path: row.path, action, to, why, source: row[otherSide(to)], target: row[to], metadata: [], first: false };
}

function newerSide({ left: one, right: other }: DirectoryRow, { toleranceMs }: DecideOptions): Side | null {
  const difference = (one?.modifiedMs ?? 0) - (other?.modifiedMs ?? 0);
  if (Math.abs(difference) <= toleranceMs) return null;
  return difference > 0 ? 'left' : 'right';
}

function isSpecial({ kind }: EntryFacts): boolean {
  return kind !== 'file' && kind !== 'directory' && kind !== 'symlink';
}

function steps(some: readonly Step[]): Decision {
  return { kind: 'steps', steps: some };
}

function left({ path, reason }: DirectoryRow, kind: LeftOut['kind'], why: LeftOut['why']): Decision {
  return { kind: 'left', left: { path, kind, why, reason } };
}
