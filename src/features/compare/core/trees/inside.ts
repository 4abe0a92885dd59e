import type { TreeEntry } from './entry';
import type { Inside } from './schema';

export const NOTHING_INSIDE: Inside = { files: 0, folders: 0, others: 0, bytes: 0 };

/** The bytes are null where they were not asked for. */
export function countOf(entries: readonly TreeEntry[]): Inside {
  const count = { files: 0, folders: 0, others: 0, bytes: 0 as number | null };
  for (const { kind, stat } of entries) {
    if (kind === 'directory') count.folders += 1;
    else if (kind !== 'file') count.others += 1;
    else {
      count.files += 1;
      count.bytes = stat === null || count.bytes === null ? null : count.bytes + stat.sizeBytes;
    }
  }
  return count;
}
