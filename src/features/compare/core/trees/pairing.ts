import { joined } from '../../../../machine/treePaths';
import type { Pair, TreeEntry } from './entry';
import type { FolderPair } from './join';

export interface PairingOptions {
  /** Whether a name takes part. */
  readonly wanted: (path: string, entry: TreeEntry) => boolean;
  readonly ignoreCase: boolean;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Names of one side that are the same as another one of it, where the case of names does not count. */
  readonly twins: readonly { readonly path: string; readonly entry: TreeEntry; readonly side: 'left' | 'right' }[];
}

/** Which names are on both sides of a folder, and which on one. */
export function pairNames({ left, right }: FolderPair, options: PairingOptions): Pairing {
  const twins: Pairing['twins'][number][] = [];
  const keyOf = options.ignoreCase ? foldedName : (name: string): string => name;
  const rightNames = new Map<string, TreeEntry>();
  for (const entry of right.entries) {
    if (!options.wanted(joined(right.path, entry.name), entry)) continue;
    const key = keyOf(entry.name);
    if (rightNames.has(key)) twins.push({ path: joined(right.path, entry.name), entry, side: 'right' });
    else rightNames.set(key, entry);
  }
  const pairs: Pair[] = [];
  const seen = options.ignoreCase ? new Set<string>() : null;
  for (const entry of left.entries) {
    const path = joined(left.path, entry.name);
    if (!options.wanted(path, entry)) continue;
    const key = keyOf(entry.name);
    if (seen?.has(key) === true) twins.push({ path, entry, side: 'left' });
    else {
      seen?.add(key);
      const partner = rightNames.get(key) ?? null;
      rightNames.delete(key);
      pairs.push({
        path,
        rightPath: partner === null ? path : joined(right.path, partner.name),
        left: entry,
        right: partner,
      });
    }
  }
  for (const entry of rightNames.values()) {
    const path = joined(right.path, entry.name);
    pairs.push({ path, rightPath: path, left: null, right: entry });
  }
  return { pairs, twins };
}

/** Names with this in common differ only in case, or in how accents are put together. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
