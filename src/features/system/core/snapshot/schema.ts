import * as z from 'zod';

/** Grows when a reader of an older form would misread a newer one. */
export const SNAPSHOT_VERSION = 1;

const snapshotProcess = z.object({
  pid: z.int().positive(),
  startTicks: z.number().nonnegative().describe('Clock ticks since boot.'),
  startedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  parentPid: z.int().nonnegative(),
  user: z.string(),
  name: z.string(),
  commandLine: z.array(z.string()).describe('Cut beyond 4,096 characters.'),
  kernelThread: z.boolean(),
  state: z.string(),
  cpuMs: z.number().nonnegative().describe('Processor time since its start.'),
  residentBytes: z.number().nonnegative(),
});
export type SnapshotProcess = z.infer<typeof snapshotProcess>;

const snapshotSocket = z.object({
  protocol: z.enum(['tcp', 'udp', 'udplite', 'raw', 'icmp', 'unix']),
  state: z.string().describe('listening, established, unconnected …'),
  localAddress: z.string().describe('Of a Unix socket its path.'),
  localPort: z.int().nullable(),
  remoteAddress: z.string().nullable(),
  remotePort: z.int().nullable(),
  user: z.string().nullable(),
  pid: z.int().nullable().describe('A process that has it open; null where none is known.'),
  process: z.string().nullable().describe('Name of that process.'),
});
export type SnapshotSocket = z.infer<typeof snapshotSocket>;

const snapshotMount = z.object({
  mountPoint: z.string(),
  source: z.string(),
  type: z.string(),
  root: z.string().describe('The folder of the file system that stands there.'),
  readOnly: z.boolean(),
  totalBytes: z.number().nullable(),
  availableBytes: z.number().nullable(),
});
export type SnapshotMount = z.infer<typeof snapshotMount>;

const snapshotRoute = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  destination: z.string().describe('A prefix, or default.'),
  gateway: z.string().nullable(),
  interface: z.string().nullable(),
  metric: z.number().nullable(),
  type: z.string().describe('unicast, blackhole, unreachable …'),
});
export type SnapshotRoute = z.infer<typeof snapshotRoute>;

const snapshotInterface = z.object({
  name: z.string(),
  up: z.boolean().nullable(),
  hardwareAddress: z.string().nullable(),
  mtuBytes: z.number().nullable(),
  addresses: z.array(z.string()).describe('With their prefix length, such as 10.0.0.5/24.'),
});
export type SnapshotInterface = z.infer<typeof snapshotInterface>;

const snapshotUnit = z.object({ id: z.string(), state: z.string(), sub: z.string(), enabled: z.string().nullable() });
export type SnapshotUnit = z.infer<typeof snapshotUnit>;

const snapshotUser = z.object({
  user: z.string(),
  terminal: z.string().nullable(),
  host: z.string().nullable(),
  sinceMs: z.number().nullable(),
});
export type SnapshotUser = z.infer<typeof snapshotUser>;

const figures = z.object({
  cpuBusyMs: z.number().nullable().describe('Time of all CPUs together that was not idle, since boot.'),
  cpuTotalMs: z.number().nullable().describe('Time of all CPUs together since boot.'),
  cpus: z.int().nullable(),
  memoryTotalBytes: z.number().nullable(),
  memoryAvailableBytes: z.number().nullable(),
  swapTotalBytes: z.number().nullable(),
  swapFreeBytes: z.number().nullable(),
  load: z.object({ one: z.number(), five: z.number(), fifteen: z.number() }).nullable(),
  uptimeSeconds: z.number().nullable(),
});
export type SnapshotFigures = z.infer<typeof figures>;

export const snapshot = z.object({
  kind: z.literal('opsdeck-snapshot').describe('Tells the file from others.'),
  version: z.literal(SNAPSHOT_VERSION),
  machine: z.string(),
  hostName: z.string().nullable(),
  kernel: z.string().nullable(),
  bootId: z.string().nullable().describe('Another one after every boot.'),
  bootedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  takenAtMs: z.number().describe('Milliseconds since 1970 UTC.'),
  figures,
  processes: z.array(snapshotProcess),
  sockets: z.array(snapshotSocket).describe('Listening ones, those without a peer, and connections.'),
  mounts: z.array(snapshotMount),
  routes: z.array(snapshotRoute),
  interfaces: z.array(snapshotInterface),
  units: z.array(snapshotUnit).nullable().describe('null where there is no systemd.'),
  users: z.array(snapshotUser).nullable().describe('null where the system does not tell who is logged in.'),
  problems: z.array(z.string()).describe('What could not be found out.'),
});
export type Snapshot = z.infer<typeof snapshot>;
