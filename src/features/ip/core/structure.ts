import { formatAddress, type AddressSpan, type IpAddress } from './address';
import { classifiedParts } from './classify';
import { coveringBlocks, enclosingBlock } from './coveringBlocks';
import { maxListed, type IpInspection } from './inspection';
import { formatNetwork, hostAddresses, hostmaskOf, netmaskOf, sizeOf, spanOf, type Network } from './network';
import { reverseZonesOf } from './reverseName';

/** `given` is the address that came with the prefix length. */
export function networkFacts(network: Network, given: IpAddress): NonNullable<IpInspection['network']> {
  const { version, base, prefixLength } = network;
  const span = spanOf(network);
  const text = (value: bigint): string => formatAddress({ version, value });
  const textOrNull = (value: bigint | null | undefined): string | null =>
    value === null || value === undefined ? null : text(value);
  const hosts = isMulticast(span) ? null : hostAddresses(network);
  const otherRole = given.value === hosts?.broadcast ? 'broadcast' : 'host';
  return {
    cidr: formatNetwork(network),
    prefixLength,
    networkAddress: text(base),
    lastAddress: text(span.last),
    netmask: text(netmaskOf(version, prefixLength)),
    hostmask: text(hostmaskOf(version, prefixLength)),
    broadcast: textOrNull(hosts?.broadcast),
    subnetRouterAnycast: textOrNull(hosts?.subnetRouterAnycast),
    firstHost: textOrNull(hosts?.first),
    lastHost: textOrNull(hosts?.last),
    addresses: sizeOf(span).toString(),
    usableHosts: (hosts?.count ?? 0n).toString(),
    reverseZones: reverseZonesOf(network),
    role: given.value === base ? null : otherRole,
  };
}

/** Groups are not hosts. */
function isMulticast(span: AddressSpan): boolean {
  return classifiedParts(span).every(({ category }) => category === 'multicast');
}

export function rangeFacts(span: AddressSpan): NonNullable<IpInspection['range']> {
  const { version } = span;
  const blocks = coveringBlocks(span);
  return {
    first: formatAddress({ version, value: span.first }),
    last: formatAddress({ version, value: span.last }),
    addresses: sizeOf(span).toString(),
    blocks: blocks.slice(0, maxListed).map(formatNetwork),
    blockCount: blocks.length,
    enclosing: formatNetwork(enclosingBlock(span)),
  };
}
