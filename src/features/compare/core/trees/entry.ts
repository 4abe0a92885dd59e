import type { EntryStat, FolderListing, WalkEntry } from '../../../../machine/machine';
import type { EntryFacts } from './schema';

/** What is not a folder does not have all of it; null is what it does not tell. */
export type TreeStat = Pick<EntryStat, 'sizeBytes'> & {
  readonly [Key in Exclude<keyof EntryStat, 'sizeBytes'>]: EntryStat[Key] | null;
};

/** Where a zip archive has the content of a file. */
export interface ZipPlace {
  /** Of its local header. */
  readonly offset: number;
  readonly packedBytes: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
}

/** What a side tells of one name. */
export interface TreeEntry extends Omit<WalkEntry, 'stat'> {
  readonly stat: TreeStat | null;
  /** Of a manifest or a tar archive; else it is found out when it is needed. */
  readonly sha256?: string;
  /** Extended attributes, NAME=VALUE one a line, where they were asked for and could be read. */
  readonly xattrs?: string;
  /** Name of its content in a git repository: the same name, the same content. */
  readonly blob?: string;
  /** Where a zip archive has it. */
  readonly packed?: ZipPlace;
}

export interface TreeListing extends Omit<FolderListing, 'entries'> {
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
  const { kind, stat, linkTarget, xattrs } = entry;
  return {
    kind,
    sizeBytes: stat === null || kind !== 'file' ? null : stat.sizeBytes,
    modifiedMs: stat?.modifiedMs ?? null,
    mode: stat?.mode ?? null,
    uid: stat?.uid ?? null,
    gid: stat?.gid ?? null,
    linkTarget,
    ...(xattrs === undefined ? {} : { xattrs }),
  };
}
