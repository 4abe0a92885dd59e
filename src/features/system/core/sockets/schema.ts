import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { quantity, rate } from '../fields';
import { SOCKET_STATES, SOCKET_TIMERS } from '../kernel/socketTables';

/** The eleven of psutil, and the three that only few programs have. */
export const SOCKET_KINDS = [
  'inet',
  'inet4',
  'inet6',
  'tcp',
  'tcp4',
  'tcp6',
  'udp',
  'udp4',
  'udp6',
  'unix',
  'all',
  'raw',
  'packet',
  'netlink',
] as const;
export type SocketKind = (typeof SOCKET_KINDS)[number];

export const SOCKET_PROTOCOLS = ['tcp', 'udp', 'udplite', 'raw', 'icmp', 'unix', 'packet', 'netlink'] as const;
export type SocketProtocol = (typeof SOCKET_PROTOCOLS)[number];

export const socketsInput = z.object({
  kind: z
    .enum(SOCKET_KINDS)
    .default('inet')
    .describe(l10n.t('Which sockets: inet is TCP and UDP over IPv4 and IPv6, all is every kind.'))
    .meta({ title: 'Kind', examples: ['tcp', 'unix', 'all'] }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(l10n.t('Only those with this local port: answers who has it.'))
    .meta({ title: 'Local port', examples: [8080, 443] }),
  pid: z
    .int()
    .positive()
    .max(4_194_304)
    .optional()
    .describe(l10n.t('Only those of this process.'))
    .meta({ title: 'PID' }),
  state: z
    .enum(SOCKET_STATES)
    .optional()
    .describe(l10n.t('Only those in this state, called as by ss: listening, established, time-wait …'))
    .meta({ title: 'State', examples: ['listening'] }),
  address: z
    .string()
    .optional()
    .describe(l10n.t('Only those with this text in one of their addresses or in their path.'))
    .meta({ title: 'Address', examples: ['10.0.0.', '::1', '/run/'] }),
  namespaces: z
    .boolean()
    .default(false)
    .describe(
      l10n.t('Also those of other network namespaces, such as containers. With a port they are always looked at.'),
    )
    .meta({ title: 'Other network namespaces' }),
});
export type SocketsInput = z.infer<typeof socketsInput>;

export const socketOwner = z.object({
  pid: z.int().positive(),
  startTicks: z.number().nonnegative().describe('Clock ticks since boot; with the pid it tells the process for good.'),
  name: z.string(),
  user: z.string().nullable().describe('Name of the real user of the process, or the number.'),
  startedAtMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  container: z.string().nullable().describe('ID or name of the container the process is in.'),
  fds: z.array(z.int().nonnegative()).describe('Numbers under which it has the socket open.'),
});
export type SocketOwner = z.infer<typeof socketOwner>;

const traffic = z
  .object({
    roundTripMs: quantity('Smoothed round trip time.'),
    roundTripVarianceMs: quantity('Its mean deviation.'),
    minimumRoundTripMs: quantity('The least that was measured.'),
    congestionWindow: quantity('Segments that may be under way.'),
    congestionControl: z.string().nullable(),
    segmentBytes: quantity('Largest segment to send.'),
    sentBytes: quantity('Acknowledged by the other side since the connection was made.'),
    receivedBytes: quantity('Received since the connection was made.'),
    retransmittedBytes: quantity('Sent again.'),
    retransmits: quantity('Segments sent again since the connection was made.'),
    lostSegments: quantity('Segments under way that are taken for lost.'),
    unackedSegments: quantity('Segments under way.'),
    deliveryBitsPerSecond: quantity('The latest rate at which the other side got data.'),
    lastReceivedMs: quantity('Time since data came.'),
    sentBytesPerSecond: rate('Since the reading before; null in the first.'),
    receivedBytesPerSecond: rate('Since the reading before; null in the first.'),
  })
  .describe('As ss tells it; there is nothing of the kind for UDP.');
export type SocketTraffic = z.infer<typeof traffic>;

export const socketEntry = z.object({
  key: z.string().describe('The same in every reading.'),
  protocol: z.enum(SOCKET_PROTOCOLS),
  family: z.enum(['ipv4', 'ipv6', 'unix', 'packet', 'netlink']),
  type: z.enum(['stream', 'datagram', 'seqpacket', 'raw', 'unknown']),
  localAddress: z.string().nullable(),
  localPort: z.int().nullable(),
  remoteAddress: z.string().nullable().describe('null without a peer.'),
  remotePort: z.int().nullable(),
  path: z.string().nullable().describe("Of a unix socket; '@' begins one in the abstract name space."),
  peer: z
    .object({
      inode: z.int(),
      path: z.string().nullable(),
      owners: z.array(z.object({ pid: z.int(), name: z.string() })),
    })
    .nullable()
    .describe('The other end of a unix socket; null where there is none or it is not known.'),
  detail: z
    .string()
    .nullable()
    .describe('IP protocol of a raw socket, EtherType of a packet socket, netlink protocol.'),
  interface: z.string().nullable().describe('The interface it is bound to.'),
  state: z.enum(SOCKET_STATES),
  receiveQueueBytes: quantity('Not yet read.'),
  sendQueueBytes: quantity('Not yet acknowledged.'),
  backlog: z
    .object({ waiting: z.int().nonnegative(), limit: quantity('More are turned away.') })
    .nullable()
    .describe('Of a listening socket of TCP: connections that wait to be accepted.'),
  timer: z.enum(SOCKET_TIMERS),
  timerMs: quantity('Until the timer fires.'),
  retransmits: quantity('Of the oldest segment that is not acknowledged.'),
  probes: quantity('Unanswered keep-alive or window probes.'),
  drops: quantity('Datagrams thrown away for want of room.'),
  uid: z.int().nullable().describe('Of whoever made it; the kernel does not tell it of unix sockets.'),
  user: z.string().nullable(),
  inode: z.int().nullable().describe('0: no process has it any more.'),
  owner: z
    .enum(['known', 'denied', 'none'])
    .describe('denied: a process has it that only its user or root may look into; none: no process has it.'),
  owners: z.array(socketOwner).describe('By pid. Several after a fork, or where it was passed on.'),
  namespace: z.string().nullable().describe('Number of its network namespace; null for the one of this machine.'),
  traffic: traffic.nullable().describe('Of TCP connections; null where ss is missing.'),
});
export type SocketEntry = z.infer<typeof socketEntry>;

const processTraffic = z.object({
  pid: z.int().positive(),
  startTicks: z.number().nonnegative(),
  name: z.string(),
  user: z.string().nullable(),
  connections: z.int().nonnegative(),
  sentBytesPerSecond: rate('Of its TCP connections.'),
  receivedBytesPerSecond: rate('Of its TCP connections.'),
  sentBytes: quantity('Of its present TCP connections since each was made.'),
  receivedBytes: quantity('Of its present TCP connections since each was made.'),
});
export type ProcessTraffic = z.infer<typeof processTraffic>;

const portAnswer = z.object({
  outcome: z
    .enum(['taken', 'elsewhere', 'in-use', 'leftover', 'free', 'denied'])
    .describe(
      'taken: somebody waits there for others; elsewhere: only in other network namespaces; in-use: only connections; leftover: only connections that no process has any more, which still hold the port; free; denied: taken by somebody who may not be seen.',
    ),
  leftMs: quantity('Until the last leftover in TIME-WAIT is gone.'),
});

export const socketsResult = z.object({
  machine: z.string(),
  takenAtMs: z.number(),
  filter: z.object({
    kind: z.enum(SOCKET_KINDS),
    port: z.int().nullable(),
    pid: z.int().nullable(),
    state: z.enum(SOCKET_STATES).nullable(),
    address: z.string().nullable(),
    namespaces: z.boolean(),
  }),
  measuring: z.boolean().describe('Rates are still to come.'),
  intervalSeconds: quantity('Between the two readings of the rates.'),
  answer: portAnswer.nullable().describe('Where a port was asked for.'),
  sockets: z.array(socketEntry).describe('Listening ones first, then by port.'),
  states: z.partialRecord(z.enum(SOCKET_STATES), z.int()).describe('How many of them are in which state.'),
  processes: z
    .array(processTraffic)
    .describe('TCP traffic summed by process, the busiest first; a shared connection counts for its first owner only.'),
  namespaces: z
    .array(
      z.object({ id: z.string(), pid: z.int(), name: z.string(), container: z.string().nullable(), sockets: z.int() }),
    )
    .describe('Other network namespaces that were looked into, each through one process.'),
  deniedProcesses: z.int().nonnegative().describe('Processes whose sockets only their user or root may see.'),
  trafficMissing: z.string().nullable().describe('Why there is no traffic of TCP; null where there is.'),
  problems: z.array(z.string()),
});
export type SocketsResult = z.infer<typeof socketsResult>;
