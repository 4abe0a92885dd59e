import * as z from 'zod';
import { categories } from './category';
import { ipv4Carriers } from './embedded';
import { multicastScopes } from './multicast';
import { readAsValues } from './parsed';
import { policyValues } from './special';
import { specialNotes } from './specialBlocks';

/** How many CIDR blocks of a range and parts of a span are listed. */
export const maxListed = 128;

const references = z.array(z.string()).describe('RFCs, such as "RFC 1918" or "RFC 791, section 3.2"');
const registryName = z
  .object({ title: z.string(), updated: z.string().describe('The date of the registry, YYYY-MM-DD') })
  .describe('The IANA registry that says so');
const count = z.string().describe('A decimal integer as text, as it may exceed 2^53');
const policy = z.enum(policyValues);

const special = z
  .object({
    prefix: z.string(),
    name: z.string(),
    references,
    allocated: z.string().describe('YYYY-MM'),
    terminated: z.string().nullable().describe('YYYY-MM, or null while it is in force'),
    source: policy.describe('Whether it may be the source of a packet on the wire'),
    destination: policy.describe('Whether it may be the destination'),
    forwardable: policy.describe('Whether a router may forward it between interfaces'),
    globallyReachable: policy.describe('Whether it may be forwarded beyond an administrative domain'),
    reservedByProtocol: policy.describe('Whether every IP implementation must treat it specially'),
    note: z.enum(specialNotes).nullable().describe("The registry's footnote"),
    registry: registryName,
  })
  .describe('The most specific row of the special-purpose address registries (RFC 6890) around the whole input');

const allocation = z.object({
  prefix: z.string(),
  designation: z.string().describe('Whom or what the block is for'),
  references,
  date: z.string().nullable().describe('YYYY-MM or YYYY-MM-DD'),
  whois: z.string().nullable(),
  status: z.string().nullable().describe('ALLOCATED, LEGACY or RESERVED'),
  rir: z.string().nullable().describe('ARIN, RIPE NCC, APNIC, LACNIC or AFRINIC'),
  registry: registryName,
});

const groupAssignment = z.object({
  name: z.string(),
  addresses: z.string(),
  references,
  date: z.string().nullable(),
});

const derivedGroup = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('glop'), asNumber: z.number().int() }).describe('RFC 3180'),
  z.object({ kind: z.literal('unicast-prefix'), network: z.string() }).describe('RFC 3306, RFC 6034'),
  z.object({ kind: z.literal('source-specific') }).describe('RFC 4607'),
  z.object({ kind: z.literal('rendezvous-point'), address: z.string() }).describe('RFC 3956'),
  z.object({ kind: z.literal('solicited-node'), suffix: z.string() }).describe('RFC 4291 section 2.7.1'),
]);

const multicast = z
  .object({
    scope: z.enum(multicastScopes).nullable().describe('How far the group reaches (RFC 7346, RFC 2365)'),
    block: groupAssignment.nullable().describe('IPv4: the block of the multicast registry'),
    assignment: groupAssignment.nullable().describe('What the group is assigned to'),
    transient: z.boolean().nullable().describe('IPv6: flag T, not permanently assigned'),
    derived: derivedGroup.nullable().describe('What the address itself says about its owner'),
    registry: registryName,
  })
  .describe('Only of multicast');

const part = z.object({
  first: z.string(),
  last: z.string(),
  addresses: count,
  category: z.enum(categories),
  name: z.string().nullable().describe('Of the row in the special-purpose registry'),
  prefix: z.string().nullable().describe('Of that row'),
  references,
  globallyReachable: z.boolean().nullable(),
});

const embedded = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(ipv4Carriers), ipv4: z.string().describe('An address, or a network in CIDR form') }),
  z.object({
    kind: z.literal('nat64-local'),
    candidates: z
      .array(z.object({ prefix: z.string(), ipv4: z.string() }))
      .describe('One for each prefix length that RFC 6052 allows and the bits fit; the operator chose one of them'),
  }),
  z.object({
    kind: z.literal('teredo'),
    server: z.string(),
    client: z.string().describe("The client's public IPv4 address"),
    port: z.number().int().describe("The client's public UDP port"),
    flags: z.string().describe('Four hex digits'),
    cone: z.boolean(),
  }),
  z.object({
    kind: z.literal('eui64'),
    mac: z.string(),
    universal: z.boolean().describe('Assigned by the manufacturer, not locally'),
  }),
]);

const network = z
  .object({
    cidr: z.string(),
    prefixLength: z.number().int(),
    networkAddress: z.string(),
    lastAddress: z.string(),
    netmask: z.string(),
    hostmask: z.string().describe("The netmask's other bits: Cisco's wildcard mask"),
    broadcast: z.string().nullable().describe('IPv4 only; none for /31 (RFC 3021), /32 and multicast'),
    subnetRouterAnycast: z.string().nullable().describe('IPv6 only (RFC 4291 section 2.6.1); none for /127 and /128'),
    firstHost: z.string().nullable().describe('null for multicast'),
    lastHost: z.string().nullable().describe('null for multicast'),
    addresses: count,
    usableHosts: count,
    reverseZones: z.array(z.string()).describe('The zones to delegate; longer than /24 in the way of RFC 2317'),
    role: z
      .enum(['host', 'broadcast'])
      .nullable()
      .describe('What the given address is in its network; null when the network itself was given'),
  })
  .describe('Of a network, and of an address that came with a prefix length');

const range = z
  .object({
    first: z.string(),
    last: z.string(),
    addresses: count,
    blocks: z.array(z.string()).describe(`The fewest CIDR blocks that cover it exactly, at most ${maxListed} of them`),
    blockCount: z.number().int().describe('How many there are in all'),
    enclosing: z.string().describe('The smallest network that has all of it'),
  })
  .describe('Of a range');

export const ipInspection = z.object({
  given: z.string().describe('The input'),
  readAs: z.array(z.enum(readAsValues)).describe('How it was understood, where it is not plainly written'),
  kind: z
    .enum(['address', 'network', 'interface', 'range'])
    .describe('interface: an address with a prefix length that leaves host bits set'),
  version: z.union([z.literal(4), z.literal(6)]),
  canonical: z.string().describe('The recommended text (RFC 5952), with zone and prefix length'),
  expanded: z.string().describe('With every digit of IPv6'),
  otherSpellings: z.array(z.string()).describe('Also usual: mixed notation, or groups only'),
  zone: z.string().nullable().describe('RFC 4007 zone id'),
  port: z.number().int().nullable(),
  integer: z.string().describe('Decimal; of a network its network address, of a range its first'),
  hex: z.string().describe('0x and 8 or 32 digits, of the same address'),
  binary: z.string().describe('In octets or groups, of the same address'),
  reverseName: z.string().nullable().describe('Name of the PTR record; of a network see reverseZones'),
  network: network.nullable(),
  range: range.nullable(),
  asMask: z
    .object({ kind: z.enum(['netmask', 'hostmask']), prefixLength: z.number().int() })
    .nullable()
    .describe('The IPv4 address read as a mask'),
  category: z.enum([...categories, 'mixed']).describe('What the address is for'),
  globallyReachable: z
    .boolean()
    .nullable()
    .describe('By the registries; null: parts differ, multicast, or it depends on more than the address'),
  special: special.nullable(),
  allocations: z.array(allocation).describe('Rows of the address-space registries, the first few'),
  allocationCount: z.number().int().describe('How many there are in all'),
  multicast: multicast.nullable(),
  parts: z.array(part).describe(`Parts of one kind each, at most ${maxListed}; one when all is of one kind`),
  partCount: z.number().int().describe('How many there are in all'),
  embedded: z.array(embedded).describe('Addresses inside the IPv6 address'),
  solicitedNode: z.string().nullable().describe('IPv6 unicast: the solicited-node multicast group'),
  ipv6Forms: z
    .object({
      ipv4Mapped: z.string(),
      sixToFour: z.string().nullable().describe('The /48 of RFC 3056; only of global addresses'),
      nat64: z.string().nullable().describe('Behind 64:ff9b::/96 (RFC 6052); only of global addresses'),
    })
    .nullable()
    .describe('IPv4: its forms in IPv6'),
});

export type IpInspection = DeepReadonly<z.infer<typeof ipInspection>>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;
