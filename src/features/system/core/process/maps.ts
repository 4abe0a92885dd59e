import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../../lib/errors';
import { memoryMaps, NO_SIZES, sumOfSizes, type MapSizes, type MemoryMap } from '../kernel/smaps';
import { isCutShort } from '../kernel/text';
import type { MapGroup, MemoryMaps } from './schema/maps';
import { MOST_ROWS } from './schema/process';

export type MapsMode = 'grouped' | 'all' | 'none';

/** The event loop gets a turn after so many maps: about 5 ms. */
const MAPS_A_TURN = 1000;
const ANONYMOUS = '[anon]';
const DELETED = ' (deleted)';

/** Of the text of /proc/PID/smaps, or of /proc/PID/maps where only the addresses are wanted. */
export async function readMaps(
  text: string,
  mode: MapsMode,
  takenAtMs: number,
  signal: AbortSignal,
): Promise<MemoryMaps> {
  let sum: MapSizes = NO_SIZES;
  let total = 0;
  const list: MemoryMap[] = [];
  const groups = new Map<string, MapGroup>();
  for (const map of memoryMaps(text)) {
    total++;
    sum = sumOfSizes(sum, map);
    if (mode === 'grouped') addTo(groups, map);
    else if (mode === 'all' && list.length < MOST_ROWS)
      list.push({ ...map, path: map.path === '' ? ANONYMOUS : map.path });
    if (total % MAPS_A_TURN === 0) {
      await nextTurn();
      throwIfCancelled(signal);
    }
  }
  const sorted = [...groups.values()].sort(
    (one, other) => other.residentBytes - one.residentBytes || other.sizeBytes - one.sizeBytes,
  );
  return {
    takenAtMs,
    total,
    complete: !isCutShort(text),
    sum: onlySizes(sum),
    groups: sorted.slice(0, MOST_ROWS),
    groupsTotal: sorted.length,
    list: list.map((map) => ({ ...map, flags: [...map.flags] })),
  };
}

function addTo(groups: Map<string, MapGroup>, map: MemoryMap): void {
  const { path, deleted } = nameOf(map);
  const key = deleted ? path + DELETED : path;
  const known = groups.get(key);
  const sizes = known === undefined ? onlySizes(map) : sumOfSizes(known, map);
  groups.set(key, { path, deleted, maps: (known?.maps ?? 0) + 1, ...sizes });
}

function nameOf({ path, inode }: MemoryMap): { readonly path: string; readonly deleted: boolean } {
  if (path === '') return { path: ANONYMOUS, deleted: false };
  const deleted = inode !== '0' && path.endsWith(DELETED);
  return { path: deleted ? path.slice(0, -DELETED.length) : path, deleted };
}

function onlySizes(sizes: MapSizes): MapSizes {
  return sumOfSizes(NO_SIZES, sizes);
}
