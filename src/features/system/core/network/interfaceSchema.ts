import * as z from 'zod';
import { quantity, rate } from '../fields';

export const INTERFACE_KINDS = [
  'physical',
  'wireless',
  'loopback',
  'bridge',
  'bond',
  'team',
  'vlan',
  'macvlan',
  'ipvlan',
  'veth',
  'tun',
  'tap',
  'wireguard',
  'vxlan',
  'tunnel',
  'ppp',
  'dummy',
  'vrf',
  'virtual',
  'unknown',
] as const;
export type InterfaceKind = (typeof INTERFACE_KINDS)[number];

const address = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  address: z.string(),
  prefixLength: z.int().min(0).max(128),
  netmask: z.string(),
  broadcast: z.string().nullable(),
  peer: z.string().nullable().describe('The other end of a point-to-point link.'),
  scope: z.string().describe('global, link, host, site …'),
  label: z.string().nullable().describe('Name of an alias, such as eth0:1.'),
  flags: z.array(z.string()).describe('dynamic, temporary, deprecated, tentative, dadfailed …'),
  validSeconds: quantity('Until it is removed; null where it stays or that is not known.'),
  preferredSeconds: quantity('Until new connections avoid it; null where it stays or that is not known.'),
});
export type InterfaceAddress = z.infer<typeof address>;

/** The columns of /proc/net/dev, and of /sys what they sum up. */
export const COUNTERS = [
  'receivedBytes',
  'receivedPackets',
  'receiveErrors',
  'receiveDrops',
  'receiveFifoErrors',
  'receiveFrameErrors',
  'receivedCompressed',
  'receivedMulticast',
  'sentBytes',
  'sentPackets',
  'sendErrors',
  'sendDrops',
  'sendFifoErrors',
  'collisions',
  'carrierErrors',
  'sentCompressed',
] as const;
export type CounterName = (typeof COUNTERS)[number];

export const DETAIL_COUNTERS = {
  rx_missed_errors: 'missed',
  rx_crc_errors: 'crcErrors',
  rx_length_errors: 'lengthErrors',
  rx_over_errors: 'overErrors',
  rx_nohandler: 'noHandler',
} as const;
export type DetailCounterName = (typeof DETAIL_COUNTERS)[keyof typeof DETAIL_COUNTERS];

const since = (what: string): z.ZodNullable<z.ZodNumber> => quantity(`${what} Since the interface appeared.`);

const counters = z.object({
  receivedBytes: since(''),
  receivedPackets: since(''),
  receiveErrors: since('Of all kinds.'),
  receiveDrops: since('Thrown away for want of room, a receiver or a known protocol.'),
  receiveFifoErrors: since('The ring of the device was full.'),
  receiveFrameErrors: since('Frames of a wrong length, alignment or check sum.'),
  receivedCompressed: since(''),
  receivedMulticast: since(''),
  sentBytes: since(''),
  sentPackets: since(''),
  sendErrors: since('Of all kinds.'),
  sendDrops: since(''),
  sendFifoErrors: since(''),
  collisions: since(''),
  carrierErrors: since('The link was lost while sending, and the like.'),
  sentCompressed: since(''),
  missed: since('Dropped by the device itself; within receiveDrops.'),
  crcErrors: since('Within receiveFrameErrors.'),
  lengthErrors: since('Within receiveFrameErrors.'),
  overErrors: since('Within receiveFrameErrors.'),
  noHandler: since('Came on an inactive part of a bond or the like.'),
});
export type InterfaceCounterSet = z.infer<typeof counters>;

const rates = z.object({
  receivedBytesPerSecond: rate('Since the reading before.'),
  sentBytesPerSecond: rate('Since the reading before.'),
  receivedPacketsPerSecond: rate('Since the reading before.'),
  sentPacketsPerSecond: rate('Since the reading before.'),
  errorsPerSecond: rate('In both directions.'),
  dropsPerSecond: rate('In both directions.'),
});
export type InterfaceRateSet = z.infer<typeof rates>;

const bond = z.object({
  mode: z.string().nullable(),
  activeSlave: z.string().nullable(),
  slaves: z.array(
    z.object({
      name: z.string(),
      linkUp: z.boolean().nullable(),
      speed: z.string().nullable(),
      linkFailures: quantity('Times the link was lost.'),
    }),
  ),
});

export const interfaceEntry = z.object({
  name: z.string(),
  index: z.int().nullable(),
  kind: z.enum(INTERFACE_KINDS),
  flags: z
    .array(z.string())
    .describe('Of netdevice(7): UP, BROADCAST, RUNNING, LOWER_UP …; PROMISC also where a bridge or a capture set it.'),
  administrativelyUp: z.boolean().nullable().describe('Switched on.'),
  running: z.boolean().nullable().describe('Switched on, and with a link.'),
  state: z.string().nullable().describe('Operational state: up, down, unknown, lowerlayerdown, dormant …'),
  carrier: z.boolean().nullable().describe('null while it is switched off.'),
  carrierChanges: quantity('Times the link came or went.'),
  mtuBytes: quantity('Largest packet.'),
  macAddress: z.string().nullable(),
  macBroadcast: z.string().nullable(),
  speedBitsPerSecond: quantity('Speed of the link.'),
  duplex: z.string().nullable().describe('full or half.'),
  queueLength: quantity('Packets that may wait to be sent (txqueuelen).'),
  driver: z.string().nullable(),
  alias: z.string().nullable().describe('A description given by an administrator.'),
  master: z.string().nullable().describe('The bridge, bond or VRF it is part of.'),
  parts: z
    .array(z.string())
    .describe('Interfaces below it: ports of a bridge, slaves of a bond, the parent of a VLAN.'),
  link: z.string().nullable().describe('The parent, or the other end of a veth pair where it is on this machine.'),
  vlanId: z.int().nullable(),
  bond: bond.nullable(),
  addresses: z.array(address),
  counters,
  rates,
  multicastGroups: z.array(z.string()).describe('Groups it has joined.'),
});
export type InterfaceEntry = z.infer<typeof interfaceEntry>;
