import { count, wholeLines, words } from './text';

/** One cache of the kernel's objects, see slabinfo(5). */
export interface SlabCache {
  readonly name: string;
  readonly objects: number;
  readonly activeObjects: number;
  readonly objectBytes: number;
  /** What the cache takes: its objects, used or not. Pages that are not filled to the end are not told. */
  readonly sizeBytes: number;
}

/** /proc/slabinfo, which only root may read, largest first; null when it is not version 2. */
export function parseSlabinfo(text: string): readonly SlabCache[] | null {
  if (!text.startsWith('slabinfo - version: 2')) return null;
  const caches = wholeLines(text).flatMap((line): readonly SlabCache[] => {
    const [name, active, total, size] = words(line);
    const [activeObjects, objects, objectBytes] = [count(active), count(total), count(size)];
    if (name === undefined || activeObjects === null || objects === null || objectBytes === null) return [];
    return [{ name, objects, activeObjects, objectBytes, sizeBytes: objects * objectBytes }];
  });
  return caches.sort((one, other) => other.sizeBytes - one.sizeBytes);
}
