import { cgroupLimitFiles, cgroupPartFiles, cgroupUsageFiles } from '../kernel/cgroup';
import { cgroupPlaces, type CgroupPlaces } from '../kernel/cgroupPlaces';
import type { Mount } from '../kernel/mountinfo';
import { percentOf } from '../kernel/numbers';
import type { ControlGroup } from '../overview/schema/processor';
import { groupFiles, groupHierarchies, groupPatterns, type GroupHierarchy, type GroupReading } from './groups';
import type { GroupRow } from './schema';

/** Where the control groups of a machine are, found once. */
export interface GroupPlaces {
  readonly own: CgroupPlaces | null;
  /** Of the own group, as the mounts show it: / within a container. */
  readonly ownPath: string | null;
  readonly hierarchies: readonly GroupHierarchy[];
}

export function groupPlaces(selfCgroup: string, mounts: readonly Mount[]): GroupPlaces {
  const own = cgroupPlaces(selfCgroup, mounts);
  const hierarchies = groupHierarchies(mounts);
  return { own, hierarchies, ownPath: own === null ? null : seenPath(own, hierarchies) };
}

/** The folder of the own group without the mount point above it. */
function seenPath({ memory, cpu }: CgroupPlaces, hierarchies: readonly GroupHierarchy[]): string {
  const folder = (memory ?? cpu)?.folders[0] ?? '';
  const mount = hierarchies.find(({ mountPoint }) => folder === mountPoint || folder.startsWith(`${mountPoint}/`));
  return mount === undefined ? '/' : folder.slice(mount.mountPoint.length) || '/';
}

/** The files of all groups, or of the own one only. */
export function groupItems({ own, ownPath, hierarchies }: GroupPlaces, all: boolean): readonly string[] {
  const limits = own === null ? [] : [...cgroupLimitFiles(own), ...cgroupUsageFiles(own), ...cgroupPartFiles(own)];
  const single = ownPath === null ? [] : groupFiles(hierarchies, ownPath);
  return [...limits, ...single, ...(all ? groupPatterns(hierarchies) : [])];
}

/** The own group with the lowest limits of itself and of those above it. */
export function ownGroupRow(
  places: GroupPlaces,
  readings: ReadonlyMap<string, GroupReading>,
  limits: ControlGroup | null,
): GroupRow | null {
  const row = places.ownPath === null ? undefined : readings.get(places.ownPath)?.row;
  if (row === undefined) return null;
  const memory = limits?.memory ?? null;
  const maxBytes = memory === null ? row.maxBytes : memory.limited ? memory.limitBytes : null;
  return {
    ...row,
    own: true,
    maxBytes,
    workingSetBytes: memory?.workingSetBytes ?? null,
    usedOfMaxPercent: percentOf(memory?.workingSetBytes ?? row.memoryBytes, maxBytes),
    cpuMaxCores: limits?.cpu?.limitCores ?? row.cpuMaxCores,
  };
}
