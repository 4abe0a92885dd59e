import type { Mount } from './mountinfo';
import { wholeLines } from './text';

/** Where a machine's own control group keeps its files, see cgroups(7). Folders from the own group up to the root. */
export interface CgroupPlaces {
  /** The group's path in the hierarchy. */
  readonly path: string;
  readonly memory: ControllerPlace | null;
  readonly cpu: ControllerPlace | null;
}

export interface ControllerPlace {
  readonly version: 1 | 2;
  readonly folders: readonly string[];
}

interface Membership {
  readonly controllers: readonly string[];
  readonly path: string;
}

/** Deeper nesting than any manager makes; a longer path is cut at its upper end. */
const MOST_LEVELS = 16;

/** `selfCgroup` is the text of /proc/self/cgroup. null when no controller's folder is mounted. */
export function cgroupPlaces(selfCgroup: string, mounts: readonly Mount[]): CgroupPlaces | null {
  const memberships = wholeLines(selfCgroup).flatMap((line) => membershipOf(line));
  const memory = placeOf('memory', memberships, mounts);
  const cpu = placeOf('cpu', memberships, mounts);
  if (memory === null && cpu === null) return null;
  return { path: memory?.path ?? cpu?.path ?? '/', memory: memory?.place ?? null, cpu: cpu?.place ?? null };
}

/** A line is `number:controllers:path`; the controllers of version 2 are empty, and a path may hold colons. */
function membershipOf(line: string): readonly Membership[] {
  const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
  return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
}

/** A controller is in version 1 when it has a line of its own, otherwise in version 2. */
function placeOf(
  controller: string,
  memberships: readonly Membership[],
  mounts: readonly Mount[],
): { readonly path: string; readonly place: ControllerPlace } | null {
  const own = memberships.find((one) => one.controllers.includes(controller));
  const member = own ?? memberships.find((one) => one.controllers.length === 1 && one.controllers[0] === '');
  if (member === undefined) return null;
  const mount = own === undefined ? mounts.find((one) => one.type === 'cgroup2') : controllerMount(controller, mounts);
  if (mount === undefined) return null;
  return {
    path: member.path,
    place: { version: own === undefined ? 2 : 1, folders: foldersOf(mount, member.path) },
  };
}

/** Version 1 mounts one or several controllers at a folder of their names: memory, or cpu,cpuacct. */
function controllerMount(controller: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts.find(
    (one) =>
      one.type === 'cgroup' &&
      one.mountPoint
        .slice(one.mountPoint.lastIndexOf('/') + 1)
        .split(',')
        .includes(controller),
  );
}

/**
 * In a container without a namespace of its own the path is that of the host, and only the part below the mount's
 * root is there to be seen. A path that climbs out of the namespace ('/../x') leaves the mount point only.
 */
function foldersOf(mount: Mount, path: string): readonly string[] {
  const base = mount.root === '/' ? '' : mount.root;
  const inside = path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : '';
  const segments = inside.split('/').filter((segment) => segment !== '');
  if (segments.includes('..')) return [mount.mountPoint];
  const folders = [mount.mountPoint];
  for (const segment of segments) folders.unshift(`${folders[0] ?? ''}/${segment}`);
  return folders.slice(0, MOST_LEVELS);
}
