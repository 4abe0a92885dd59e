import * as z from 'zod';
import { percent, quantity, rate } from '../../fields';
import { processLimit } from '../../processes/schema';

export const resourceLimit = processLimit.extend({
  used: quantity('What counts towards it now, where that is known.'),
  usedPercent: quantity('Of the soft limit.'),
});
export type Limit = z.infer<typeof resourceLimit>;

export const environment = z.object({
  total: z.int().nonnegative(),
  masked: z.int().nonnegative().describe('Values that look like secrets and are not shown.'),
  variables: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
});
export type Environment = z.infer<typeof environment>;

export const namespace = z.object({
  kind: z.string().describe('net, mnt, pid, pid_for_children …'),
  inode: z.number().nonnegative(),
  differs: z.boolean().nullable().describe('From that of pid 1; null where that may not be seen.'),
});

export const security = z.object({
  capabilities: z
    .object({
      effective: z.array(z.string()),
      permitted: z.array(z.string()),
      inheritable: z.array(z.string()),
      bounding: z.array(z.string()),
      ambient: z.array(z.string()),
    })
    .nullable(),
  lacked: z.array(z.string()).nullable().describe('Capabilities that the kernel knows and it has not, effective.'),
  seccomp: z.enum(['off', 'strict', 'filter']).nullable(),
  seccompFilters: z.int().nonnegative().nullable(),
  noNewPrivileges: z.boolean().nullable(),
  label: z.string().nullable().describe('Of SELinux, AppArmor or Smack.'),
  tracerPid: z.int().positive().nullable().describe('The debugger.'),
  umask: z.string().nullable(),
  namespaces: z.array(namespace),
  namespacePids: z.array(z.int()).describe('Its PID in each PID namespace, the outermost first.'),
  loginUid: z.int().nonnegative().nullable().describe('Who logged in, whatever it became since (audit).'),
});
export type Security = z.infer<typeof security>;

export const scheduling = z.object({
  realtimePriority: z.int().nonnegative().nullable().describe('1 to 99; 0 without a real-time policy.'),
  ioClass: z.enum(['none', 'realtime', 'best-effort', 'idle']).nullable().describe('As ionice(1) says.'),
  ioPriority: z.int().nonnegative().nullable().describe('0 (first served) to 7.'),
  waitedMs: quantity('Ready to run, but another one ran; of the main thread.'),
  waitedPercent: rate('The same, as a share of the time since the reading before.'),
  slices: quantity('How often the main thread was put on a CPU.'),
  autogroup: z.object({ name: z.string(), nice: z.int() }).nullable(),
  waitChannel: z.string().nullable().describe('Function of the kernel in which the main thread sleeps.'),
});
export type Scheduling = z.infer<typeof scheduling>;

export const memoryDetail = z.object({
  peakVirtualBytes: quantity('The greatest address space so far.'),
  peakResidentBytes: quantity('The greatest RSS so far.'),
  anonymousBytes: quantity('Resident, backed by nothing.'),
  fileBytes: quantity('Resident, backed by files.'),
  sharedMemoryBytes: quantity('Resident, of shared memory.'),
  stackBytes: quantity('Of the main thread.'),
  libraryBytes: quantity('Code of libraries.'),
  pageTableBytes: quantity('What the kernel needs for it.'),
  lockedBytes: quantity('Cannot be swapped out.'),
  pinnedBytes: quantity('Cannot be moved.'),
  hugetlbBytes: quantity('Of hugetlbfs.'),
  uniqueBytes: quantity('Of this process only: what ending it would free (USS).'),
  proportionalBytes: quantity('Shared pages divided by who shares them (PSS).'),
  swapProportionalBytes: quantity('In swap, divided the same way.'),
  source: z.enum(['smaps_rollup', 'smaps']).nullable().describe('Of the last three.'),
  majorFaultsPerSecond: rate('Page faults that had to read storage.'),
  minorFaultsPerSecond: rate('Page faults that had not.'),
});
export type MemoryDetail = z.infer<typeof memoryDetail>;

export const processControlGroup = z.object({
  path: z.string(),
  limitCores: quantity('CPU time that it may use, in cores; null: no limit.'),
  throttledPercent: percent('Periods since the reading before in which the limit held the group back.'),
  throttledSeconds: quantity('Since the group was made.'),
  memoryLimitBytes: quantity('null: no limit.'),
  memoryUsedBytes: quantity('Page cache that is given back without harm is left out.'),
  memoryUsedPercent: percent('Of the limit.'),
});
export type ProcessControlGroup = z.infer<typeof processControlGroup>;
