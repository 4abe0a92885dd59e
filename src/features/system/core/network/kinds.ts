import type { InterfaceKind } from './interfaceSchema';

/** What the kind of an interface shows in. */
export interface KindSigns {
  /** linkinfo of ip(8), where it is there. */
  readonly infoKind: string | null;
  /** DEVTYPE of /sys/class/net/NAME/uevent. */
  readonly deviceType: string | null;
  /** ARPHRD_* of /sys/class/net/NAME/type. */
  readonly hardwareType: number | null;
  /** Names within /sys/class/net/NAME. */
  readonly files: ReadonlySet<string>;
  /** It is linked to another interface: the parent, or the other end. */
  readonly linked: boolean;
  readonly tunFlags: number | null;
}

const INFO_KINDS: Readonly<Record<string, InterfaceKind>> = {
  bridge: 'bridge',
  bond: 'bond',
  team: 'team',
  vlan: 'vlan',
  macvlan: 'macvlan',
  macvtap: 'macvlan',
  ipvlan: 'ipvlan',
  ipvtap: 'ipvlan',
  veth: 'veth',
  wireguard: 'wireguard',
  vxlan: 'vxlan',
  geneve: 'tunnel',
  gre: 'tunnel',
  gretap: 'tunnel',
  ip6gre: 'tunnel',
  ip6gretap: 'tunnel',
  erspan: 'tunnel',
  ipip: 'tunnel',
  ip6tnl: 'tunnel',
  sit: 'tunnel',
  vti: 'tunnel',
  vti6: 'tunnel',
  xfrm: 'tunnel',
  ppp: 'ppp',
  dummy: 'dummy',
  vrf: 'vrf',
};

const LOOPBACK = 772;
const PPP = 512;
/** ARPHRD_TUNNEL, TUNNEL6, SIT, IPGRE, IP6GRE. */
const TUNNELS = new Set([768, 769, 776, 778, 823]);
/** IFF_TAP of the kernel's uapi/linux/if_tun.h. */
const TAP = 2;

export function kindOf(signs: KindSigns): InterfaceKind {
  const { hardwareType, files, tunFlags } = signs;
  if (hardwareType === LOOPBACK) return 'loopback';
  if (tunFlags !== null) return (tunFlags & TAP) !== 0 ? 'tap' : 'tun';
  const named = INFO_KINDS[signs.infoKind ?? ''] ?? INFO_KINDS[signs.deviceType ?? ''];
  if (named !== undefined) return named;
  if (signs.infoKind === 'tun') return 'tun';
  return kindByFiles(files) ?? kindByHardware(signs);
}

function kindByFiles(files: ReadonlySet<string>): InterfaceKind | null {
  if (files.has('bridge')) return 'bridge';
  if (files.has('bonding')) return 'bond';
  if (files.has('wireless') || files.has('phy80211')) return 'wireless';
  return files.has('device') ? 'physical' : null;
}

function kindByHardware({ hardwareType, files, linked, infoKind }: KindSigns): InterfaceKind {
  if (hardwareType === PPP) return 'ppp';
  if (hardwareType !== null && TUNNELS.has(hardwareType)) return 'tunnel';
  const below = [...files].some((file) => file.startsWith('lower_'));
  // What is linked to another one without lying on it is one end of a pair.
  if (linked && !below && infoKind === null) return 'veth';
  return files.size === 0 && infoKind === null && hardwareType === null ? 'unknown' : 'virtual';
}
