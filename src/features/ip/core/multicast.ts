import { formatAddress, partsOf, type AddressSpan } from './address';
import { rfcNames, type RegistryName } from './addressSpace';
import { spanOfText } from './blockText';
import { ipv6Groups } from './ipv6Groups';
import { contains, formatNetwork, networkOf } from './network';
import registries from './registries.json';

/** RFC 7346 for IPv6; for IPv4 as RFC 2365 section 8 sets them beside those, where 239.255.0.0/16 is only "local". */
export const multicastScopes = [
  'interface-local',
  'link-local',
  'realm-local',
  'admin-local',
  'site-local',
  'organization-local',
  'global',
  'local',
  'reserved',
  'unassigned',
] as const;

export type MulticastScope = (typeof multicastScopes)[number];

export interface Multicast {
  readonly scope: MulticastScope | null;
  /** IPv4: the block of the registry. */
  readonly block: GroupAssignment | null;
  readonly assignment: GroupAssignment | null;
  /** IPv6, flag T of RFC 4291 section 2.7: not assigned by IANA for good. */
  readonly transient: boolean | null;
  readonly derived: DerivedGroup | null;
  readonly registry: RegistryName;
}

export interface GroupAssignment {
  readonly name: string;
  /** As the registry writes them. */
  readonly addresses: string;
  readonly references: readonly string[];
  readonly date: string | null;
}

/** What an address says by itself about who made it. */
export type DerivedGroup =
  /** RFC 3180: the autonomous system that may use the group. */
  | { readonly kind: 'glop'; readonly asNumber: number }
  /** RFC 6034 and RFC 3306: the unicast network whose owner may use the group. */
  | { readonly kind: 'unicast-prefix'; readonly network: string }
  /** RFC 3306 section 6, RFC 4607: for one sender only. */
  | { readonly kind: 'source-specific' }
  /** RFC 3956: the router where senders and receivers meet. */
  | { readonly kind: 'rendezvous-point'; readonly address: string }
  /** RFC 4291 section 2.7.1: all unicast addresses whose last 24 bits are these, written xx:xxxx. */
  | { readonly kind: 'solicited-node'; readonly suffix: string };

/** Everything about a span within 224.0.0.0/4 or ff00::/8; what does not hold for all of it is null. */
export function multicastOf(span: AddressSpan): Multicast {
  return span.version === 4 ? ipv4Multicast(span) : ipv6Multicast(span);
}

function ipv4Multicast(span: AddressSpan): Multicast {
  const { title, updated, blocks, rows } = registries.ipv4Multicast;
  const block = rowAround(blocks, span);
  return {
    scope: ipv4Scope(span),
    block: block === undefined ? null : assignmentOf(block),
    assignment: relativeAssignment(span) ?? ipv4Assignment(rows, span),
    transient: null,
    derived: span.first === span.last ? ipv4Derived(span.first) : null,
    registry: { title, updated },
  };
}

const ipv4Scopes: readonly (readonly [string, MulticastScope])[] = [
  ['224.0.0.0/24', 'link-local'],
  ['239.255.0.0/16', 'local'],
  ['239.192.0.0/14', 'organization-local'],
  ['239.0.0.0/8', 'organization-local'],
  ['224.0.1.0-238.255.255.255', 'global'],
];

function ipv4Scope(span: AddressSpan): MulticastScope | null {
  return ipv4Scopes.find(([block]) => contains(spanOfText(4, block), span))?.[1] ?? null;
}

function ipv4Assignment(rows: readonly (readonly string[])[], span: AddressSpan): GroupAssignment | null {
  const row = rowAround(rows, span);
  return row === undefined ? null : assignmentOf(row);
}

function rowAround(rows: readonly (readonly string[])[], span: AddressSpan): readonly string[] | undefined {
  return rows.find((row) => contains(spanOfText(4, row[0] ?? ''), span));
}

function assignmentOf([addresses = '', name = '', rfcs = '', date = '']: readonly string[]): GroupAssignment {
  return { name, addresses, references: rfcNames(rfcs), date: date === '' ? null : date };
}

/** RFC 2365 section 9: the last 256 addresses of a scope are counted from its end; 239.255.255.250 is number 5. */
function relativeAssignment({ first, last }: AddressSpan): GroupAssignment | null {
  const isTop = [0xefffffn, 0xefc3ffn].includes(first >> 8n); // 239.255.255.0/24 and 239.195.255.0/24
  if (first !== last || !isTop) return null;
  const offset = String(255n - (first & 0xffn));
  const row = registries.ipv4Multicast.relative.find(([number]) => number === offset);
  if (row === undefined) return null;
  return { ...assignmentOf(row), addresses: formatAddress({ version: 4, value: first }) };
}

function ipv4Derived(value: bigint): DerivedGroup | null {
  const [top, second = 0, third = 0] = partsOf({ version: 4, value });
  if (top === 232) return { kind: 'source-specific' };
  if (top === 233 && second < 252) return { kind: 'glop', asNumber: second * 256 + third };
  if (top !== 234) return null;
  return { kind: 'unicast-prefix', network: formatNetwork(networkOf(4, (value & 0xffffffn) << 8n, 24)) };
}

function ipv6Multicast(span: AddressSpan): Multicast {
  const { title, updated } = ipv6Groups;
  const sameHead = span.first >> 112n === span.last >> 112n;
  const flags = sameHead ? Number((span.first >> 116n) & 0xfn) : null;
  return {
    scope: sameHead ? ipv6Scope(span.first) : null,
    block: null,
    assignment: flags === 0 ? ipv6Assignment(span) : null,
    transient: flags === null ? null : (flags & 1) === 1,
    derived: span.first === span.last ? ipv6Derived(span.first) : null,
    registry: { title, updated },
  };
}

const scopesByDigit: Readonly<Record<string, MulticastScope>> = {
  '0': 'reserved',
  '1': 'interface-local',
  '2': 'link-local',
  '3': 'realm-local',
  '4': 'admin-local',
  '5': 'site-local',
  '8': 'organization-local',
  e: 'global',
  f: 'reserved',
};

function scopeDigit(value: bigint): string {
  return ((value >> 112n) & 0xfn).toString(16);
}

function ipv6Scope(value: bigint): MulticastScope {
  return scopesByDigit[scopeDigit(value)] ?? 'unassigned';
}

function ipv6Assignment(span: AddressSpan): GroupAssignment | null {
  const digit = scopeDigit(span.first);
  const base = (span.first >> 112n) << 112n;
  const row = ipv6Groups.rows.find(([scope, first, last]) => {
    const group = { version: 6, first: base + BigInt(`0x${first}`), last: base + BigInt(`0x${last}`) } as const;
    return (scope === 'x' || scope === digit) && contains(group, span);
  });
  if (row === undefined) return null;
  const [, first, last, name, rfcs] = row;
  const text = (id: string): string => formatAddress({ version: 6, value: base + BigInt(`0x${id}`) });
  const addresses = first === last ? text(first) : `${text(first)}-${text(last)}`;
  return { name, addresses, references: rfcNames(rfcs), date: null };
}

function ipv6Derived(value: bigint): DerivedGroup | null {
  if (value >> 24n === 0xff0200000000000000000001ffn) {
    return { kind: 'solicited-node', suffix: formatSuffix(value) };
  }
  const flags = Number((value >> 116n) & 0xfn);
  const prefixLength = Number((value >> 96n) & 0xffn);
  const prefix = ((value >> 32n) & 0xffffffffffffffffn) << 64n;
  if (prefixLength > 64) return null;
  if (flags === 3) {
    if (prefixLength === 0) return prefix === 0n ? { kind: 'source-specific' } : null;
    return { kind: 'unicast-prefix', network: formatNetwork(networkOf(6, prefix, prefixLength)) };
  }
  const interfaceId = (value >> 104n) & 0xfn;
  if (flags !== 7 || prefixLength === 0 || interfaceId === 0n) return null;
  const router = networkOf(6, prefix, prefixLength).base | interfaceId;
  return { kind: 'rendezvous-point', address: formatAddress({ version: 6, value: router }) };
}

function formatSuffix(value: bigint): string {
  const digits = (value & 0xffffffn).toString(16).padStart(6, '0');
  return `${digits.slice(0, 2)}:${digits.slice(2)}`;
}
