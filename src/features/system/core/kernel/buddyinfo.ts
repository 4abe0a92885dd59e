import { count, wholeLines, words } from './text';

/** Free memory of one zone in blocks of 2^order pages, see proc(5). */
export interface FreeBlocks {
  readonly node: number;
  readonly zone: string;
  /** By order, from single pages on. */
  readonly blocks: readonly number[];
}

/** /proc/buddyinfo: `Node 0, zone   Normal  12 3 …`. */
export function parseBuddyinfo(text: string): readonly FreeBlocks[] {
  return wholeLines(text).flatMap((line): readonly FreeBlocks[] => {
    const [, node, zone, rest] = /^Node (\d+), zone +(\S+) +(.*)$/.exec(line) ?? [];
    const number = count(node);
    const blocks = words(rest ?? '').map((word) => count(word));
    if (number === null || zone === undefined || blocks.length === 0) return [];
    return [{ node: number, zone, blocks: blocks.map((value) => value ?? 0) }];
  });
}

/**
 * Share of a zone's free memory that lies in blocks too small for a request of that order, 0 to 100, as the kernel's
 * unusable_index counts it; null where nothing is free.
 */
export function unusablePercent({ blocks }: FreeBlocks, order: number): number | null {
  let free = 0;
  let usable = 0;
  for (const [index, number] of blocks.entries()) {
    const pages = number * 2 ** index;
    free += pages;
    if (index >= order) usable += pages;
  }
  return free === 0 ? null : Math.round(((free - usable) / free) * 1000) / 10;
}
