import type { Machine } from '../../../../machine/machine';
import { parseSwaps } from '../kernel/swaps';
import { singleValue } from '../kernel/text';
import { isBelow, type MountTable } from './mountTable';
import type { Obstacle } from './schema';

/** What keeps a file system from being unmounted and is no process. */
export async function readObstacles(
  machine: Machine,
  mountPoint: string,
  mounts: MountTable,
  signal: AbortSignal,
): Promise<readonly Obstacle[]> {
  const texts = await machine.files.readMany(['/proc/swaps', '/sys/block/*/loop/backing_file'], { signal });
  const on = (path: string): boolean => mounts.placeOf(path)?.mount.mountPoint === mountPoint;
  const swaps = texts.get('/proc/swaps');
  const areas = typeof swaps === 'string' ? parseSwaps(swaps) : [];
  const below = mounts.mounts.filter((mount) => isBelow(mount.mountPoint, mountPoint));
  return [
    ...[...new Set(below.map((mount) => mount.mountPoint))].map((what) => ({ kind: 'mount' as const, what })),
    ...areas
      .filter((area) => area.kind === 'file' && on(area.path))
      .map(({ path }) => ({ kind: 'swap' as const, what: path })),
    ...[...texts].flatMap(([path, content]): readonly Obstacle[] => {
      const device = /^\/sys\/block\/([^/]+)\/loop\//.exec(path)?.[1];
      const file = singleValue(content);
      if (device === undefined || file === null || !on(file)) return [];
      return [{ kind: 'loop', what: `/dev/${device} (${file})` }];
    }),
  ];
}
