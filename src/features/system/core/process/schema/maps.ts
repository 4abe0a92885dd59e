import * as z from 'zod';

const sizes = {
  sizeBytes: z.number().nonnegative().describe('Of the address space.'),
  residentBytes: z.number().nonnegative().describe('In memory (RSS).'),
  proportionalBytes: z.number().nonnegative().describe('In memory, shared pages divided by who shares them (PSS).'),
  sharedCleanBytes: z.number().nonnegative(),
  sharedDirtyBytes: z.number().nonnegative(),
  privateCleanBytes: z.number().nonnegative(),
  privateDirtyBytes: z.number().nonnegative(),
  referencedBytes: z.number().nonnegative(),
  anonymousBytes: z.number().nonnegative(),
  swapBytes: z.number().nonnegative(),
  swapProportionalBytes: z.number().nonnegative(),
  lockedBytes: z.number().nonnegative(),
  hugeBytes: z.number().nonnegative().describe('In transparent huge pages.'),
  sharedHugetlbBytes: z.number().nonnegative().describe('Of hugetlbfs: in none of the others.'),
  privateHugetlbBytes: z.number().nonnegative(),
};
export const mapSizes = z.object(sizes);

export const mapGroup = z.object({
  path: z.string().describe('[heap], [stack], a file; [anon] for all anonymous ones.'),
  deleted: z.boolean(),
  maps: z.int().positive(),
  ...sizes,
});
export type MapGroup = z.infer<typeof mapGroup>;

export const memoryMap = z.object({
  start: z.string().describe('Hexadecimal.'),
  end: z.string(),
  permissions: z.string().describe('rwx and p for private or s for shared.'),
  offset: z.string().describe('Within the file, hexadecimal.'),
  device: z.string(),
  inode: z.string(),
  path: z.string().describe("'[anon]' for an anonymous one."),
  pageBytes: z.number().nullable(),
  flags: z.array(z.string()).describe('VmFlags of proc_pid_smaps(5).'),
  ...sizes,
});

export const memoryMaps = z.object({
  takenAtMs: z.number().describe('They are read less often than the rest, for they hold the process up.'),
  total: z.int().nonnegative(),
  complete: z.boolean().describe('false: there are more than were read.'),
  sum: mapSizes,
  groups: z.array(mapGroup).describe('By resident memory, at most 2,000; empty unless asked for.'),
  groupsTotal: z.int().nonnegative(),
  list: z.array(memoryMap).describe('By address, at most 2,000; empty unless asked for.'),
});
export type MemoryMaps = z.infer<typeof memoryMaps>;
