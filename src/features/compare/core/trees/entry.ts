import type { FolderListing, WalkEntry } from '../../../../machine/machine';
import type { EntryFacts } from './schema';

/** What a side tells of one name. */
export interface TreeEntry extends WalkEntry {
  /** Of a manifest; else it is found out when it is needed. */
  readonly sha256?: string;
}

export interface TreeListing extends FolderListing {
  readonly entries: readonly TreeEntry[];
}

export type Side = 'left' | 'right';

export const SIDES: readonly Side[] = ['left', 'right'];

export function otherSide(side: Side): Side {
  return side === 'left' ? 'right' : 'left';
}

/** One name of a folder that both sides have; at least one of them has it. */
export interface Pair {
  /** Below the roots, as the left side spells it where it has it. */
  readonly path: string;
  /** As the right side spells it; the same unless only the case differs. */
  readonly rightPath: string;
  readonly left: TreeEntry | null;
  readonly right: TreeEntry | null;
}

export function factsOf(entry: TreeEntry | null): EntryFacts | null {
  if (entry === null) return null;
  const { kind, stat, linkTarget } = entry;
  return {
    kind,
    sizeBytes: stat === null || kind !== 'file' ? null : stat.sizeBytes,
    modifiedMs: stat?.modifiedMs ?? null,
    mode: stat?.mode ?? null,
    uid: stat?.uid ?? null,
    gid: stat?.gid ?? null,
    linkTarget,
  };
}
