import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { quantity, rate } from '../fields';
import { interfaceEntry } from './interfaceSchema';

export const networkInput = z.object({
  interface: z
    .string()
    .optional()
    .describe(l10n.t('Only this interface; its routes and neighbours too.'))
    .meta({ title: 'Interface', examples: ['eth0'] }),
  allTables: z
    .boolean()
    .default(false)
    .describe(
      l10n.t('Routes of all tables, also of the local one; without it the main tables and those of policy routing.'),
    )
    .meta({ title: 'All routing tables' }),
  routes: z
    .boolean()
    .default(false)
    .describe(l10n.t('Shows only routes, rules of policy routing and neighbours, as netstat -r does.'))
    .meta({ title: 'Routes Only' }),
});
export type NetworkInput = z.infer<typeof networkInput>;

const route = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  type: z.string().describe('unicast, local, broadcast, blackhole, unreachable …'),
  destination: z.string().describe('A network with its prefix length, or default.'),
  gateway: z.string().nullable(),
  interface: z.string().nullable(),
  source: z.string().nullable().describe('The address that packets leave with.'),
  metric: quantity('The least wins.'),
  table: z.string().describe('main, local, or the name or number of another one.'),
  protocol: z.string().nullable().describe('Who made it: kernel, static, dhcp, bird …'),
  scope: z.string().nullable(),
  flags: z.array(z.string()),
});
export type RouteEntry = z.infer<typeof route>;

const neighbour = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  address: z.string(),
  macAddress: z.string().nullable(),
  interface: z.string().nullable(),
  state: z.string().describe('reachable, stale, delay, failed, incomplete, permanent …'),
});
export type NeighbourEntry = z.infer<typeof neighbour>;

const rule = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  priority: quantity('The least is asked first.'),
  text: z.string(),
});

const counter = z.object({
  protocol: z.string().describe('As the kernel calls it: Ip, Tcp, TcpExt, Udp6 …'),
  name: z.string(),
  value: z.number().describe('Since boot, or since the network namespace was made.'),
  perSecond: rate('Since the reading before.'),
});
export type CounterEntry = z.infer<typeof counter>;

/** The worst first. */
export const FINDING_KINDS = [
  'duplicateAddress',
  'noCarrier',
  'memoryAborts',
  'listenOverflows',
  'bondSlaveDown',
  'retransmits',
  'udpReceiveErrors',
  'interfaceErrors',
  'ipDiscards',
  'interfaceDrops',
  'halfDuplex',
  'noResolver',
] as const;
export type NetworkFindingKind = (typeof FINDING_KINDS)[number];

const finding = z.object({
  kind: z.enum(FINDING_KINDS),
  subject: z.string().describe('The interface or address it is about; empty for the machine.'),
  value: quantity('Percent for retransmits, otherwise a rate per second.'),
});
export type NetworkFinding = z.infer<typeof finding>;

export const networkResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  filter: z.object({ interface: z.string().nullable(), allTables: z.boolean(), routes: z.boolean() }),
  measuring: z.boolean().describe('Rates are still to come.'),
  intervalSeconds: quantity('Between the two readings of the rates.'),
  interfaces: z.array(interfaceEntry).describe('As the kernel lists them.'),
  unassignedAddresses: z
    .array(z.string())
    .describe('Addresses of the machine whose interface only ip tells, where ip is missing.'),
  routes: z.array(route),
  rules: z.array(rule).describe('Of policy routing; empty where ip is missing.'),
  neighbours: z.array(neighbour),
  resolvers: z.object({
    servers: z.array(z.string()).describe('Of /etc/resolv.conf.'),
    search: z.array(z.string()),
    options: z.array(z.string()),
    upstream: z.array(z.string()).describe('The servers behind the stub of systemd-resolved.'),
  }),
  statistics: z.array(counter).describe('What netstat -s shows.'),
  retransmitPercent: z
    .object({ now: quantity('Of the segments sent since the reading before.'), total: quantity('Of all ever sent.') })
    .describe('Segments of TCP that had to be sent again.'),
  findings: z.array(finding).describe('What is wrong now, the worst first.'),
  ipMissing: z.string().nullable().describe('Why ip told nothing; null where it did.'),
  problems: z.array(z.string()),
});
export type NetworkResult = z.infer<typeof networkResult>;
