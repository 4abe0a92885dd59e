import { isImage } from './fileSystems';
import type { FileSystem } from './schema/storage';

/** The fullest of those that can be written to; null when the space of none is known. */
export function fullestOf(fileSystems: readonly FileSystem[]): FileSystem | null {
  let fullest: FileSystem | null = null;
  for (const one of fileSystems) {
    if (one.usedPercent === null || one.readOnly || isImage(one.type)) continue;
    if (fullest === null || one.usedPercent > (fullest.usedPercent ?? 0)) fullest = one;
  }
  return fullest;
}
