import * as z from 'zod';
import { quantity } from '../../fields';
import { sensors, users } from './hardware';
import { memory, swap } from './memory';
import { networkInterface } from './network';
import { controlGroup, cpu, load, pressure } from './processor';
import { blockDevice, fileSystem } from './storage';

/** Parts of the result, for what could not be read. */
export const PARTS = [
  'cpu',
  'load',
  'memory',
  'paging',
  'uptime',
  'pressure',
  'controlGroup',
  'fileSystems',
  'blockDevices',
  'interfaces',
  'sensors',
  'host',
  'users',
] as const;

export const problem = z.object({
  source: z.string().describe('File or command.'),
  reason: z.enum(['missing', 'denied', 'timed-out', 'failed', 'cut-short', 'malformed']),
  message: z.string().describe('The reason for a person.'),
  missing: z.enum(PARTS).describe('Part of this result that is not known, or only in part.'),
});

export const FINDING_KINDS = [
  'fileSystemFull',
  'inodesFull',
  'fileSystemSilent',
  'memoryLow',
  'memoryLimitNear',
  'swapFull',
  'memoryPressure',
  'ioPressure',
  'cpuPressure',
  'cpuThrottled',
  'cpuBusy',
  'cpuStolen',
  'loadHigh',
  'diskSlow',
  'interfaceErrors',
  'temperatureHigh',
  'batteryLow',
] as const;

export const finding = z.object({
  kind: z.enum(FINDING_KINDS),
  severity: z.enum(['error', 'warning']),
  subject: z.string().describe('Mount point, device, interface or sensor; empty for the machine as a whole.'),
  value: z.number().nullable().describe('Percent, load per core, milliseconds, errors per second or degrees Celsius.'),
  leftBytes: quantity('What is left, where it is about space.'),
});

/** Values at each time; null is a gap. */
const values = z.array(z.number().nullable()).readonly();

export const history = z
  .object({
    timesMs: z.array(z.number()).readonly().describe('Milliseconds since 1970 UTC, ascending.'),
    cpuUserPercent: values.describe('Programs, nice and guests included.'),
    cpuSystemPercent: values.describe('Kernel, interrupts included.'),
    cpuIowaitPercent: values,
    cpuStealPercent: values,
    memoryUsedBytes: values,
    memoryCacheBytes: values.describe('Buffers and cache.'),
    swapUsedBytes: values,
    networkReceivedBytesPerSecond: values.describe('Over all hardware interfaces, or all but loopback.'),
    networkSentBytesPerSecond: values,
    diskReadBytesPerSecond: values.describe('Over all devices that are not made of others.'),
    diskWrittenBytesPerSecond: values,
  })
  .describe('The charted figures of up to 300 samples.');

export const systemOverview = z
  .object({
    machine: z.string().describe("'local', or the alias of the host."),
    backEnd: z.enum(['proc', 'systeminformation']).describe('Where the figures come from.'),
    takenAtMs: z.number().describe('Milliseconds since 1970 UTC.'),
    measuring: z.boolean().describe('Rates are not known yet: there has been only one reading.'),
    intervalSeconds: quantity('Time between the two readings that rates are averages over.'),
    status: z.enum(['ok', 'warning', 'error', 'unknown']).describe('That of the most serious finding.'),
    findings: z.array(finding).readonly().describe('What is wrong, most serious first.'),
    host: z.object({
      name: z.string().nullable(),
      kernel: z.string().nullable(),
      os: z.string().nullable(),
      architecture: z.string().nullable(),
      bootTimeMs: quantity('Milliseconds since 1970 UTC.'),
      uptimeSeconds: quantity('Time asleep included.'),
    }),
    cpu: cpu.nullable(),
    load: load.nullable(),
    memory: memory.nullable(),
    swap: swap.nullable(),
    pressure: pressure.nullable(),
    controlGroup: controlGroup.nullable(),
    fileSystems: z.array(fileSystem).readonly(),
    blockDevices: z.array(blockDevice).readonly(),
    interfaces: z.array(networkInterface).readonly(),
    sensors,
    users,
    history,
    problems: z.array(problem).readonly().describe('What could not be read.'),
  })
  .describe('Processors, memory, disks, network, sensors and users of one machine at one moment.');

export type Part = (typeof PARTS)[number];
export type Problem = Readonly<z.infer<typeof problem>>;
export type Finding = Readonly<z.infer<typeof finding>>;
export type FindingKind = (typeof FINDING_KINDS)[number];
export type History = Readonly<z.infer<typeof history>>;
export type SystemOverview = Readonly<z.infer<typeof systemOverview>>;
/** What two readings tell; history and judgement are added later. */
export type Sample = Omit<SystemOverview, 'history' | 'findings' | 'status'>;
