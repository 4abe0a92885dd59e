import { isFailure, type FileFailure, type Usage } from '../../../../machine/machine';
import { percentOf } from '../kernel/numbers';
import { isBelow, type MountTable } from '../files/mountTable';
import type { DeletedFile } from '../files/schema';
import { isImage } from '../overview/fileSystems';
import type { ChosenMount } from './chosen';
import { isTurnedReadOnly, joinedOptions, type MountOptions } from './mountOptions';
import type { DiskSpace, Growth } from './schema';

export interface SpaceFacts {
  readonly options: ReadonlyMap<number, MountOptions>;
  /** Types that need no device; null where that is not known. */
  readonly nodevTypes: ReadonlySet<string> | null;
  readonly table: MountTable;
  /** null where it was not looked for. */
  readonly deleted: readonly DeletedFile[] | null;
  readonly growth: (mountPoint: string) => Growth | null;
}

export function diskSpaceOf(
  chosen: ChosenMount,
  answer: Usage | FileFailure | undefined,
  facts: SpaceFacts,
): DiskSpace {
  const { mount, hidden, again } = chosen;
  const options = facts.options.get(mount.id) ?? { mount: [], fileSystem: [] };
  const usage = hidden || answer === undefined || isFailure(answer) ? null : answer;
  const failure = !hidden && answer !== undefined && isFailure(answer) ? answer : null;
  const { mountPoint, source, type, device, root, readOnly } = mount;
  return {
    mountPoint,
    source,
    type,
    device,
    root,
    options: [...joinedOptions(options)],
    readOnly,
    turnedReadOnly: isTurnedReadOnly(options) && !isImage(type),
    physical: facts.nodevTypes === null ? source.startsWith('/') : !facts.nodevTypes.has(type) || type === 'zfs',
    hidden,
    again,
    ...figuresOf(usage),
    ...deletedOn(mountPoint, facts.deleted),
    growth: usage === null || usage.totalBytes === 0 ? null : facts.growth(mountPoint),
    mountsOnIt: mountsOn(chosen, facts.table),
    silent: failure?.code === 'timed-out',
    unavailable: failure?.message ?? null,
  };
}

type Figures = Pick<
  DiskSpace,
  | 'totalBytes'
  | 'usedBytes'
  | 'freeBytes'
  | 'availableBytes'
  | 'reservedBytes'
  | 'usedPercent'
  | 'inodes'
  | 'inodesUsed'
  | 'inodesFree'
  | 'inodesUsedPercent'
>;

function figuresOf(usage: Usage | null): Figures {
  const freeBytes = usage?.freeBytes ?? null;
  const usedBytes = usage === null ? null : Math.max(0, usage.totalBytes - usage.freeBytes);
  // Beyond what is free where root has used up its reserve.
  const availableBytes = usage === null ? null : Math.max(0, usage.availableBytes);
  const inodes = usage === null || usage.inodes <= 0 ? null : usage.inodes;
  const inodesUsed = usage === null || inodes === null ? null : Math.max(0, inodes - usage.inodesFree);
  return {
    totalBytes: usage?.totalBytes ?? null,
    usedBytes,
    freeBytes,
    availableBytes,
    reservedBytes: freeBytes === null || availableBytes === null ? null : Math.max(0, freeBytes - availableBytes),
    usedPercent:
      usedBytes === null || availableBytes === null ? null : percentOf(usedBytes, usedBytes + availableBytes),
    inodes,
    inodesUsed,
    inodesFree: inodes === null ? null : (usage?.inodesFree ?? null),
    inodesUsedPercent: percentOf(inodesUsed, inodes),
  };
}

function deletedOn(
  mountPoint: string,
  deleted: readonly DeletedFile[] | null,
): Pick<DiskSpace, 'deletedBytes' | 'deletedFiles' | 'deletedOwner'> {
  if (deleted === null) return { deletedBytes: null, deletedFiles: null, deletedOwner: null };
  const own = deleted.filter((file) => file.mountPoint === mountPoint && file.medium !== 'memory');
  const owners = new Map<number, NonNullable<DiskSpace['deletedOwner']>>();
  for (const { holders, sizeBytes } of own) {
    for (const { pid, startTicks, name, user } of holders) {
      const held = (owners.get(pid)?.sizeBytes ?? 0) + (sizeBytes ?? 0);
      owners.set(pid, { pid, startTicks, name, user, sizeBytes: held });
    }
  }
  const [largest = null] = [...owners.values()].sort((one, other) => other.sizeBytes - one.sizeBytes);
  return {
    deletedBytes: own.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0),
    deletedFiles: own.length,
    deletedOwner: largest,
  };
}

/** Mount points that are folders of this file system, not of one that is mounted further down. */
function mountsOn({ mount }: ChosenMount, { mounts }: MountTable): string[] {
  const below = mounts.filter((one) => one.parentId === mount.id && isBelow(one.mountPoint, mount.mountPoint));
  return [...new Set(below.map((one) => one.mountPoint))].sort();
}
