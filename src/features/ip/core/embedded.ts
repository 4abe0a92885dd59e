import { formatAddress, highestOf, type IpVersion } from './address';
import { formatNetwork, hostmaskOf, netmaskOf, networkOf } from './network';
import { spanOfText } from './blockText';

/** An IPv4 or hardware address that stands inside an IPv6 address. `ipv4` is an address, or a network in CIDR form. */
export type Embedded =
  | { readonly kind: Ipv4Carrier; readonly ipv4: string }
  /** RFC 8215 leaves the length of the prefix to the operator: one candidate for each that the bits allow. */
  | { readonly kind: 'nat64-local'; readonly candidates: readonly Nat64Candidate[] }
  | {
      readonly kind: 'teredo';
      readonly server: string;
      readonly client: string;
      /** The UDP port of the client as its NAT shows it. */
      readonly port: number;
      /** RFC 4380 section 4, four hex digits. */
      readonly flags: string;
      /** Behind a cone NAT; RFC 5991 no longer lets hosts set it. */
      readonly cone: boolean;
    }
  /** Modified EUI-64 (RFC 4291 appendix A). `universal`: the U/L bit says the manufacturer assigned it. */
  | { readonly kind: 'eui64'; readonly mac: string; readonly universal: boolean };

export const ipv4Carriers = ['ipv4-mapped', 'ipv4-compatible', 'ipv4-translated', '6to4', 'nat64', 'isatap'] as const;

export type Ipv4Carrier = (typeof ipv4Carriers)[number];

export interface Nat64Candidate {
  readonly prefix: string;
  readonly ipv4: string;
}

/** Prefixes of 96 bits that the IPv4 address follows: RFC 4291, RFC 2765 (obsolete), RFC 6052. */
const carriers: readonly (readonly [string, Ipv4Carrier])[] = [
  ['::ffff:0:0/96', 'ipv4-mapped'],
  ['::/96', 'ipv4-compatible'],
  ['::ffff:0:0:0/96', 'ipv4-translated'],
  ['64:ff9b::/96', 'nat64'],
];

/** What is embedded in an address (prefix length 128) or in all addresses of a network. */
export function embeddedIn(value: bigint, prefixLength: number): readonly Embedded[] {
  const carried = carriedIpv4(value, prefixLength) ?? sixToFour(value, prefixLength);
  if (carried !== undefined) return [carried, ...interfaceId(value, prefixLength)];
  if (prefixLength < 128) return [];
  return [...nat64Local(value), ...teredo(value), ...interfaceId(value, prefixLength)];
}

function carriedIpv4(value: bigint, prefixLength: number): Embedded | undefined {
  if (prefixLength < 96 || value <= 1n) return undefined;
  const carrier = carriers.find(([prefix]) => spanOfText(6, prefix).first >> 32n === value >> 32n);
  if (carrier === undefined) return undefined;
  return { kind: carrier[1], ipv4: ipv4Text(value & 0xffffffffn, prefixLength - 96) };
}

/** RFC 3056: the IPv4 address of the site's router follows 2002::/16. */
function sixToFour(value: bigint, prefixLength: number): Embedded | undefined {
  if (value >> 112n !== 0x2002n || prefixLength <= 16) return undefined;
  return { kind: '6to4', ipv4: ipv4Text((value >> 80n) & 0xffffffffn, Math.min(prefixLength - 16, 32)) };
}

function ipv4Text(value: bigint, prefixLength: number): string {
  return prefixLength === 32 ? formatAddress({ version: 4, value }) : formatNetwork(networkOf(4, value, prefixLength));
}

/** RFC 6052 section 2.2: bits 64 to 71 are zero, the IPv4 address leaves them out, and the rest is zero. */
function nat64Local(value: bigint): readonly Embedded[] {
  if (value >> 80n !== 0x64ff9b0001n || (value >> 56n) & 0xffn) return [];
  // The 120 bits without those eight.
  const joined = ((value >> 64n) << 56n) | (value & hostmaskOf(6, 72));
  const candidates = [96, 64, 56, 48].flatMap((prefixLength) => {
    const suffixBits = BigInt(prefixLength === 96 ? 0 : 120 - prefixLength - 32);
    if (joined & ((1n << suffixBits) - 1n)) return [];
    const prefix = networkOf(6, value & netmaskOf(6, prefixLength), prefixLength);
    const ipv4 = formatAddress({ version: 4, value: (joined >> suffixBits) & 0xffffffffn });
    return [{ prefix: formatNetwork(prefix), ipv4 }];
  });
  return [{ kind: 'nat64-local', candidates }];
}

/** RFC 4380 section 4: port and client address have all bits turned over, so that no NAT takes them for its own. */
function teredo(value: bigint): readonly Embedded[] {
  if (value >> 96n !== 0x20010000n) return [];
  const flags = (value >> 48n) & 0xffffn;
  const ipv4 = (bits: bigint): string => formatAddress({ version: 4, value: bits & 0xffffffffn });
  return [
    {
      kind: 'teredo',
      server: ipv4(value >> 64n),
      client: ipv4(value ^ highestOf(4)),
      port: Number(((value >> 32n) & 0xffffn) ^ 0xffffn),
      flags: flags.toString(16).padStart(4, '0'),
      cone: flags >> 15n === 1n,
    },
  ];
}

/** Addresses that begin with binary 000, multicast and Teredo have no interface id of this form (RFC 4291, 2.5.1). */
function interfaceId(value: bigint, prefixLength: number): readonly Embedded[] {
  const hasNone = value >> 125n === 0n || value >> 120n === 0xffn || value >> 96n === 0x20010000n;
  if (prefixLength < 128 || hasNone) return [];
  const high = (value >> 32n) & 0xffffffffn;
  if ((high & ~(2n << 24n)) === 0x5efen) return [{ kind: 'isatap', ipv4: ipv4Text(value & 0xffffffffn, 32) }]; // RFC 5214
  if (((value >> 24n) & 0xffffn) !== 0xfffen) return [];
  const mac = (((value >> 40n) & 0xffffffn) << 24n) | (value & 0xffffffn);
  return [{ kind: 'eui64', mac: macText(mac ^ (2n << 40n)), universal: ((mac >> 41n) & 1n) === 1n }];
}

function macText(value: bigint): string {
  return (value.toString(16).padStart(12, '0').match(/../g) ?? []).join(':');
}

/** RFC 4291 section 2.7.1: the group that answers for this address in neighbour discovery. */
export function solicitedNodeOf(value: bigint): string {
  return formatAddress({ version: 6, value: spanOfText(6, 'ff02::1:ff00:0/104').first | (value & 0xffffffn) });
}

/** The IPv6 forms of an IPv4 address. 6to4 and the well-known NAT64 prefix are for global ones only. */
export interface Ipv6Forms {
  readonly ipv4Mapped: string;
  readonly sixToFour: string | null;
  readonly nat64: string | null;
}

export function ipv6FormsOf(value: bigint, isGlobal: boolean): Ipv6Forms {
  const text = (prefix: bigint): string => formatAddress({ version: 6 satisfies IpVersion, value: prefix | value });
  return {
    ipv4Mapped: text(0xffffn << 32n),
    sixToFour: isGlobal ? formatNetwork(networkOf(6, (0x2002n << 112n) | (value << 80n), 48)) : null,
    nat64: isGlobal ? text(0x64ff9bn << 96n) : null,
  };
}
