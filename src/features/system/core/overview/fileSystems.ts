import type { Mount } from '../kernel/mountinfo';

/** Types without space of their own, which df leaves out; those left that report no blocks are left out later. */
const PSEUDO_TYPES: ReadonlySet<string> = new Set([
  'anon_inodefs',
  'autofs',
  'bdev',
  'binder',
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'cpuset',
  'debugfs',
  'devfs',
  'devpts',
  'efivarfs',
  'fuse.gvfsd-fuse',
  'fuse.lxcfs',
  'fuse.portal',
  'fuse.snapfuse',
  'fusectl',
  'hugetlbfs',
  'ignore',
  'kernfs',
  'mqueue',
  'none',
  'nfsd',
  'nsfs',
  'pipefs',
  'proc',
  'pstore',
  'resctrl',
  'rootfs',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'smackfs',
  'sockfs',
  'spufs',
  'subfs',
  'sysfs',
  'tracefs',
  'usbdevfs',
  'usbfs',
]);

/** Images that are full by nature. */
const IMAGE_TYPES: ReadonlySet<string> = new Set(['cramfs', 'erofs', 'iso9660', 'romfs', 'squashfs', 'udf']);

export function isImage(type: string): boolean {
  return IMAGE_TYPES.has(type);
}

/**
 * The mounted file systems that df(1) would list: no pseudo file systems, no mounts hidden under later ones, each
 * file system once (its root before a bind mount, then the shortest path), no squashfs of a loop device (snaps).
 */
export function listedMounts(mounts: readonly Mount[]): readonly Mount[] {
  const chosen = new Map<string, Mount>();
  for (const mount of visibleMounts(mounts)) {
    if (PSEUDO_TYPES.has(mount.type) || isSnap(mount)) continue;
    const known = chosen.get(mount.device);
    if (known === undefined || isBetter(mount, known)) chosen.set(mount.device, mount);
  }
  return [...chosen.values()].sort((one, other) => compare(one.mountPoint, other.mountPoint));
}

interface Place {
  readonly mount: Mount;
  /** In the order of the file, which is that of mounting. */
  readonly index: number;
}

/** A later mount hides the earlier one at the same path, and what is mounted below a folder that it covers. */
function visibleMounts(mounts: readonly Mount[]): readonly Mount[] {
  const byId = new Map(mounts.map((mount) => [mount.id, mount]));
  const topmost = new Map<string, Place>();
  for (const [index, mount] of mounts.entries()) topmost.set(mount.mountPoint, { mount, index });
  return mounts.filter(
    (mount, index) => topmost.get(mount.mountPoint)?.mount === mount && !isCovered({ mount, index }, topmost, byId),
  );
}

/** Covered: at a folder above stands a mount that came later and that this one is not part of. */
function isCovered(
  { mount, index }: Place,
  topmost: ReadonlyMap<string, Place>,
  byId: ReadonlyMap<number, Mount>,
): boolean {
  for (let end = mount.mountPoint.lastIndexOf('/'); end >= 0; end = mount.mountPoint.lastIndexOf('/', end - 1)) {
    const above = topmost.get(mount.mountPoint.slice(0, end) || '/');
    if (above !== undefined && above.index > index && !isWithin(mount, above.mount, byId)) return true;
    if (end === 0) break;
  }
  return false;
}

function isWithin(mount: Mount, above: Mount, byId: ReadonlyMap<number, Mount>): boolean {
  let parent = byId.get(mount.parentId);
  for (let steps = 0; parent !== undefined && steps < byId.size; steps++) {
    if (parent === above) return true;
    parent = byId.get(parent.parentId);
  }
  return false;
}

function isSnap(mount: Mount): boolean {
  return mount.type === 'squashfs' && mount.source.startsWith('/dev/loop');
}

function isBetter(mount: Mount, than: Mount): boolean {
  if ((mount.root === '/') !== (than.root === '/')) return mount.root === '/';
  return mount.mountPoint.length < than.mountPoint.length;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
