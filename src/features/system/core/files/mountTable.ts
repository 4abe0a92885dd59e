import { decodeBytes } from '../kernel/bytes';
import { parseMountinfo, type Mount } from '../kernel/mountinfo';

/** A path as its file system has it: the same file has the same place in every mount namespace. */
export interface Place {
  readonly mount: Mount;
  /** Within the file system, beginning with a slash. */
  readonly inside: string;
}

export interface MountTable {
  readonly mounts: readonly Mount[];
  /** null where no mount stands above, as for paths that are none. */
  placeOf(path: string): Place | null;
  byDevice(device: string): Mount | null;
}

/** `mountinfo`: every character is a byte. Of several mounts at one place the last one is seen. */
export function mountTable(mountinfo: string): MountTable {
  const mounts = (parseMountinfo(mountinfo) ?? []).map((mount): Mount => ({
    ...mount,
    mountPoint: decodeBytes(mount.mountPoint),
    root: decodeBytes(mount.root),
    source: decodeBytes(mount.source),
  }));
  const topmost = new Map(mounts.map((mount) => [mount.mountPoint, mount]));
  const devices = new Map<string, Mount>();
  for (const mount of mounts) {
    const known = devices.get(mount.device);
    if (known === undefined || mount.mountPoint.length < known.mountPoint.length) devices.set(mount.device, mount);
  }
  return {
    mounts,
    byDevice: (device) => devices.get(device) ?? null,
    placeOf(path) {
      for (const folder of foldersUp(path)) {
        const mount = topmost.get(folder);
        if (mount === undefined) continue;
        const rest = folder === '/' ? path : path.slice(folder.length);
        return { mount, inside: joined(mount.root, rest) };
      }
      return null;
    },
  };
}

/** The path itself and the folders above it, down to '/'. */
function* foldersUp(path: string): Generator<string> {
  if (!path.startsWith('/')) return;
  for (let folder = path; folder !== ''; folder = folder.slice(0, folder.lastIndexOf('/'))) yield folder;
  if (path !== '/') yield '/';
}

function joined(root: string, rest: string): string {
  if (root === '/') return rest === '' ? '/' : rest;
  return rest === '/' || rest === '' ? root : root + rest;
}

export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** File systems that need a server, and hang with it: another machine, or a program of this one. */
const SERVED_TYPE =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|ceph|glusterfs|lustre|beegfs|gpfs|9p|virtiofs|ncpfs|davfs|coda|orangefs|ocfs2|gfs2|autofs|fuse(blk)?(\..+)?)$/;

export function mayHang({ type }: Pick<Mount, 'type'>): boolean {
  return SERVED_TYPE.test(type);
}
