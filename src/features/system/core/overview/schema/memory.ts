import * as z from 'zod';
import { percent, quantity, rate } from '../../fields';

export const memory = z
  .object({
    totalBytes: z.number().nonnegative(),
    usedBytes: z.number().nonnegative().describe('Total without what is available, as in free(1) of procps 4.'),
    freeBytes: z.number().nonnegative().describe('Used for nothing at all.'),
    sharedBytes: quantity('Shared memory and tmpfs.'),
    buffersBytes: quantity('Buffers of block devices.'),
    cacheBytes: quantity('Page cache and reclaimable kernel memory.'),
    availableBytes: z.number().nonnegative().describe('Can be given to programs without swapping.'),
    availableEstimated: z.boolean().describe('The kernel does not tell what is available; it was worked out.'),
    usedPercent: percent('Used, of the total.'),
    availablePercent: percent('Available, of the total.'),
    activeBytes: quantity('Used recently.'),
    inactiveBytes: quantity('First to be given up.'),
    slabBytes: quantity("The kernel's own objects."),
    dirtyBytes: quantity('Waits to be written to disk.'),
    writebackBytes: quantity('Is being written to disk.'),
    committedBytes: quantity('Promised to programs.'),
    commitLimitBytes: quantity('Most that would be promised under strict overcommit.'),
    hugePagesBytes: quantity('Set aside for huge pages.'),
    majorFaultsPerSecond: rate('Page faults that waited for a disk.'),
    outOfMemoryKills: z.int().nullable().describe('Processes ended since boot because memory ran out.'),
  })
  .describe('Memory, as free -w shows it.');

export const swap = z
  .object({
    totalBytes: z.number().nonnegative(),
    usedBytes: z.number().nonnegative(),
    freeBytes: z.number().nonnegative(),
    cachedBytes: quantity('Swapped in again and still on the swap device.'),
    usedPercent: percent('null without swap.'),
    inPagesPerSecond: rate('Pages read from swap.'),
    outPagesPerSecond: rate('Pages written to swap.'),
  })
  .describe('Swap space.');

export type Memory = z.infer<typeof memory>;
export type Swap = z.infer<typeof swap>;
