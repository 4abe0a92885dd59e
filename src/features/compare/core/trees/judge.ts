import * as l10n from '@vscode/l10n';
import type { FileKind } from '../../../../machine/machine';
import type { TreeEntry } from './entry';
import type { DirectoriesInput, Metadata } from './inputs';

/** What a whole second may leave out of a time, to the microsecond. */
export const WHOLE_SECOND_MS = 999.999;
/** The permission that git keeps. */
export const RUNNABLE = 0o100;

export interface JudgeOptions {
  readonly mode: DirectoriesInput['mode'];
  readonly metadata: readonly Metadata[];
  /** Times that are no further apart are the same. */
  readonly toleranceMs: number;
  /** Permission bits that count: git keeps only whether a file can be run. */
  readonly modeMask: number;
}

/** What can be said of two entries of one name without reading them. */
export type Judgement =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly reason: string | null }
  /** filecmp's common_funny: the kinds clash, or there is nothing to compare. */
  | { readonly kind: 'kind'; readonly reason: string }
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'folders' }
  /** Their bytes decide. */
  | { readonly kind: 'read' };

/** One for all: there may be a million of each. */
const READ: Judgement = { kind: 'read' };
const NO_METADATA: readonly Metadata[] = [];

export function judge(left: TreeEntry, right: TreeEntry, options: JudgeOptions): Judgement {
  const failure = left.failure ?? right.failure;
  if (failure !== null)
    return { kind: 'error', reason: sided(left.failure === null ? 'right' : 'left', failure.message) };
  if (left.kind !== right.kind) {
    return { kind: 'kind', reason: l10n.t('{0} here, {1} there', kindWords(left.kind), kindWords(right.kind)) };
  }
  switch (left.kind) {
    case 'directory':
      return { kind: 'folders' };
    case 'symlink':
      return left.linkTarget === right.linkTarget
        ? { kind: 'same' }
        : { kind: 'differs', reason: l10n.t('the links lead to different places') };
    case 'file':
      return judgeFiles(left, right, options);
    default:
      return { kind: 'kind', reason: l10n.t('{0} on both sides, which is not opened', kindWords(left.kind)) };
  }
}

function judgeFiles(left: TreeEntry, right: TreeEntry, { mode, toleranceMs }: JudgeOptions): Judgement {
  if (left.stat !== null && right.stat !== null) {
    const isSameSize = left.stat.sizeBytes === right.stat.sizeBytes;
    // What the kernel makes says 0 of itself.
    const isTold = left.stat.sizeBytes > 0 || right.stat.sizeBytes > 0 || mode === 'size' || mode === 'shallow';
    if (!isSameSize && isTold) return { kind: 'differs', reason: l10n.t('different sizes') };
    if (mode === 'size') return { kind: 'same' };
    if (mode === 'shallow' && isSameTime(left.stat.modifiedMs, right.stat.modifiedMs, toleranceMs))
      return { kind: 'same' };
  }
  for (const name of ['sha256', 'blob'] as const) {
    // Names of git are made by one of two ways, which their lengths tell.
    if (left[name] === undefined || left[name].length !== right[name]?.length) continue;
    return left[name] === right[name] ? { kind: 'same' } : { kind: 'differs', reason: null };
  }
  return READ;
}

/** What of the metadata is not the same. */
export function metadataDifferences(
  left: TreeEntry,
  right: TreeEntry,
  { metadata, toleranceMs, modeMask }: JudgeOptions,
): readonly Metadata[] {
  const { stat: one } = left;
  const { stat: other } = right;
  if (metadata.length === 0) return NO_METADATA;
  return metadata.filter((what) => {
    if (what === 'xattr')
      return left.xattrs !== undefined && right.xattrs !== undefined && left.xattrs !== right.xattrs;
    if (one === null || other === null) return false;
    switch (what) {
      case 'mode':
        // The system gives all links the same.
        return left.kind !== 'symlink' && differ(one.mode, other.mode, (mode) => mode & modeMask);
      case 'owner':
        return differ(one.uid, other.uid) || differ(one.gid, other.gid);
      case 'mtime':
        return differ(one.modifiedMs, other.modifiedMs) && !isSameTime(one.modifiedMs, other.modifiedMs, toleranceMs);
    }
  });
}

/** What one side does not tell is no difference. */
function differ(one: number | null, other: number | null, of = (value: number): number => value): boolean {
  return one !== null && other !== null && of(one) !== of(other);
}

/** In microseconds: finer than that, what machines tell of the same file differs by rounding. */
export function isSameTime(one: number | null, other: number | null, toleranceMs: number): boolean {
  if (one === null || other === null) return false;
  return Math.abs(Math.round(one * 1_000) - Math.round(other * 1_000)) <= toleranceMs * 1_000;
}

export function sided(side: 'left' | 'right', reason: string): string {
  return side === 'left' ? l10n.t('left: {0}', reason) : l10n.t('right: {0}', reason);
}

export function kindWords(kind: FileKind): string {
  switch (kind) {
    case 'file':
      return l10n.t('a file');
    case 'directory':
      return l10n.t('a folder');
    case 'symlink':
      return l10n.t('a symbolic link');
    case 'fifo':
      return l10n.t('a named pipe');
    case 'socket':
      return l10n.t('a socket');
    case 'block':
    case 'character':
      return l10n.t('a device');
    case 'unknown':
      return l10n.t('something of an unknown kind');
  }
}
