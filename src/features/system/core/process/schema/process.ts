import * as z from 'zod';
import { quantity } from '../../fields';
import { processEntry } from '../../processes/schema';
import { awaitedLock, connection, openFiles } from './files';
import { memoryMaps } from './maps';
import { relatives } from './relatives';
import { environment, memoryDetail, processControlGroup, resourceLimit, scheduling, security } from './rest';
import { threads } from './threads';

/** Parts that may be missing as a whole. */
export const PARTS = [
  'executable',
  'folders',
  'io',
  'files',
  'fileDetails',
  'connections',
  'environment',
  'maps',
  'memory',
  'namespaces',
  'waitChannel',
  'ionice',
  'pipes',
] as const;
export type ProcessPart = (typeof PARTS)[number];

export const FINDING_KINDS = [
  'zombie',
  'diskSleep',
  'stopped',
  'traced',
  'limitNear',
  'memoryLimitNear',
  'throttled',
  'executableReplaced',
  'deletedFiles',
  'lockAwaited',
  'cpuWaited',
  'swapped',
] as const;

const finding = z.object({
  kind: z.enum(FINDING_KINDS),
  severity: z.enum(['error', 'warning', 'info']),
  subject: z.string().describe('Which limit, which debugger; empty where there is only one.'),
  value: z.number().nullable(),
});
export type ProcessFinding = z.infer<typeof finding>;

const gap = z.object({
  part: z.enum(PARTS),
  reason: z.enum(['denied', 'missing', 'timed-out', 'failed', 'too-many']),
  message: z.string(),
});
export type Gap = z.infer<typeof gap>;

export const processResult = z.object({
  machine: z.string(),
  takenAtMs: z.number().describe('Milliseconds since 1970 UTC.'),
  intervalSeconds: quantity('Since the reading before: what rates are about. null in the first, which has none.'),
  ended: z.object({ noticedAtMs: z.number() }).nullable().describe('It ended: the rest is what was last seen of it.'),
  thread: z.int().positive().nullable().describe('The number that was asked for, where it is that of a thread.'),
  process: processEntry,
  ageSeconds: quantity('Since it started.'),
  rootFolder: z.string().nullable(),
  foregroundGroupId: z.int().nonnegative().nullable().describe('Process group that its terminal listens to (tpgid).'),
  fileSystemUid: z.int().nonnegative().nullable(),
  effectiveUser: z.string().nullable().describe('Where it is another one than the real user.'),
  groups: z.array(z.object({ gid: z.int().nonnegative(), name: z.string().nullable() })).describe('Supplementary.'),
  scheduling,
  memory: memoryDetail,
  files: openFiles.nullable(),
  awaitedLocks: z.array(awaitedLock),
  connections: z
    .object({ total: z.int().nonnegative(), list: z.array(connection).describe('At most 2,000.') })
    .nullable(),
  threads,
  relatives,
  limits: z.array(resourceLimit),
  environment: environment.nullable(),
  maps: memoryMaps.nullable(),
  security,
  controlGroup: processControlGroup.nullable(),
  findings: z.array(finding).describe('What stands out, most serious first.'),
  missing: z.array(gap).describe('What could not be seen, and why.'),
});
export type ProcessResult = z.infer<typeof processResult>;

/** More rows than anybody reads are counted, not shown. */
export const MOST_ROWS = 2000;
