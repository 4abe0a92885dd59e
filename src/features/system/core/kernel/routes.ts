import { decodeBytes } from './bytes';
import { hexAddress, networkHexAddress } from './socketAddress';
import { count, wholeLines, words } from './text';

/** A line of /proc/net/route or /proc/net/ipv6_route. */
export interface KernelRoute {
  readonly family: 'ipv4' | 'ipv6';
  /** The first address of the network. */
  readonly destination: string;
  readonly prefixLength: number;
  /** null where the network is reached directly. */
  readonly gateway: string | null;
  /** null of a route that leads nowhere. */
  readonly interfaceName: string | null;
  readonly metric: number;
  readonly type: 'unicast' | 'local' | 'anycast' | 'multicast' | 'unreachable';
  /** RTF_* of route(8): U up, G gateway, H host, D and M by redirect, ! reject. */
  readonly flags: string;
}

/** RTF_* of the kernel's uapi/linux/route.h and ipv6_route.h. */
const LETTERS: readonly (readonly [number, string])[] = [
  [0x1, 'U'],
  [0x2, 'G'],
  [0x4, 'H'],
  [0x8, 'R'],
  [0x10, 'D'],
  [0x20, 'M'],
  [0x40_000, 'A'],
  [0x1_000_000, 'C'],
  [0x200, '!'],
];
const GATEWAY = 0x2;
const REJECT = 0x200;
const ANYCAST = 0x10_0000;
const LOCAL = 0x8000_0000;

function flagLetters(flags: number): string {
  return LETTERS.map(([bit, letter]) => ((flags & bit) !== 0 ? letter : '')).join('');
}

/** /proc/net/route: the main table of IPv4. Addresses are in the byte order of the machine. */
export function parseRoutes4(text: string, bigEndian = false): readonly KernelRoute[] {
  return wholeLines(text).flatMap((line): KernelRoute[] => {
    const [name = '', destinationHex = '', gatewayHex = '', flagsHex = '', , , metric, maskHex = ''] = words(line);
    const destination = hexAddress(destinationHex, bigEndian);
    const gateway = hexAddress(gatewayHex, bigEndian);
    const mask = hexAddress(maskHex, bigEndian);
    const flags = Number.parseInt(flagsHex, 16);
    if (destination === null || gateway === null || mask === null || Number.isNaN(flags)) return [];
    // Of blackholes and the like the file has neither an interface nor a flag.
    const nowhere = name === '*' || (flags & REJECT) !== 0;
    return [
      {
        family: 'ipv4',
        destination,
        prefixLength: bitsOf(mask),
        gateway: (flags & GATEWAY) !== 0 ? gateway : null,
        interfaceName: nowhere ? null : decodeBytes(name),
        metric: count(metric) ?? 0,
        type: nowhere ? 'unreachable' : 'unicast',
        flags: flagLetters(flags),
      },
    ];
  });
}

function bitsOf(mask: string): number {
  return mask.split('.').reduce((bits, byte) => bits + Number(byte).toString(2).replaceAll('0', '').length, 0);
}

/** The default of every kernel, which answers that there is no route; it is none. */
const LAST_METRIC = 0xffff_ffff;

/** /proc/net/ipv6_route: all tables of IPv6. Addresses are in the byte order of the network. */
export function parseRoutes6(text: string): readonly KernelRoute[] {
  return wholeLines(text).flatMap((line): KernelRoute[] => {
    const columns = words(line);
    const destination = networkHexAddress(columns[0] ?? '');
    const gateway = networkHexAddress(columns[4] ?? '');
    const [prefixLength, metric, flags] = [1, 5, 8].map((at) => Number.parseInt(columns[at] ?? '', 16));
    const name = columns[9];
    if (destination === null || gateway === null || name === undefined) return [];
    if (!destination.includes(':') || Number.isNaN(prefixLength) || Number.isNaN(flags) || metric === LAST_METRIC)
      return [];
    const bits = flags ?? 0;
    return [
      {
        family: 'ipv6',
        destination,
        prefixLength: prefixLength ?? 0,
        gateway: (bits & GATEWAY) !== 0 ? gateway : null,
        interfaceName: (bits & REJECT) !== 0 ? null : decodeBytes(name),
        metric: metric ?? 0,
        type: typeOf(bits, destination),
        flags: flagLetters(bits),
      },
    ];
  });
}

function typeOf(flags: number, destination: string): KernelRoute['type'] {
  if ((flags & REJECT) !== 0) return 'unreachable';
  if ((flags & LOCAL) !== 0) return 'local';
  if ((flags & ANYCAST) !== 0) return 'anycast';
  return destination.startsWith('ff') ? 'multicast' : 'unicast';
}
