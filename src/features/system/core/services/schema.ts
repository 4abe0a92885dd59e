import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { quantity } from '../fields';

export const SERVICE_STATES = [
  'failed',
  'restarting',
  'changing',
  'running',
  'active',
  'inactive',
  'not-found',
  'unknown',
] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

export const UNIT_TYPES = ['service', 'timer', 'socket', 'mount', 'path', 'target', 'all'] as const;

export const servicesInput = z.object({
  state: z
    .enum(['all', 'running', 'failed', 'active', 'inactive', 'enabled', 'disabled'])
    .default('all')
    .describe(l10n.t('Only services in this state. Failed ones of every type are counted in any case.'))
    .meta({ title: 'State' }),
  name: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(l10n.t('Only services with this text in their name; * stands for any text.'))
    .meta({ title: 'Name', examples: ['nginx', 'postgresql*'] }),
  type: z.enum(UNIT_TYPES).default('service').describe(l10n.t('Type of systemd unit.')).meta({ title: 'Type' }),
});
export type ServicesInput = z.infer<typeof servicesInput>;

const pidFile = z.object({
  path: z.string(),
  problem: z
    .enum(['ended', 'reused', 'malformed'])
    .nullable()
    .describe('ended: no such process; reused: the process is younger than the file; malformed: no number in it.'),
});

export const service = z.object({
  id: z.string().describe('Such as nginx.service; without systemd the name of the service.'),
  description: z.string().nullable(),
  state: z.enum(SERVICE_STATES).describe('running: has a process; active: has done its work, listens, is mounted …'),
  load: z.string().nullable().describe('systemd: loaded, not-found, masked …'),
  active: z.string().nullable().describe('systemd: active, inactive, failed …'),
  sub: z.string().nullable().describe('systemd: running, exited, dead, auto-restart …'),
  enabled: z.string().nullable().describe('Whether it starts with the machine: enabled, disabled, static, masked …'),
  mainPid: z.int().positive().nullable(),
  startTicks: z.number().nullable().describe('Start of that process, clock ticks since boot.'),
  sinceMs: quantity('In this state since then; milliseconds since 1970 UTC.'),
  result: z.string().nullable().describe('How its last run ended: success, exit-code, signal, oom-kill, timeout …'),
  exitStatus: z.int().nullable().describe('Exit code, or the signal, of the last main process that has ended.'),
  restarts: quantity('How often systemd has restarted it.'),
  memoryBytes: quantity('Of its control group.'),
  cpuMs: quantity('Processor time of its control group.'),
  tasks: quantity('Processes and threads.'),
  file: z.string().nullable().describe('Unit file or script.'),
  pidFile: pidFile.nullable().describe('Where only that tells of its process.'),
});
export type Service = z.infer<typeof service>;

const timer = z.object({
  id: z.string(),
  activates: z.string().nullable(),
  nextMs: quantity('Milliseconds since 1970 UTC; null where it will not run again.'),
  lastMs: quantity('Milliseconds since 1970 UTC; null where it never ran.'),
  active: z.string(),
});
export type Timer = z.infer<typeof timer>;

export const MANAGERS = ['systemd', 'openrc', 'runit', 'sysv', 'none'] as const;

export const servicesResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  hostName: z.string().nullable(),
  filter: z.object({ state: z.string(), name: z.string().nullable(), type: z.enum(UNIT_TYPES) }),
  manager: z.enum(MANAGERS),
  firstProcess: z.string().nullable().describe('Name of pid 1.'),
  version: z.string().nullable().describe('Of systemd.'),
  systemState: z.string().nullable().describe('systemd: running, degraded, maintenance, starting …'),
  counts: z.partialRecord(z.enum(SERVICE_STATES), z.int()).describe('How many of the type are in which state.'),
  failed: z.array(service).describe('All that failed, of every type, whatever the filter.'),
  services: z.array(service).describe('What the filter lets through; failed ones first.'),
  timers: z.array(timer).describe('Those that run next first.'),
  problems: z.array(z.string()).describe('What could not be found out.'),
});
export type ServicesResult = z.infer<typeof servicesResult>;
