import { parseFibTrie } from '../kernel/fibTrie';
import { parseIfInet6 } from '../kernel/ifInet6';
import type { IpAddress, IpLink } from '../kernel/ipAddrJson';
import { parseRoutes4, type KernelRoute } from '../kernel/routes';
import { netmaskText } from '../kernel/socketAddress';
import type { InterfaceAddress } from './interfaceSchema';

/** By interface. */
export interface Addresses {
  readonly of: ReadonlyMap<string, readonly InterfaceAddress[]>;
  /** Of interfaces that could not be told. */
  readonly unassigned: readonly string[];
}

/** As ip(8) tells them. */
export function addressesOfIp(links: readonly IpLink[]): Addresses {
  return { of: new Map(links.map((link) => [link.name, link.addresses.map(fromIp)])), unassigned: [] };
}

function fromIp(address: IpAddress): InterfaceAddress {
  return { ...address, flags: [...address.flags], netmask: netmaskText(address.prefixLength, address.family) };
}

/** The texts of /proc/net that tell of addresses; '' for one that cannot be read. */
export interface AddressTexts {
  readonly fibTrie: string;
  readonly ifInet6: string;
  readonly route: string;
  readonly bigEndian: boolean;
}

/**
 * Without ip(8): IPv6 as it stands in the kernel's list. Of IPv4 the kernel tells the addresses without their
 * interfaces; the route to the network around an address tells interface and prefix length. `loopback`: its name.
 */
export function addressesOfProc(texts: AddressTexts, loopback: string | null): Addresses {
  const of = new Map<string, InterfaceAddress[]>();
  const add = (name: string, address: InterfaceAddress): void => {
    of.set(name, [...(of.get(name) ?? []), address]);
  };
  const unassigned: string[] = [];
  const direct = parseRoutes4(texts.route, texts.bigEndian).filter(isDirect);
  const { local, broadcast } = parseFibTrie(texts.fibTrie);
  for (const address of local) {
    const place = placeOf(address, direct, loopback);
    if (place === null) unassigned.push(address);
    else add(place.name, ipv4Address(address, place.prefixLength, broadcast));
  }
  for (const { interfaceName, address, prefixLength, scope, flags } of parseIfInet6(texts.ifInet6)) {
    add(interfaceName, { ...plain('ipv6', address, prefixLength), scope, flags: [...flags] });
  }
  return { of, unassigned };
}

function isDirect({ gateway, interfaceName, prefixLength }: KernelRoute): boolean {
  return gateway === null && interfaceName !== null && prefixLength > 0;
}

interface AddressPlace {
  readonly name: string;
  readonly prefixLength: number;
}

/** The smallest network with a route of its own that holds the address. */
function placeOf(address: string, direct: readonly KernelRoute[], loopback: string | null): AddressPlace | null {
  let best: AddressPlace | null = null;
  for (const { destination, prefixLength, interfaceName } of direct) {
    if (interfaceName === null || !isWithin(address, destination, prefixLength)) continue;
    if (best === null || prefixLength > best.prefixLength) best = { name: interfaceName, prefixLength };
  }
  if (best === null && loopback !== null && address.startsWith('127.')) return { name: loopback, prefixLength: 8 };
  return best;
}

function isWithin(address: string, network: string, prefixLength: number): boolean {
  const shift = 2 ** (32 - prefixLength);
  return Math.floor(numberOf(address) / shift) === Math.floor(numberOf(network) / shift);
}

function numberOf(address: string): number {
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
}

function ipv4Address(address: string, prefixLength: number, broadcasts: readonly string[]): InterfaceAddress {
  const size = 2 ** (32 - prefixLength);
  const last = Math.floor(numberOf(address) / size) * size + size - 1;
  const broadcast = [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
  const loops = address.startsWith('127.');
  return {
    ...plain('ipv4', address, prefixLength),
    // Loopback has the route, but no broadcast address is set on it.
    broadcast: !loops && prefixLength < 31 && broadcasts.includes(broadcast) ? broadcast : null,
    scope: loops ? 'host' : 'global',
  };
}

function plain(family: 'ipv4' | 'ipv6', address: string, prefixLength: number): InterfaceAddress {
  return {
    family,
    address,
    prefixLength,
    netmask: netmaskText(prefixLength, family),
    broadcast: null,
    peer: null,
    scope: 'global',
    label: null,
    flags: [],
    validSeconds: null,
    preferredSeconds: null,
  };
}
