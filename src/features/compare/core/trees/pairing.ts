import { joined } from '../../../../machine/treePaths';
import type { Pair, Side, TreeEntry } from './entry';
import type { FolderPair } from './join';

export interface PairingOptions {
  /** Whether a name of a folder takes part. */
  readonly wanted: (folder: string, entry: TreeEntry) => boolean;
  readonly ignoreCase: boolean;
  /** Told of a name that is the same as another one of its side, where the case of names does not count. */
  readonly twin: (side: Side, path: string, entry: TreeEntry) => void;
}

/** Which names are on both sides of a folder, and which on one: one by one, since there may be a million. */
export function* pairNames({ left, right }: FolderPair, options: PairingOptions): Generator<Pair, void, undefined> {
  const keyOf = options.ignoreCase ? foldedName : (name: string): string => name;
  const rightNames = new Map<string, TreeEntry>();
  for (const entry of right.entries) {
    if (!options.wanted(right.path, entry)) continue;
    const key = keyOf(entry.name);
    if (rightNames.has(key)) options.twin('right', joined(right.path, entry.name), entry);
    else rightNames.set(key, entry);
  }
  const seen = options.ignoreCase ? new Set<string>() : null;
  for (const entry of left.entries) {
    if (!options.wanted(left.path, entry)) continue;
    const path = joined(left.path, entry.name);
    const key = keyOf(entry.name);
    if (seen?.has(key) === true) options.twin('left', path, entry);
    else {
      seen?.add(key);
      const partner = rightNames.get(key) ?? null;
      rightNames.delete(key);
      const isSpelledAlike = partner === null || (partner.name === entry.name && right.path === left.path);
      const rightPath = isSpelledAlike ? path : joined(right.path, partner.name);
      yield { path, rightPath, left: entry, right: partner };
    }
  }
  for (const entry of rightNames.values()) {
    const path = joined(right.path, entry.name);
    yield { path, rightPath: path, left: null, right: entry };
  }
}

/** Names with this in common differ only in case, or in how accents are put together. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
