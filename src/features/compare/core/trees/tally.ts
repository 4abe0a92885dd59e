import { factsOf, type Pair } from './entry';
import type { Metadata } from './inputs';
import { MOST_ROWS, type Counts, type DifferenceKind, type DirectoryRow, type Inside } from './schema';

/** What is said of a path beyond what it is. */
export interface RowMore {
  readonly reason?: string | null;
  readonly metadata?: readonly Metadata[];
  readonly inside?: Inside | null;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The rows so far, and how many there are of each kind. */
export class Tally {
  readonly counts = noCounts();
  commonFolders = 0;
  private readonly kept = new Map<string, DirectoryRow>();
  private leftOut = 0;
  /** Keys of rows about what is the same. */
  private readonly sameKeys: string[] = [];

  /** `withSame`: also the paths that are the same are told. */
  constructor(
    private readonly withSame: boolean,
    private readonly mostRows = MOST_ROWS,
  ) {}

  same(pair: Pair, metadata: readonly Metadata[]): void {
    if (metadata.length > 0) this.add('metadata', pair, { metadata });
    else if (this.withSame) this.add('same', pair);
    else this.counts.same += 1;
  }

  add(difference: DifferenceKind, pair: Pair, more: RowMore = {}): void {
    this.push({
      path: pair.path,
      difference,
      left: factsOf(pair.left),
      right: factsOf(pair.right),
      reason: more.reason ?? null,
      metadata: [...(more.metadata ?? [])],
      movedTo: pair.rightPath === pair.path ? null : pair.rightPath,
      inside: more.inside ?? null,
      groups: null,
      missing: null,
    });
  }

  push(row: DirectoryRow): void {
    this.counts[row.difference] += 1;
    if (this.kept.size >= this.mostRows) {
      this.leftOut += 1;
      if (row.difference === 'same' || !this.dropSame()) return;
    }
    const key = keyOf(row.difference, row.path);
    this.kept.set(key, row);
    if (row.difference === 'same') this.sameKeys.push(key);
  }

  /** What differs is told before what is the same. */
  private dropSame(): boolean {
    const key = this.sameKeys.pop();
    return key !== undefined && this.kept.delete(key);
  }

  /** Of a folder that only one side has: more of what is in it. */
  countInside(difference: DifferenceKind, path: string, more: Inside): void {
    const key = keyOf(difference, path);
    const row = this.kept.get(key);
    if (row === undefined || more.files + more.folders + more.others === 0) return;
    const { files = 0, folders = 0, others = 0, bytes = 0 } = row.inside ?? {};
    this.kept.set(key, {
      ...row,
      inside: {
        files: files + more.files,
        folders: folders + more.folders,
        others: others + more.others,
        bytes: bytes === null || more.bytes === null ? null : bytes + more.bytes,
      },
    });
  }

  /** A file that each side has elsewhere: its two rows become one. */
  setMoved(left: Pair, right: Pair): void {
    for (const [difference, { path }] of [
      ['leftOnly', left],
      ['rightOnly', right],
    ] as const) {
      if (this.kept.delete(keyOf(difference, path))) this.counts[difference] -= 1;
    }
    this.push({
      path: left.path,
      difference: 'moved',
      left: factsOf(left.left),
      right: factsOf(right.right),
      reason: null,
      metadata: [],
      movedTo: right.path,
      inside: null,
      groups: null,
      missing: null,
    });
  }

  /** Rows of which only the kind is known. */
  withoutStat(most: number): readonly DirectoryRow[] {
    return [...this.kept.values()].filter(({ left, right }) => (left ?? right)?.mode === null).slice(0, most);
  }

  replace(row: DirectoryRow, by: DirectoryRow): void {
    this.kept.set(keyOf(row.difference, row.path), by);
  }

  get rowsLeftOut(): number {
    return this.leftOut;
  }

  /** By path. */
  rows(): DirectoryRow[] {
    return [...this.kept.values()].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  }
}

export function noCounts(): Mutable<Counts> {
  return {
    same: 0,
    differs: 0,
    metadata: 0,
    kind: 0,
    leftOnly: 0,
    rightOnly: 0,
    moved: 0,
    outlier: 0,
    error: 0,
  };
}

function keyOf(difference: DifferenceKind, path: string): string {
  return `${difference}:${path}`;
}
