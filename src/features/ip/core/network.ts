import { formatAddress, highestOf, widthOf, type AddressSpan, type IpVersion } from './address';

/** An address block: `base` has no bit set beyond the prefix. */
export interface Network {
  readonly version: IpVersion;
  readonly base: bigint;
  readonly prefixLength: number;
}

/** The block of that size in which the address lies. */
export function networkOf(version: IpVersion, value: bigint, prefixLength: number): Network {
  return { version, base: value & netmaskOf(version, prefixLength), prefixLength };
}

export function netmaskOf(version: IpVersion, prefixLength: number): bigint {
  return highestOf(version) ^ hostmaskOf(version, prefixLength);
}

/** The bits that the netmask leaves: Cisco's wildcard mask. */
export function hostmaskOf(version: IpVersion, prefixLength: number): bigint {
  return (1n << BigInt(widthOf(version) - prefixLength)) - 1n;
}

export function spanOf({ version, base, prefixLength }: Network): AddressSpan {
  return { version, first: base, last: base | hostmaskOf(version, prefixLength) };
}

export function sizeOf(span: AddressSpan): bigint {
  return span.last - span.first + 1n;
}

export function contains(outer: AddressSpan, inner: AddressSpan): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: AddressSpan, other: AddressSpan): boolean {
  return one.version === other.version && one.first <= other.last && other.first <= one.last;
}

/** 10.0.0.0/8 */
export function formatNetwork({ version, base, prefixLength }: Network): string {
  return `${formatAddress({ version, value: base })}/${prefixLength}`;
}

/** The addresses of a network that hosts may have. */
export interface HostAddresses {
  readonly first: bigint;
  readonly last: bigint;
  readonly count: bigint;
  /** IPv4 only, and not where all addresses are hosts. */
  readonly broadcast: bigint | null;
  /** IPv6 only: the network address, which every router of the subnet answers (RFC 4291 section 2.6.1). */
  readonly subnetRouterAnycast: bigint | null;
}

/**
 * IPv4: all but the network and the broadcast address, except point-to-point links (/31, RFC 3021) and single
 * addresses. IPv6: all but the subnet-router anycast address, except inter-router links (/127, RFC 6164) and single
 * addresses; there is no broadcast.
 */
export function hostAddresses(network: Network): HostAddresses {
  const span = spanOf(network);
  const size = sizeOf(span);
  const host = { first: span.first, last: span.last, count: size, broadcast: null, subnetRouterAnycast: null };
  if (size <= 2n) return host;
  const first = span.first + 1n;
  return network.version === 4
    ? { ...host, first, last: span.last - 1n, count: size - 2n, broadcast: span.last }
    : { ...host, first, count: size - 1n, subnetRouterAnycast: span.first };
}

/** A netmask (ones, then zeros) or hostmask (zeros, then ones) as a prefix length, or null. */
export function prefixLengthOfNetmask(version: IpVersion, mask: bigint): number | null {
  const zeros = highestOf(version) ^ mask;
  return (zeros & (zeros + 1n)) === 0n ? widthOf(version) - bitLength(zeros) : null;
}

export function prefixLengthOfHostmask(version: IpVersion, mask: bigint): number | null {
  return prefixLengthOfNetmask(version, highestOf(version) ^ mask);
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}
