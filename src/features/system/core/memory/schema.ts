import * as z from 'zod';
import { percent, quantity, rate } from '../fields';
import { memory, swap } from '../overview/schema/memory';
import { pressure } from '../overview/schema/processor';

const details = z
  .object({
    anonymousBytes: quantity('Memory of programs that no file backs.'),
    mappedBytes: quantity('Files mapped into programs.'),
    reclaimableSlabBytes: quantity("The kernel's objects that it gives up when memory is needed."),
    unreclaimableSlabBytes: quantity("The kernel's objects that stay."),
    kernelStackBytes: quantity('Stacks of the kernel, one a thread.'),
    pageTableBytes: quantity('Page tables.'),
    percpuBytes: quantity('Memory of the kernel for each processor.'),
    unevictableBytes: quantity('Cannot be given up, as it is locked.'),
    lockedBytes: quantity('Locked by programs (mlock).'),
    corruptedBytes: quantity('Taken out of use because of hardware errors.'),
    transparentHugeBytes: quantity('Anonymous memory in transparent huge pages.'),
    zswapBytes: quantity('Memory that holds compressed pages (zswap).'),
    zswappedBytes: quantity('What those pages were before they were compressed.'),
  })
  .describe('More of /proc/meminfo.');
export type MemoryDetails = z.infer<typeof details>;

const settings = z
  .object({
    overcommit: z
      .enum(['heuristic', 'always', 'never'])
      .nullable()
      .describe('Whether more is promised to programs than there is (vm.overcommit_memory 0, 1, 2).'),
    swappiness: z
      .int()
      .nonnegative()
      .nullable()
      .describe('0 to 200: how readily programs are swapped rather than cache given up.'),
    transparentHugePages: z.string().nullable().describe('always, madvise or never.'),
  })
  .describe('Settings of the kernel.');
export type MemorySettings = z.infer<typeof settings>;

const swapArea = z.object({
  path: z.string(),
  kind: z.enum(['partition', 'file', 'zram', 'unknown']),
  sizeBytes: z.number().nonnegative(),
  usedBytes: z.number().nonnegative(),
  usedPercent: percent('Used, of the size.'),
  priority: z.int().describe('The higher, the earlier used.'),
  compressedBytes: quantity('Memory that a zram device really takes.'),
});
export type SwapDevice = z.infer<typeof swapArea>;

const hugePages = z.object({
  pageBytes: z.number().positive(),
  pages: z.int().nonnegative(),
  freePages: z.int().nonnegative(),
  reservedPages: z.int().nonnegative().nullable(),
  surplusPages: z.int().nonnegative().nullable(),
});

const node = z.object({
  id: z.int().nonnegative(),
  totalBytes: z.number().nonnegative(),
  freeBytes: z.number().nonnegative(),
  usedBytes: z.number().nonnegative(),
  fileBytes: quantity('Page cache.'),
  anonymousBytes: quantity('Of programs.'),
});
export type MemoryNode = z.infer<typeof node>;

const zone = z.object({
  node: z.int().nonnegative(),
  zone: z.string(),
  freeBlocks: z.array(z.int().nonnegative()).describe('Free blocks of 1, 2, 4, 8 … pages.'),
  unusableHugePercent: percent('Free memory in blocks too small for a transparent huge page (512 pages).'),
});

const slab = z.object({
  name: z.string(),
  sizeBytes: z.number().nonnegative(),
  objects: z.number().nonnegative(),
  activeObjects: z.number().nonnegative(),
});

export const groupRow = z.object({
  path: z.string().describe("The control group's path; / is the root."),
  version: z.union([z.literal(1), z.literal(2)]),
  own: z.boolean().describe('The one in which Opsdeck runs there.'),
  memoryBytes: quantity('Page cache included.'),
  workingSetBytes: quantity('Without inactive page cache, which is given back without harm; of the own group only.'),
  maxBytes: quantity('Limit; null without one.'),
  highBytes: quantity('From there on it is slowed down; null without such a mark.'),
  usedOfMaxPercent: percent('Of the limit.'),
  swapBytes: quantity('In swap.'),
  swapMaxBytes: quantity('Limit of swap; null without one.'),
  highEvents: quantity('How often it went beyond the high mark.'),
  maxEvents: quantity('How often it came up to the limit.'),
  oomKills: quantity('Processes of it ended because memory ran out.'),
  cpuCores: rate("Cores' worth of time used between the two readings."),
  cpuMaxCores: quantity("Cores' worth of time that it may use; null without a limit."),
  throttledPercent: percent('Enforcement periods between the two readings in which it was held back.'),
  throttledSeconds: quantity('Held back since it was made.'),
  memoryPressurePercent: percent('Share of the last 10 seconds in which some task waited for memory.'),
  memoryStallPercent: percent('The same, all tasks at once.'),
  pids: quantity('Tasks.'),
  pidsMax: quantity('Limit of tasks; null without one.'),
});
export type GroupRow = z.infer<typeof groupRow>;

const exactFigures = z.object({
  proportionalBytes: z.number().nonnegative().describe('Resident, each page divided by the number of its users (PSS).'),
  uniqueBytes: z.number().nonnegative().describe('Would come free if it ended (USS).'),
  dirtyBytes: z.number().nonnegative().describe('Resident and changed.'),
  swapProportionalBytes: z.number().nonnegative().describe('In swap, shared parts divided.'),
});

export const memoryProcess = z.object({
  pid: z.int().positive(),
  startTicks: z.number(),
  name: z.string(),
  user: z.string().nullable(),
  residentBytes: z.number().nonnegative().describe('Resident set (RSS).'),
  anonymousBytes: quantity('Of it, what no file backs.'),
  fileBytes: quantity('Of it, mapped files.'),
  sharedBytes: quantity('Of it, shared memory and tmpfs.'),
  virtualBytes: quantity('Address space: the total of pmap.'),
  swapBytes: quantity('In swap.'),
  percent: percent('RSS, of the memory of the machine.'),
  exact: exactFigures.nullable().describe('null where not asked for, or denied.'),
});
export type MemoryProcess = z.infer<typeof memoryProcess>;

const totals = z
  .object({
    residentBytes: z.number().nonnegative().describe('Of all processes; shared pages count for each of them.'),
    swapBytes: z.number().nonnegative(),
    exact: exactFigures.nullable().describe('Of those that could be read.'),
    exactOf: z.int().nonnegative().describe('How many those are.'),
    processes: z.int().nonnegative().describe('With memory of their own: no kernel threads.'),
  })
  .describe('Of all processes.');

export const MEMORY_FINDINGS = [
  'available',
  'limit',
  'stalled',
  'commit',
  'thrashing',
  'swap',
  'oomRecent',
  'throttled',
  'corrupted',
] as const;

const finding = z.object({
  kind: z.enum(MEMORY_FINDINGS),
  severity: z.enum(['warning', 'error']),
  subject: z.string().describe('A control group, or empty.'),
});
export type MemoryFinding = z.infer<typeof finding>;

const values = z.array(z.number().nullable()).readonly();

export const memoryResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  measuring: z.boolean().describe('There are no rates yet: they need two readings.'),
  intervalSeconds: z.number().nullable().describe('Between the two readings that rates are of.'),
  exact: z.boolean().describe('As asked: proportional and unique sizes of processes too.'),
  memory: memory.nullable(),
  details: details.nullable(),
  settings,
  swap: swap.nullable(),
  swapDevices: z.array(swapArea).describe('Those used first come first.'),
  hugePages: z.array(hugePages),
  pressure: pressure.shape.memory,
  nodes: z.array(node).describe('NUMA nodes.'),
  zones: z.array(zone),
  slabs: z.array(slab).describe("The largest caches of the kernel's objects; only root sees them."),
  ownGroup: groupRow.nullable().describe('The control group of Opsdeck there, as in a container.'),
  groups: z.array(groupRow).nullable().describe('All control groups; null where not asked for.'),
  processes: z.array(memoryProcess).describe('Those with most memory first.'),
  totals: totals.nullable(),
  oomKillsSinceStart: z.int().nonnegative().describe('While somebody has been looking.'),
  findings: z.array(finding).describe('Most serious first.'),
  history: z.object({
    timesMs: z.array(z.number()).readonly(),
    usedBytes: values,
    cacheBytes: values,
    swapUsedBytes: values,
    swapInBytesPerSecond: values,
    swapOutBytesPerSecond: values,
  }),
  problems: z.array(z.string()),
});
export type MemoryResult = z.infer<typeof memoryResult>;
export type MemoryHistory = MemoryResult['history'];
