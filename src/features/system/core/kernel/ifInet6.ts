import { decodeBytes } from './bytes';
import { networkHexAddress } from './socketAddress';
import { wholeLines, words } from './text';

/** A line of /proc/net/if_inet6, see proc_net(5). */
export interface Inet6Address {
  readonly interfaceName: string;
  readonly interfaceIndex: number;
  readonly address: string;
  readonly prefixLength: number;
  readonly scope: 'global' | 'host' | 'link' | 'site' | 'compatible' | 'unknown';
  /** In the words of ip-address(8); without `permanent` it is `dynamic`. */
  readonly flags: readonly string[];
}

/** IPV6_ADDR_* of the kernel's net/ipv6.h. */
const SCOPES: Readonly<Record<number, Inet6Address['scope']>> = {
  0x00: 'global',
  0x10: 'host',
  0x20: 'link',
  0x40: 'site',
  0x80: 'compatible',
};
/** IFA_F_* of the kernel's uapi/linux/if_addr.h. */
const FLAGS: readonly (readonly [number, string])[] = [
  [0x01, 'temporary'],
  [0x02, 'nodad'],
  [0x04, 'optimistic'],
  [0x08, 'dadfailed'],
  [0x10, 'home'],
  [0x20, 'deprecated'],
  [0x40, 'tentative'],
  [0x100, 'mngtmpaddr'],
  [0x200, 'noprefixroute'],
  [0x400, 'autojoin'],
  [0x800, 'stable-privacy'],
];
const PERMANENT = 0x80;

export function parseIfInet6(text: string): readonly Inet6Address[] {
  return wholeLines(text).flatMap((line): Inet6Address[] => {
    const [hex = '', ...columns] = words(line);
    const address = networkHexAddress(hex);
    const [index, prefixLength, scope, flags] = columns.slice(0, 4).map((column) => Number.parseInt(column, 16));
    const name = columns[4];
    if (address === null || hex.length !== 32 || name === undefined || flags === undefined || Number.isNaN(flags))
      return [];
    const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, text]) => text);
    return [
      {
        interfaceName: decodeBytes(name),
        interfaceIndex: index ?? 0,
        address,
        prefixLength: prefixLength ?? 0,
        scope: SCOPES[scope ?? -1] ?? 'unknown',
        flags: (flags & PERMANENT) === 0 ? ['dynamic', ...names] : names,
      },
    ];
  });
}
