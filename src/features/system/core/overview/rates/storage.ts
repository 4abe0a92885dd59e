import { isFailure } from '../../../../../machine/machine';
import { listedDisks } from '../../kernel/blockDevices';
import type { DiskCounters } from '../../kernel/diskstats';
import { advance, percentOf, perSecond, roundedTo, sumOf } from '../../kernel/numbers';
import type { MountedFileSystem, Reading } from '../reading';
import type { BlockDevice, FileSystem } from '../schema/storage';

/** Those without any block (pseudo file systems of a type not known as such) are left out, as df(1) does. */
export function fileSystemsOf(mounted: readonly MountedFileSystem[]): readonly FileSystem[] {
  return mounted.flatMap(({ mount, usage }): readonly FileSystem[] => {
    const names = { mountPoint: mount.mountPoint, source: mount.source, type: mount.type, readOnly: mount.readOnly };
    if (usage === undefined) return [{ ...names, ...NO_FIGURES, silent: false, unavailable: null }];
    if (isFailure(usage)) {
      return [{ ...names, ...NO_FIGURES, silent: usage.code === 'timed-out', unavailable: usage.message }];
    }
    if (usage.totalBytes === 0) return [];
    const usedBytes = Math.max(0, usage.totalBytes - usage.freeBytes);
    const inodes = usage.inodes > 0 ? usage.inodes : null;
    const inodesUsed = inodes === null ? null : Math.max(0, inodes - usage.inodesFree);
    return [
      {
        ...names,
        totalBytes: usage.totalBytes,
        usedBytes,
        availableBytes: Math.max(0, usage.availableBytes),
        usedPercent: percentOf(usedBytes, usedBytes + Math.max(0, usage.availableBytes)),
        inodes,
        inodesUsed,
        inodesUsedPercent: percentOf(inodesUsed, inodes),
        silent: false,
        unavailable: null,
      },
    ];
  });
}

const NO_FIGURES = {
  totalBytes: null,
  usedBytes: null,
  availableBytes: null,
  usedPercent: null,
  inodes: null,
  inodesUsed: null,
  inodesUsedPercent: null,
} as const;

export function blockDevicesOf(before: Reading | null, now: Reading, seconds: number | null): readonly BlockDevice[] {
  const disks = now.counters.disks ?? [];
  const earlier = new Map(before?.counters.disks?.map((disk) => [disk.name, disk]));
  return listedDisks(disks, now.host.blockFacts).map((disk): BlockDevice => {
    const facts = now.host.blockFacts.get(disk.name);
    return {
      name: disk.name,
      alias: facts?.alias ?? null,
      model: facts?.model ?? null,
      sizeBytes: facts?.sizeBytes ?? null,
      rotational: facts?.rotational ?? null,
      madeOf: facts?.madeOf ?? [],
      ...diskRates(earlier.get(disk.name), disk, seconds),
      inFlight: disk.inFlight,
      readBytes: disk.readBytes,
      writtenBytes: disk.writtenBytes,
    };
  });
}

type DiskRates = Pick<
  BlockDevice,
  | 'readBytesPerSecond'
  | 'writtenBytesPerSecond'
  | 'readsPerSecond'
  | 'writesPerSecond'
  | 'utilisationPercent'
  | 'awaitMs'
  | 'readAwaitMs'
  | 'writeAwaitMs'
  | 'queueLength'
>;

/** As iostat -x derives them. */
function diskRates(before: DiskCounters | undefined, now: DiskCounters, seconds: number | null): DiskRates {
  const step = (of: (disk: DiskCounters) => number | null): number | null =>
    before === undefined || seconds === null ? null : advance(of(before), of(now));
  const reads = step((disk) => disk.reads);
  const writes = step((disk) => disk.writes);
  const readMs = step((disk) => disk.readMs);
  const writeMs = step((disk) => disk.writeMs);
  const elapsedMs = seconds === null ? null : seconds * 1000;
  return {
    readBytesPerSecond: perSecond(before?.readBytes, now.readBytes, seconds, 0),
    writtenBytesPerSecond: perSecond(before?.writtenBytes, now.writtenBytes, seconds, 0),
    readsPerSecond: perSecond(before?.reads, now.reads, seconds),
    writesPerSecond: perSecond(before?.writes, now.writes, seconds),
    utilisationPercent: percentOf(
      step((disk) => disk.busyMs),
      elapsedMs,
    ),
    awaitMs: ratio(sumOf([readMs, writeMs]), sumOf([reads, writes])),
    readAwaitMs: ratio(readMs, reads),
    writeAwaitMs: ratio(writeMs, writes),
    queueLength: ratio(
      step((disk) => disk.weightedMs),
      elapsedMs,
    ),
  };
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : roundedTo(part / whole, 2);
}

/** The devices whose sum is the machine's traffic: not those made of others, in a file or in memory. */
export function outerDevices(devices: readonly BlockDevice[]): readonly BlockDevice[] {
  return devices.filter((device) => device.madeOf.length === 0 && !/^(loop|ram|zram)\d+$/.test(device.name));
}
