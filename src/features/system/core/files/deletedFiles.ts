import type { Machine } from '../../../../machine/machine';
import { readForeignMounts } from './foreign';
import { readMapped, statMapped, type MappedUse } from './mapped';
import type { MountTable } from './mountTable';
import type { HeldLink, Scan, ScannedProcess } from './scan';
import type { Medium } from './schema';
import { hangingOnTheWay, silentMounts } from './silentMounts';
import { statLinks } from './stats';

/** One process holds one deleted file in one way. */
export interface DeletedUse {
  readonly process: ScannedProcess;
  /** A file descriptor's number, or cwd, exe, map. */
  readonly how: string;
  readonly path: string;
  readonly device: string | null;
  readonly inode: string | null;
  readonly sizeBytes: number | null;
  readonly medium: Medium;
  readonly mountPoint: string | null;
}

export interface DeletedReading {
  readonly uses: readonly DeletedUse[];
  /** Mount points that did not answer. */
  readonly silent: readonly string[];
  /** How many others did not answer in time. */
  readonly late: number;
}

/** Which processes hold deleted files open. `maps`: also those that are only mapped, such as replaced libraries. */
export async function readDeleted(
  machine: Machine,
  scan: Scan,
  maps: boolean,
  signal: AbortSignal,
): Promise<DeletedReading> {
  const held = scan.processes.flatMap((process) =>
    process.links
      .filter(({ how, markedDeleted }) => markedDeleted && how !== 'root')
      .map((link) => ({ process, link })),
  );
  const links = held.map((one) => one.link);
  const [mountsOf, { byLink, silent, late }, mapped] = await Promise.all([
    readForeignMounts(machine, scan, signal),
    statLinks(machine, links, scan.mounts, signal),
    maps ? readMappedDeleted(machine, scan, signal) : [],
  ]);
  const uses = held.flatMap(({ process, link }): readonly DeletedUse[] => {
    const stat = byLink.get(link.link) ?? null;
    // Named so, or another name of it is left.
    if (stat !== null && stat.links > 0) return [];
    const figures = { device: stat?.device ?? null, inode: stat?.inode ?? null, sizeBytes: stat?.sizeBytes ?? null };
    return [deletedUse(process, howOf(link), link.target, figures, mountsOf(process))];
  });
  const ofMaps = mapped.map(({ process, path, figures }) =>
    deletedUse(process, 'map', path, figures, mountsOf(process)),
  );
  return { uses: [...uses, ...ofMaps], silent, late };
}

type Figures = Pick<DeletedUse, 'device' | 'inode' | 'sizeBytes'>;

async function readMappedDeleted(
  machine: Machine,
  scan: Scan,
  signal: AbortSignal,
): Promise<readonly { readonly process: ScannedProcess; readonly path: string; readonly figures: Figures }[]> {
  const mapped = await readMapped(machine, scan.processes, (_process, file) => file.deleted, signal);
  const { mounts } = scan.mounts;
  const onTheWay = (use: MappedUse): readonly string[] => hangingOnTheWay(use.file.path, mounts);
  const silent = await silentMounts(machine, mapped.flatMap(onTheWay), signal);
  const answering = mapped.filter((use) => !onTheWay(use).some((mountPoint) => silent.has(mountPoint)));
  const stats = await statMapped(machine, answering, signal);
  return mapped.flatMap((use) => {
    const stat = stats.get(use);
    if (stat !== undefined && stat.links > 0) return [];
    const { path, device, inode } = use.file;
    return [{ process: use.process, path, figures: stat ?? { device, inode, sizeBytes: null } }];
  });
}

function deletedUse(
  process: ScannedProcess,
  how: string,
  path: string,
  figures: Figures,
  mounts: MountTable | null,
): DeletedUse {
  const { device, inode, sizeBytes } = figures;
  return { process, how, path, device, inode, sizeBytes, ...mediumOf(path, device, mounts) };
}

function howOf({ how, fd }: HeldLink): string {
  return how === 'fd' ? String(fd) : how;
}

/** What the kernel names so was never in a folder: memfd_create(2), shmget(2), io_setup(2), shared anonymous memory. */
const NAMELESS =
  /^\/(memfd:|SYSV[0-9a-f]{8}$|\[aio\]$|dev\/zero$|anon_hugepage$|anon_inode|i915$|drm mm object$|secretmem$|dmabuf)/;
const MEMORY_TYPES: ReadonlySet<string> = new Set(['tmpfs', 'ramfs', 'devtmpfs', 'hugetlbfs', 'rootfs']);

/** Where its bytes are, by what the kernel calls it and by the file system of its device. */
export function mediumOf(
  path: string,
  device: string | null,
  mounts: MountTable | null,
): Pick<DeletedUse, 'medium' | 'mountPoint'> {
  if (NAMELESS.test(path)) return { medium: 'memory', mountPoint: null };
  const ofDevice = device === null ? null : mounts?.byDevice(device);
  const mount = ofDevice ?? mounts?.placeOf(path)?.mount ?? null;
  if (mount === null) return { medium: 'disk', mountPoint: null };
  return { medium: MEMORY_TYPES.has(mount.type) ? 'tmpfs' : 'disk', mountPoint: mount.mountPoint };
}
