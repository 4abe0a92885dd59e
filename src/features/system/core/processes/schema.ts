import * as z from 'zod';
import { IO_CLASSES } from '../control/ioPriority';
import { percent, quantity, rate } from '../fields';
import { LIMITS } from '../kernel/limits';

/** State of proc_pid_stat(5), in the words of psutil. */
export const PROCESS_STATES = [
  'running',
  'sleeping',
  'disk-sleep',
  'stopped',
  'tracing-stop',
  'zombie',
  'dead',
  'wake-kill',
  'waking',
  'parked',
  'idle',
  'unknown',
] as const;
export type ProcessState = (typeof PROCESS_STATES)[number];

/** Parts of a process that only its owner or root may see. */
export const DENIABLE = ['exe', 'cwd', 'io', 'fds', 'exact', 'limits'] as const;
export type Deniable = (typeof DENIABLE)[number];

const ids = z.object({
  real: z.int().nonnegative(),
  effective: z.int().nonnegative(),
  saved: z.int().nonnegative(),
});

const cpu = z.object({
  percent: rate('Percent of one CPU since the reading before; more than 100 with several threads. null in the first.'),
  userMs: quantity('Time in user mode, milliseconds.'),
  systemMs: quantity('Time in the kernel, milliseconds.'),
  childrenUserMs: quantity('The same of children that have ended and were waited for.'),
  childrenSystemMs: quantity('The same of children that have ended and were waited for.'),
  ioWaitMs: quantity('Time waiting for block I/O, milliseconds; 0 where the kernel does not count it.'),
  number: z.int().nonnegative().nullable().describe('The CPU it last ran on.'),
});

const memory = z.object({
  residentBytes: z.number().nonnegative().describe('Resident set (RSS).'),
  virtualBytes: z.number().nonnegative().describe('Address space (VSZ).'),
  sharedBytes: quantity('Resident pages that files or shared memory back.'),
  textBytes: quantity('Code.'),
  dataBytes: quantity('Data and stack.'),
  swapBytes: quantity('In swap.'),
  percent: percent('RSS as a share of the memory of the machine.'),
});

const io = z.object({
  readBytes: z.number().nonnegative().describe('Read from storage.'),
  writeBytes: z.number().nonnegative().describe('Written to storage.'),
  readCharacters: z.number().nonnegative().describe('Bytes passed through read calls, caches and pipes included.'),
  writeCharacters: z.number().nonnegative().describe('Bytes passed through write calls, caches and pipes included.'),
  readCalls: z.number().nonnegative(),
  writeCalls: z.number().nonnegative(),
  readBytesPerSecond: rate('Since the reading before; null in the first.'),
  writeBytesPerSecond: rate('Since the reading before; null in the first.'),
});

const listedThread = z.object({
  tid: z.int().positive(),
  name: z.string(),
  userMs: z.number().nonnegative().describe('Time in user mode, milliseconds.'),
  systemMs: z.number().nonnegative().describe('Time in the kernel, milliseconds.'),
});
export type ListedThread = z.infer<typeof listedThread>;

export const processLimit = z.object({
  name: z.enum(LIMITS.map(([name]) => name)).describe('As prlimit(1) names it.'),
  unit: z.enum(LIMITS.map(([, , unit]) => unit)),
  soft: z.number().nonnegative().nullable().describe('null is no limit.'),
  hard: z.number().nonnegative().nullable(),
});

const details = z.object({
  ioClass: z
    .enum(IO_CLASSES)
    .nullable()
    .describe('As ionice(1) says; null where it is not there or told nothing: see problems.'),
  ioPriority: z.int().min(0).max(7).nullable().describe('0 (first served) to 7; null in a class without levels.'),
  limits: z.array(processLimit).nullable().describe('null where they are denied.'),
  threads: z.array(listedThread).nullable().describe('All of them, in the order of their numbers.'),
});

/**
 * One process of the list. Bytes of names that are no UTF-8 stand as \xHH. On Linux everything is known but what says
 * otherwise; of other systems, null is what they do not tell.
 */
export const processEntry = z.object({
  pid: z.int().positive(),
  parentPid: z.int().nonnegative(),
  groupId: z.int().nullable().describe('Process group.'),
  sessionId: z.int().nullable().describe('Session: the pid of its leader.'),
  name: z.string().describe('The whole name where the command line begins with the cut one of the kernel (15 bytes).'),
  commandLine: z.array(z.string()).describe('One item an argument; empty for kernel threads and zombies.'),
  executable: z.string().nullable().describe('null for kernel threads, or where it is denied.'),
  executableDeleted: z.boolean().describe('The file was deleted or replaced after the start, as by an upgrade.'),
  workingFolder: z.string().nullable().describe('null for kernel threads and zombies, or where it is denied.'),
  workingFolderDeleted: z.boolean(),
  kernelThread: z.boolean(),
  state: z.enum(PROCESS_STATES),
  user: z.string().describe('Name of the real user; the number where it has none.'),
  uids: ids.nullable(),
  gids: ids.nullable(),
  startTicks: z
    .number()
    .nonnegative()
    .describe(
      'Clock ticks since boot, elsewhere than on Linux milliseconds since 1970; with the pid it tells the process for good.',
    ),
  startedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  terminal: z.string().nullable().describe('Such as pts/3 or tty1.'),
  cpu,
  memory,
  exactMemory: z
    .object({
      uniqueBytes: z.number().nonnegative().describe('Of this process only: what ending it would free (USS).'),
      proportionalBytes: z.number().nonnegative().describe('Shared pages divided by who shares them (PSS).'),
    })
    .nullable()
    .describe('Only where it was asked for; null where it is denied, or there is no memory.'),
  details: details.nullable().describe('Only where they were asked for.'),
  majorFaults: quantity('Page faults that had to wait for storage.'),
  minorFaults: quantity('Page faults that memory could answer.'),
  threads: z.int().nonnegative().nullable(),
  fileDescriptors: z.int().nonnegative().nullable().describe('Open ones; null where they are denied.'),
  io: io.nullable().describe('null where it is denied or not counted.'),
  contextSwitches: z.object({ voluntary: z.number(), involuntary: z.number() }).nullable(),
  nice: z.int().nullable().describe('-20 to 19.'),
  priority: z.int().describe('As the kernel has it: 20 + nice; negative for real-time.'),
  schedulingPolicy: z.enum(['other', 'fifo', 'rr', 'batch', 'idle', 'deadline', 'unknown']),
  affinity: z.string().nullable().describe('CPUs it may run on, as a list such as 0-3,8.'),
  oomScore: z.int().nullable().describe('What the kernel takes first when memory ends: 0 to 2000.'),
  oomScoreAdjust: z.int().nullable().describe('-1000 (never) to 1000.'),
  controlGroup: z.string().nullable().describe('Path within the hierarchy of cgroup v2, or of v1 systemd.'),
  container: z.string().nullable().describe('ID of the container, from the control group.'),
  unit: z.string().nullable().describe('systemd unit, from the control group.'),
  denied: z.array(z.enum(DENIABLE)).describe('What may only be seen by its owner or root.'),
});
export type ProcessEntry = z.infer<typeof processEntry>;

export const SORT_KEYS = ['cpu', 'memory', 'io', 'fds', 'threads', 'started', 'pid', 'name'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const processesResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  /** As asked, for the report's title. */
  filter: z.object({
    name: z.string().nullable(),
    user: z.string().nullable(),
    port: z.int().nullable(),
    file: z.string().nullable(),
    memoryOverBytes: z.number().nullable(),
    tree: z.boolean(),
    exact: z.boolean(),
    details: z.boolean(),
    sort: z.enum(SORT_KEYS),
    limit: z.int().nullable(),
  }),
  total: z.int().nonnegative().describe('All processes, also those that the filter leaves out.'),
  states: z.partialRecord(z.enum(PROCESS_STATES), z.int()).describe('How many of all are in which state.'),
  threads: z.int().nonnegative().nullable().describe('Threads of all processes.'),
  processes: z.array(processEntry).describe('Sorted as asked, cut at the limit.'),
  ancestors: z
    .array(z.int())
    .describe('Those of the processes, by pid, that are there only as parents of what was asked for.'),
  matched: z.int().nonnegative().describe('How many the filter lets through, before the limit.'),
  problems: z.array(z.string()).describe('What could not be found out, for all of them.'),
});
export type ProcessesResult = z.infer<typeof processesResult>;
