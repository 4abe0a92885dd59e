import { joined } from '../../../../machine/treePaths';
import type { TreeEntry, TreeListing } from './entry';

/** A folder as all sides have it. */
export interface FolderOfAll {
  readonly path: string;
  /** By side; undefined where it does not have the folder. */
  readonly listings: readonly (TreeListing | undefined)[];
  /** Sides of which it is not known what they have here. */
  readonly unknown: ReadonlySet<number>;
}

interface Waiting {
  readonly path: string;
  readonly listings: (TreeListing | undefined)[];
  readonly absent: Set<number>;
  readonly unknown: Set<number>;
  /** The folder above is through, so that it is known which sides lack this one. */
  isPlaced: boolean;
}

/**
 * Brings together the listings of the same folder of all sides, in whatever order they come. What waits is what some
 * sides are ahead of the others, so walks in the same order need next to no memory.
 */
export class ManyJoin {
  private readonly waiting = new Map<string, Waiting>();
  private readonly ended = new Set<number>();
  private readonly entries: number[];
  private ready: FolderOfAll[] = [];

  constructor(
    private readonly sides: number,
    private readonly keyOf: (path: string) => string,
  ) {
    this.entries = new Array<number>(sides).fill(0);
    this.folder('').isPlaced = true;
  }

  /** The folders that are complete with it. */
  add(side: number, listing: TreeListing): readonly FolderOfAll[] {
    const folder = this.folder(listing.path);
    folder.listings[side] = listing;
    if (listing.failure !== null) folder.unknown.add(side);
    this.entries[side] = this.ahead(side) + listing.entries.length;
    this.settle(folder);
    return this.taken();
  }

  /** Nothing more comes of that side; `isWhole`: what has not come is not there. */
  end(side: number, isWhole: boolean): readonly FolderOfAll[] {
    this.ended.add(side);
    for (const folder of [...this.waiting.values()]) {
      if (!isWhole && folder.listings[side] === undefined) folder.unknown.add(side);
      this.settle(folder);
    }
    return this.taken();
  }

  /** What was never found complete, when all are at their end: folders that some have not entered. */
  rest(): readonly FolderOfAll[] {
    const rest = [...this.waiting.values()].filter(({ listings }) => listings.some((one) => one !== undefined));
    this.waiting.clear();
    return rest;
  }

  /** How many entries of a side wait for the others. */
  ahead(side: number): number {
    return this.entries[side] ?? 0;
  }

  private folder(path: string): Waiting {
    const key = this.keyOf(path);
    const known = this.waiting.get(key);
    if (known !== undefined) return known;
    const made = { path, listings: [], absent: new Set<number>(), unknown: new Set<number>(), isPlaced: false };
    this.waiting.set(key, made);
    return made;
  }

  private settle(folder: Waiting): void {
    if (!folder.isPlaced) return;
    for (let side = 0; side < this.sides; side += 1) {
      const isTold = folder.listings[side] !== undefined || folder.absent.has(side) || folder.unknown.has(side);
      if (!isTold && !this.ended.has(side)) return;
    }
    this.waiting.delete(this.keyOf(folder.path));
    folder.listings.forEach(
      (listing, side) => (this.entries[side] = this.ahead(side) - (listing?.entries.length ?? 0)),
    );
    this.ready.push(folder);
    for (const child of this.place(folder)) this.settle(child);
  }

  /** The folders in it, with the sides that do not have them. */
  private place({ path, listings, unknown }: Waiting): Iterable<Waiting> {
    const having = new Map<Waiting, Set<number>>();
    listings.forEach((listing, side) => {
      for (const { name, kind } of listing?.entries ?? ([] as readonly TreeEntry[])) {
        if (kind !== 'directory') continue;
        const child = this.folder(joined(path, name));
        having.set(child, (having.get(child) ?? new Set()).add(side));
      }
    });
    for (const [child, sides] of having) {
      child.isPlaced = true;
      for (let side = 0; side < this.sides; side += 1) {
        if (unknown.has(side)) child.unknown.add(side);
        else if (!sides.has(side)) child.absent.add(side);
      }
    }
    return having.keys();
  }

  private taken(): readonly FolderOfAll[] {
    const taken = this.ready;
    this.ready = [];
    return taken;
  }
}
