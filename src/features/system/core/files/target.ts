import type { FilesInput } from './input';
import type { Sought } from './matching';
import type { Resolved } from './resolve';
import type { Scan } from './scan';
import type { FilesTarget } from './schema';

export function soughtOf(resolved: Resolved, { recursive, mount }: FilesInput, scan: Scan): Sought {
  const { path, stat, exists } = resolved;
  if (mount !== true) {
    const place = scan.mounts.placeOf(path);
    return { question: recursive === true ? 'folder' : 'file', path, stat, exists, place, devices: new Set() };
  }
  // A device stands for what is mounted from it.
  const fromDevice = stat?.kind === 'block' ? scan.mounts.mounts.find((one) => one.source === path) : undefined;
  const place = scan.mounts.placeOf(fromDevice?.mountPoint ?? path);
  const devices = [place?.mount.device, fromDevice === undefined ? stat?.device : undefined];
  return { question: 'mount', path, stat, exists, place, devices: new Set(devices.filter((one) => one !== undefined)) };
}

export function targetOf({ asked, path, stat, exists }: Resolved, { place }: Sought): FilesTarget {
  return {
    asked,
    path,
    kind: stat?.kind ?? null,
    exists,
    sizeBytes: stat?.sizeBytes ?? null,
    device: stat?.device ?? null,
    inode: stat?.inode ?? null,
    hardLinks: stat?.links ?? null,
    mountPoint: place?.mount.mountPoint ?? null,
    fileSystemType: place?.mount.type ?? null,
    source: place?.mount.source ?? null,
  };
}
