import * as z from 'zod';
import { percent, quantity, rate } from '../../fields';

/** Shares of the time between two readings; together they make 100. A mode that is not counted is null. */
export const cpuShares = z.object({
  usedPercent: percent('All but idle and iowait.'),
  userPercent: percent('Programs, without guests of virtual machines.'),
  nicePercent: percent('Programs of lowered priority, without guests.'),
  systemPercent: percent('The kernel.'),
  idlePercent: percent('Nothing to do.'),
  iowaitPercent: percent('Idle while a disk was waited for.'),
  irqPercent: percent('Hardware interrupts.'),
  softirqPercent: percent('Deferred work of interrupts.'),
  stealPercent: percent('Taken by the hypervisor for other machines.'),
  guestPercent: percent('Guests of virtual machines run by this host.'),
});

export const core = z.object({
  id: z.int().describe('Number of the logical processor.'),
  frequencyHertz: quantity('Present frequency.'),
  shares: cpuShares.nullable().describe('null until there are two readings, and for a core that has just come online.'),
});

export const cpu = z
  .object({
    model: z.string().nullable(),
    logicalCores: z.int().nullable().describe('Logical processors online.'),
    physicalCores: z.int().nullable(),
    sockets: z.int().nullable(),
    offlineCores: z.array(z.int()).readonly().describe('Numbers of logical processors that are present but offline.'),
    frequencyHertz: quantity('Mean of the cores that tell it.'),
    shares: cpuShares.nullable().describe('Over all cores; null until there are two readings.'),
    cores: z.array(core).readonly(),
    contextSwitchesPerSecond: rate('Context switches.'),
    interruptsPerSecond: rate('Interrupts served.'),
    forksPerSecond: rate('Processes and threads made.'),
    runningTasks: z.int().nullable().describe('Tasks that run or could run.'),
    blockedTasks: z.int().nullable().describe('Tasks that wait for a disk.'),
  })
  .describe('Processors.');

export const load = z
  .object({
    one: z.number().describe('Average over 1 minute.'),
    five: z.number().describe('Average over 5 minutes.'),
    fifteen: z.number().describe('Average over 15 minutes.'),
    onePerCore: z.number().nullable().describe('The 1-minute average divided by the logical processors online.'),
    tasks: z.int().nullable().describe('Processes and threads that exist.'),
  })
  .describe('Tasks that run, could run or wait for a disk.');

const stall = z.object({
  average10Percent: z.number(),
  average60Percent: z.number(),
  average300Percent: z.number(),
  nowPercent: percent('Between the two readings.'),
});

const resource = z.object({
  some: stall.nullable().describe('Share of time in which at least one task waited.'),
  full: stall.nullable().describe('Share of time in which all tasks waited at once.'),
});

export const pressure = z
  .object({
    cpu: resource.nullable(),
    memory: resource.nullable(),
    io: resource.nullable(),
    irq: resource.nullable(),
  })
  .describe('Pressure stall information: averages over 10, 60 and 300 seconds.');

export const controlGroup = z
  .object({
    path: z.string().describe("The control group's path."),
    cpu: z
      .object({
        version: z.union([z.literal(1), z.literal(2)]).describe('Version of control groups.'),
        limitCores: z.number().nullable().describe("Cores' worth of time (quota over period, or allowed processors)."),
        limited: z.boolean().describe("The limit is below the host's processors."),
        usedCores: z.number().nullable().describe("Cores' worth of time used between the two readings."),
        usedOfLimitPercent: percent('Of the limit.'),
        throttledPercent: percent('Enforcement periods between the two readings in which it was held back.'),
        throttledSeconds: z.number().nullable().describe('Held back since the group was made.'),
      })
      .nullable(),
    memory: z
      .object({
        version: z.union([z.literal(1), z.literal(2)]).describe('Version of control groups.'),
        limitBytes: quantity('The lowest limit of the own group and those above it.'),
        limited: z.boolean().describe("The limit is below the host's memory."),
        usageBytes: quantity('Page cache included.'),
        workingSetBytes: quantity('Usage without inactive page cache, which is given back without harm.'),
        usedOfLimitPercent: percent('The working set, of the limit.'),
      })
      .nullable(),
  })
  .describe("The machine's own control group, and its limits where it is a container.");

export type CpuShares = z.infer<typeof cpuShares>;
export type Core = z.infer<typeof core>;
export type Cpu = z.infer<typeof cpu>;
export type Load = z.infer<typeof load>;
export type PressureShares = z.infer<typeof pressure>;
export type ResourcePressure = z.infer<typeof resource>;
export type StallShares = z.infer<typeof stall>;
export type ControlGroup = z.infer<typeof controlGroup>;
