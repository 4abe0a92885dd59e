import type { Mount } from '../kernel/mountinfo';
import type { DeviceFacts } from './deviceFacts';
import type { IoCounters } from './ioCounters';
import { ioRates } from './ioRates';
import type { DiskDevice } from './schema';

const NO_FACTS: DeviceFacts = {
  kind: 'other',
  alias: null,
  parent: null,
  madeOf: [],
  model: null,
  sizeBytes: null,
  rotational: null,
  scheduler: null,
  readOnly: null,
  raid: null,
  backingFile: null,
};

/** Devices in the order of the kernel, each partition behind its disk. */
export function devicesOf(
  before: readonly IoCounters[] | null,
  now: readonly IoCounters[],
  seconds: number | null,
  facts: ReadonlyMap<string, DeviceFacts>,
  mounts: readonly Mount[],
): readonly DiskDevice[] {
  const earlier = new Map(before?.map((disk) => [disk.name, disk]));
  return now
    .filter((disk) => isWorthARow(disk, facts.get(disk.name)))
    .map((disk): DiskDevice => {
      const known = facts.get(disk.name) ?? NO_FACTS;
      return {
        name: disk.name,
        device: disk.device,
        ...known,
        madeOf: [...known.madeOf],
        mounts: mountsOf(disk, known, mounts),
        ...ioRates(earlier.get(disk.name), disk, seconds),
        // The kernel counts flushes of whole devices only.
        ...(known.kind === 'partition' ? { flush: null } : {}),
        inFlight: disk.inFlight,
        totals: totalsOf(disk),
      };
    });
}

/** Neither RAM disks and loop devices that nothing uses, nor drives without a medium. */
function isWorthARow({ reads, writes }: IoCounters, facts: DeviceFacts | undefined): boolean {
  if ((reads ?? 0) + (writes ?? 0) > 0) return true;
  if (facts === undefined) return false;
  if (facts.kind === 'partition' || facts.kind === 'disk' || facts.kind === 'md' || facts.kind === 'dm')
    return facts.sizeBytes !== 0;
  return facts.backingFile !== null;
}

/** By device number, and by name for file systems that have a number of their own, as btrfs and overlays of root. */
function mountsOf(disk: IoCounters, { alias }: DeviceFacts, mounts: readonly Mount[]): string[] {
  const names = [`/dev/${disk.name}`, alias === null ? '' : `/dev/mapper/${alias}`];
  const own = mounts.filter((mount) => mount.device === disk.device || names.includes(mount.source));
  return [...new Set(own.map((mount) => mount.mountPoint))];
}

function totalsOf(disk: IoCounters): DiskDevice['totals'] {
  const { reads, readBytes, readMs, readsMerged, writes, writtenBytes, writeMs, writesMerged, busyMs } = disk;
  return { reads, readBytes, readMs, readsMerged, writes, writtenBytes, writeMs, writesMerged, busyMs };
}

/** The devices of the file system mounted there, and those that they are made of. */
export function devicesUnder(mountPoint: string, devices: readonly DiskDevice[]): readonly DiskDevice[] {
  const wanted = new Set<string>();
  const add = (device: DiskDevice | undefined): void => {
    if (device === undefined || wanted.has(device.name)) return;
    wanted.add(device.name);
    const lower = [...device.madeOf, ...(device.parent === null ? [] : [device.parent])];
    for (const name of lower) add(devices.find((one) => one.name === name));
  };
  for (const device of devices) if (device.mounts.includes(mountPoint)) add(device);
  return devices.filter((one) => wanted.has(one.name));
}
