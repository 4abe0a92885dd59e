import { otherSide, SIDES, type Side, type TreeListing } from './entry';

export interface FolderPair {
  readonly left: TreeListing;
  readonly right: TreeListing;
}

/** What becomes of a listing: it waits, makes a pair, or lies below a folder that only one side has. */
export type Joined =
  | { readonly kind: 'waits' }
  | { readonly kind: 'pair'; readonly pair: FolderPair }
  | { readonly kind: 'inside'; readonly root: string; readonly listing: TreeListing };

/**
 * Brings together the listings of the same folder of both sides, in whatever order they come. What waits is what one
 * side is ahead of the other, so two walks in the same order need next to no memory.
 */
export class FolderJoin {
  private readonly waiting: Readonly<Record<Side, Map<string, TreeListing>>> = { left: new Map(), right: new Map() };
  /** Folders of which the content is not to be paired. */
  private readonly alone: Readonly<Record<Side, Set<string>>> = { left: new Set(), right: new Set() };
  private readonly entries: Record<Side, number> = { left: 0, right: 0 };

  constructor(private readonly keyOf: (path: string) => string) {}

  add(side: Side, listing: TreeListing): Joined {
    const root = this.aloneAbove(side, listing.path);
    if (root !== null) return { kind: 'inside', root, listing };
    const key = this.keyOf(listing.path);
    const partner = this.waiting[otherSide(side)].get(key);
    if (partner === undefined) {
      this.waiting[side].set(key, listing);
      this.entries[side] += listing.entries.length;
      return { kind: 'waits' };
    }
    this.drop(otherSide(side), key, partner);
    return {
      kind: 'pair',
      pair: side === 'left' ? { left: listing, right: partner } : { left: partner, right: listing },
    };
  }

  /** The folder is not to be paired: what has come of it and below, and from now on all that comes is 'inside'. */
  setAlone(side: Side, path: string): readonly TreeListing[] {
    this.alone[side].add(path);
    const below: TreeListing[] = [];
    if (this.waiting[side].size === 0) return below;
    for (const [key, listing] of this.waiting[side]) {
      if (listing.path !== path && !listing.path.startsWith(`${path}/`)) continue;
      this.drop(side, key, listing);
      below.push(listing);
    }
    return below;
  }

  /** How many entries wait for the other side. */
  ahead(side: Side): number {
    return this.entries[side];
  }

  /** What has found no partner, when both are at their end. */
  rest(): readonly { readonly side: Side; readonly listing: TreeListing }[] {
    return SIDES.flatMap((side) => [...this.waiting[side].values()].map((listing) => ({ side, listing })));
  }

  private drop(side: Side, key: string, listing: TreeListing): void {
    this.waiting[side].delete(key);
    this.entries[side] -= listing.entries.length;
  }

  private aloneAbove(side: Side, path: string): string | null {
    const alone = this.alone[side];
    if (alone.size === 0) return null;
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
      const above = path.slice(0, at);
      if (alone.has(above)) return above;
    }
    return null;
  }
}
