import { decodeBytes } from '../kernel/bytes';
import { hexAddress, networkHexAddress } from '../kernel/socketAddress';
import { wholeLines, words } from '../kernel/text';

/**
 * Groups by interface, from /proc/net/igmp (`4 eth0 : 1 V3`, below it a line a group, in the byte order of the machine)
 * and /proc/net/igmp6 (`4 eth0 ff02… users flags timer`).
 */
export function multicastGroups(
  igmp: string,
  igmp6: string,
  bigEndian: boolean,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  const add = (name: string, address: string): void => {
    groups.set(name, [...(groups.get(name) ?? []), address]);
  };
  let name: string | null = null;
  for (const line of wholeLines(igmp)) {
    const [first = '', second] = words(line);
    const address = /^\s/.test(line) && name !== null ? hexAddress(first, bigEndian) : null;
    if (address !== null && name !== null) add(name, address);
    else if (/^\d+$/.test(first) && second !== undefined) name = decodeBytes(second.replace(/:$/, ''));
  }
  for (const line of wholeLines(igmp6)) {
    const [, device, hex = ''] = words(line);
    const address = hex.length === 32 ? networkHexAddress(hex) : null;
    if (device !== undefined && address !== null) add(decodeBytes(device), address);
  }
  return groups;
}
