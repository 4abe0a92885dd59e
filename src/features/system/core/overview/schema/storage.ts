import * as z from 'zod';
import { percent, quantity, rate } from '../../fields';

export const fileSystem = z
  .object({
    mountPoint: z.string(),
    source: z.string().describe('Device, or server and path.'),
    type: z.string(),
    readOnly: z.boolean(),
    totalBytes: quantity('Size.'),
    usedBytes: quantity('Total without free.'),
    availableBytes: quantity('What an unprivileged user may still write.'),
    usedPercent: percent('Used, of used and available, as in df(1).'),
    inodes: quantity('Files that can exist; null where that is not limited.'),
    inodesUsed: quantity('Files that exist.'),
    inodesUsedPercent: percent('Files that exist, of those that can.'),
    silent: z.boolean().describe('It did not answer in time, as a network file system whose server is gone.'),
    unavailable: z.string().nullable().describe('Why there are no figures; null when there are, or not yet.'),
  })
  .describe('A mounted file system.');

export const blockDevice = z
  .object({
    name: z.string(),
    alias: z.string().nullable().describe('Name given by a volume manager.'),
    model: z.string().nullable(),
    sizeBytes: quantity('Size.'),
    rotational: z.boolean().nullable().describe('false for solid-state devices.'),
    madeOf: z.array(z.string()).readonly().describe('Devices below it, whose figures contain the same traffic.'),
    readBytesPerSecond: rate('Bytes read.'),
    writtenBytesPerSecond: rate('Bytes written.'),
    readsPerSecond: rate('Reads completed.'),
    writesPerSecond: rate('Writes completed.'),
    utilisationPercent: percent('Share of time with at least one request under way.'),
    awaitMs: quantity('Mean time of a request, from its queueing to its end; null without requests.'),
    readAwaitMs: quantity('The same, of reads.'),
    writeAwaitMs: quantity('The same, of writes.'),
    queueLength: quantity('Mean number of requests queued or under way.'),
    inFlight: quantity('Requests under way at the moment of reading.'),
    readBytes: quantity('Read since the device appeared.'),
    writtenBytes: quantity('Written since the device appeared.'),
  })
  .describe('A whole block device.');

export type FileSystem = z.infer<typeof fileSystem>;
export type BlockDevice = z.infer<typeof blockDevice>;
