import { decodeBytes } from '../kernel/bytes';
import type { IpNeighbour } from '../kernel/ipAddrJson';
import { wholeLines, words } from '../kernel/text';
import type { NeighbourEntry } from './schema';

export function neighboursOfIp(list: readonly IpNeighbour[]): NeighbourEntry[] {
  return list.map(({ address, interfaceName, macAddress, state }) => ({
    family: address.includes(':') ? 'ipv6' : 'ipv4',
    address,
    macAddress,
    interface: interfaceName,
    state,
  }));
}

/** ATF_* of the kernel's uapi/linux/if_arp.h. */
const COMPLETE = 0x2;
const PERMANENT = 0x4;
const PUBLISHED = 0x8;

/** /proc/net/arp, see arp(7): those of IPv4. */
export function parseArp(text: string): NeighbourEntry[] {
  return wholeLines(text).flatMap((line): NeighbourEntry[] => {
    const [address = '', , flags = '', macAddress, , device] = words(line);
    if (!/^\d+(\.\d+){3}$/.test(address) || macAddress === undefined || device === undefined) return [];
    const bits = Number(flags);
    const complete = (bits & COMPLETE) !== 0;
    return [
      {
        family: 'ipv4',
        address,
        macAddress: complete ? macAddress : null,
        interface: decodeBytes(device),
        state: stateOf(bits),
      },
    ];
  });
}

/** The file does not tell a fresh entry from a stale one. */
function stateOf(bits: number): string {
  if ((bits & PUBLISHED) !== 0) return 'published';
  if ((bits & PERMANENT) !== 0) return 'permanent';
  return (bits & COMPLETE) !== 0 ? 'complete' : 'incomplete';
}
