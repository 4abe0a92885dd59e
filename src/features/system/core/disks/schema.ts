import * as z from 'zod';
import { percent, quantity, rate } from '../fields';

const growth = z
  .object({
    bytesPerSecond: z
      .number()
      .describe('How fast used space grows, from all readings since the start; below 0 it shrinks.'),
    overSeconds: z.number().nonnegative().describe('The time that the readings span.'),
    steady: z
      .boolean()
      .describe('It grew in nearly every reading, over a minute at least, so that a forecast makes sense.'),
    fullInSeconds: quantity('When nothing is available any more, if it goes on like this; null without a forecast.'),
  })
  .describe('Of used space while somebody looks.');
export type Growth = z.infer<typeof growth>;

const deletedOwner = z.object({
  pid: z.int().positive(),
  startTicks: z.number(),
  name: z.string(),
  user: z.string().nullable(),
  sizeBytes: z.number().nonnegative(),
});

export const diskSpace = z
  .object({
    mountPoint: z.string(),
    source: z.string().describe('Device, or server and path.'),
    type: z.string(),
    device: z.string().describe('Major and minor number.'),
    root: z
      .string()
      .describe('The folder of the file system that is mounted here: / unless it is a bind mount or a subvolume.'),
    options: z.array(z.string()).describe('Of this mount and of the file system.'),
    readOnly: z.boolean(),
    turnedReadOnly: z
      .boolean()
      .describe('Mounted to be written to, and made read-only by the kernel, as after an error.'),
    physical: z.boolean().describe('On a device, not made up by the kernel.'),
    hidden: z.boolean().describe('Under a later mount, so that it cannot be reached; its figures are not known.'),
    again: z.boolean().describe('The same file system stands in another row too.'),
    totalBytes: quantity('Size.'),
    usedBytes: quantity('Total without free.'),
    freeBytes: quantity('Not used, the reserve included.'),
    availableBytes: quantity('What an unprivileged user may still write.'),
    reservedBytes: quantity('Free, but for root only.'),
    usedPercent: percent('Used, of used and available, as in df(1).'),
    inodes: quantity('Files that can exist; null where that is not limited.'),
    inodesUsed: quantity('Files that exist.'),
    inodesFree: quantity('Files that can still be made.'),
    inodesUsedPercent: percent('Files that exist, of those that can.'),
    deletedBytes: quantity('Of deleted files that are still open; null where not looked for.'),
    deletedFiles: z.int().nonnegative().nullable(),
    deletedOwner: deletedOwner.nullable().describe('The process that holds most of them.'),
    growth: growth.nullable(),
    mountsOnIt: z
      .array(z.string())
      .describe('Mount points in it: what lies in those folders below the mount cannot be seen.'),
    silent: z.boolean().describe('It did not answer in time, as a network file system whose server is gone.'),
    unavailable: z.string().nullable().describe('Why there are no figures; null when there are, or not yet.'),
  })
  .describe('A mounted file system.');
export type DiskSpace = z.infer<typeof diskSpace>;

/** One direction of traffic, as iostat -x tells it. */
const flow = {
  perSecond: rate('Requests completed.'),
  bytesPerSecond: rate('Bytes.'),
  mergedPerSecond: rate('Requests merged before they were queued.'),
  mergedPercent: percent('Requests merged, of all.'),
  awaitMs: quantity('Mean time of a request, from its queueing to its end; null without requests.'),
  requestBytes: quantity('Mean size of a request; null without requests.'),
};

export const diskDevice = z
  .object({
    name: z.string(),
    device: z.string().nullable().describe('Major and minor number.'),
    kind: z.enum(['disk', 'partition', 'md', 'dm', 'loop', 'zram', 'optical', 'other']),
    alias: z.string().nullable().describe('Name given by a volume manager.'),
    parent: z.string().nullable().describe('The disk of a partition; the one device that a volume is made of.'),
    madeOf: z.array(z.string()).describe('Devices below it, whose figures contain the same traffic.'),
    model: z.string().nullable(),
    sizeBytes: quantity('Size.'),
    rotational: z.boolean().nullable().describe('false for solid-state devices.'),
    scheduler: z.string().nullable(),
    readOnly: z.boolean().nullable(),
    raid: z
      .object({
        level: z.string().nullable(),
        state: z.string().nullable(),
        missing: z.int().nonnegative().nullable().describe('Members that it lacks.'),
        sync: z.string().nullable().describe('resync, recover, check …; null when idle.'),
        syncPercent: percent('How far that is.'),
      })
      .nullable()
      .describe('Of a software RAID (md).'),
    backingFile: z.string().nullable().describe('Of a loop device.'),
    mounts: z.array(z.string()).describe('Where it is mounted.'),
    read: z.object(flow),
    write: z.object(flow),
    discard: z.object(flow).nullable().describe('null before Linux 4.18.'),
    flush: z
      .object({ perSecond: flow.perSecond, awaitMs: flow.awaitMs })
      .nullable()
      .describe('null before Linux 5.5, and for partitions.'),
    queueLength: quantity('Mean number of requests queued or under way (aqu-sz).'),
    utilisationPercent: percent('Share of time with at least one request under way (%util).'),
    inFlight: quantity('Requests under way at the moment of reading.'),
    totals: z
      .object({
        reads: quantity('Completed.'),
        readBytes: quantity('Read.'),
        readMs: quantity('Time spent reading.'),
        readsMerged: quantity('Merged.'),
        writes: quantity('Completed.'),
        writtenBytes: quantity('Written.'),
        writeMs: quantity('Time spent writing.'),
        writesMerged: quantity('Merged.'),
        busyMs: quantity('Time with at least one request under way.'),
      })
      .describe('Since the device appeared.'),
  })
  .describe('A block device.');
export type DiskDevice = z.infer<typeof diskDevice>;
export type DiskFlow = DiskDevice['read'];

export const DISK_FINDINGS = [
  'spaceFull',
  'inodesFull',
  'turnedReadOnly',
  'raidDegraded',
  'silent',
  'fullSoon',
  'slow',
  'reserveOnly',
] as const;

const finding = z.object({
  kind: z.enum(DISK_FINDINGS),
  severity: z.enum(['warning', 'error']),
  subject: z.string().describe('Mount point or device.'),
});
export type DiskFinding = z.infer<typeof finding>;

export const disksResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  measuring: z.boolean().describe('There are no rates yet: they need two readings.'),
  intervalSeconds: z.number().nullable().describe('Between the two readings that rates are of.'),
  path: z.string().nullable().describe('As asked: only the file system that holds it.'),
  type: z.string().nullable().describe('As asked: only file systems of this type.'),
  all: z.boolean().describe('As asked: pseudo file systems and bind mounts too.'),
  fileSystems: z.array(diskSpace),
  total: z
    .object({
      totalBytes: z.number(),
      usedBytes: z.number(),
      availableBytes: z.number(),
      usedPercent: percent('Used, of used and available.'),
      inodes: z.number(),
      inodesUsed: z.number(),
    })
    .describe('Of all rows, each file system once.'),
  devices: z.array(diskDevice),
  findings: z.array(finding).describe('Most serious first.'),
  deniedProcesses: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Processes whose deleted files may only be seen by their owner or root; null where not looked for.'),
  problems: z.array(z.string()),
});
export type DisksResult = z.infer<typeof disksResult>;
