import { listedMounts } from '../overview/fileSystems';
import type { Mount } from '../kernel/mountinfo';
import type { MountTable } from '../files/mountTable';

export interface DisksInput {
  readonly path?: string | undefined;
  readonly all?: boolean | undefined;
  readonly type?: string | undefined;
}

/** A mount to be shown. */
export interface ChosenMount {
  readonly mount: Mount;
  /** A later mount stands at the same place, so no path leads to it. */
  readonly hidden: boolean;
  readonly again: boolean;
}

/** As df(1): of all mounts those with space of their own, each file system once; or all; or the one of a path. */
export function chosenMounts(table: MountTable, input: DisksInput, path: string | null): readonly ChosenMount[] {
  const ofPath = path === null ? null : table.placeOf(path)?.mount;
  const candidates =
    path !== null ? (ofPath == null ? [] : [ofPath]) : input.all === true ? table.mounts : listedMounts(table.mounts);
  const type = input.type?.trim() ?? '';
  const seen = new Set<string>();
  return candidates
    .filter((mount) => type === '' || mount.type === type)
    .map((mount) => {
      const again = seen.has(mount.device);
      seen.add(mount.device);
      return { mount, hidden: table.placeOf(mount.mountPoint)?.mount !== mount, again };
    });
}
