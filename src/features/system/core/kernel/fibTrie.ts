import { wholeLines } from './text';

/** What /proc/net/fib_trie tells of the machine's own IPv4 addresses; of which interface, it does not. */
export interface FibAddresses {
  /** Each once, in the order of the file. */
  readonly local: readonly string[];
  readonly broadcast: readonly string[];
}

/**
 * A tree of routes: a leaf is a line `|-- ADDRESS`, below it a line a route: `/PREFIX scope TYPE`. The own addresses are
 * those with a prefix of 32 and the type LOCAL; 127.0.0.0/8 is LOCAL too, but no address.
 */
export function parseFibTrie(text: string): FibAddresses {
  const local = new Set<string>();
  const broadcast = new Set<string>();
  let leaf: string | null = null;
  for (const line of wholeLines(text)) {
    const found = /\|-- (\d{1,3}(?:\.\d{1,3}){3})\s*$/.exec(line)?.[1];
    if (found !== undefined) leaf = found;
    else if (leaf !== null && /^\s*\/32 host LOCAL\b/.test(line)) local.add(leaf);
    else if (leaf !== null && /^\s*\/32 link BROADCAST\b/.test(line)) broadcast.add(leaf);
    else if (/^\S|\+--/.test(line)) leaf = null;
  }
  return { local: [...local], broadcast: [...broadcast] };
}
