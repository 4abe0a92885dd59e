import { expandAddress, partsOf, type IpAddress } from './address';
import { spanOf, type Network } from './network';

/** The name of the PTR record (RFC 1035 section 3.5, RFC 3596 section 2.5), without the final dot. */
export function reverseNameOf(address: IpAddress): string {
  return zoneName(address, address.version === 4 ? 4 : 32);
}

/**
 * The zones to delegate so that exactly this network is answered for. A prefix that ends on a label (an octet or a hex
 * digit) is one zone; one that ends within a label is as many as that label has values; IPv4 longer than /24 is one
 * zone in the way of RFC 2317, named by its first and last address.
 */
export function reverseZonesOf(network: Network): readonly string[] {
  const { version, base, prefixLength } = network;
  if (version === 4 && prefixLength > 24) {
    return prefixLength === 32 ? [reverseNameOf({ version, value: base })] : [classlessZone(network)];
  }
  const bitsPerLabel = version === 4 ? 8 : 4;
  const labels = Math.ceil(prefixLength / bitsPerLabel);
  const count = 2 ** (labels * bitsPerLabel - prefixLength);
  const step = 1n << BigInt((version === 4 ? 32 : 128) - labels * bitsPerLabel);
  return Array.from({ length: count }, (_, index) => zoneName({ version, value: base + BigInt(index) * step }, labels));
}

function zoneName(address: IpAddress, labels: number): string {
  const all = address.version === 4 ? partsOf(address).map(String) : [...expandAddress(address).replaceAll(':', '')];
  return [...all.slice(0, labels).reverse(), address.version === 4 ? 'in-addr' : 'ip6', 'arpa'].join('.');
}

/** 64-127.2.0.192.in-addr.arpa: the hyphen instead of RFC 2317's slash, which many tools refuse in a name. */
function classlessZone(network: Network): string {
  const { first, last } = spanOf(network);
  const parent = zoneName({ version: 4, value: first }, 3);
  return `${first & 0xffn}-${last & 0xffn}.${parent}`;
}
