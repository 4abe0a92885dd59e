import type { MemoryEntry } from '../../../../../support/fixtureMachine';

/** A made-up office gateway: two cables in a bond, a VLAN on it, a wireless card, a tunnel; no iproute2, no IPv6 routes. */

const DEV_HEAD =
  'Inter-|   Receive                                                |  Transmit\n' +
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';

/** One line of /proc/net/dev: received bytes, packets, errors, drops; sent bytes, packets. */
export function device(
  name: string,
  [bytes, packets, errors, drops, sentBytes, sentPackets]: readonly number[],
): string {
  return `${name.padStart(6)}:${bytes} ${packets} ${errors} ${drops} 0 ${errors} 0 3 ${sentBytes} ${sentPackets} 0 0 0 0 0 0\n`;
}

export const COUNTERS = (devices: readonly string[]): string => DEV_HEAD + devices.join('');

const NAMES: Readonly<Record<string, readonly number[]>> = {
  lo: [500, 5, 0, 0, 500, 5],
  eth1: [9_000_000, 9000, 4, 2, 4_000_000, 7000],
  eth2: [0, 0, 0, 0, 0, 0],
  bond0: [9_000_000, 9000, 4, 2, 4_000_000, 7000],
  'bond0.7': [1_000_000, 900, 0, 0, 10, 1],
  wlan0: [70, 1, 0, 0, 70, 1],
  tun0: [0, 0, 0, 0, 0, 0],
};

function sys(name: string, files: Readonly<Record<string, string>>): Record<string, MemoryEntry> {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`/sys/class/net/${name}/${file}`, `${text}\n`]),
  );
}

const UP = {
  operstate: 'up',
  carrier: '1',
  mtu: '1500',
  tx_queue_len: '1000',
  type: '1',
  broadcast: 'ff:ff:ff:ff:ff:ff',
};

export const BONDING =
  'Ethernet Channel Bonding Driver: v5.15.0\n\nBonding Mode: fault-tolerance (active-backup)\nCurrently Active Slave: eth1\nMII Status: up\n\n' +
  'Slave Interface: eth1\nMII Status: up\nSpeed: 1000 Mbps\nLink Failure Count: 0\n\n' +
  'Slave Interface: eth2\nMII Status: down\nSpeed: Unknown\nLink Failure Count: 3\n';

const ROUTE =
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' +
  'bond0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n' +
  'bond0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n' +
  'bond0.7\t0000070A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n';
const LEAF = (address: string, text: string): string => `     |-- ${address}\n        ${text}\n`;
const FIB =
  'Main:\n  +-- 0.0.0.0/0 3 0 5\n' +
  LEAF('127.0.0.0', '/8 host LOCAL') +
  LEAF('127.0.0.1', '/32 host LOCAL') +
  LEAF('192.0.2.2', '/32 host LOCAL') +
  LEAF('192.0.2.255', '/32 link BROADCAST') +
  LEAF('10.7.0.1', '/32 host LOCAL') +
  LEAF('10.99.0.1', '/32 host LOCAL');

export const SNMP = (outSegs: number, retransSegs: number): string =>
  `Ip: Forwarding InDiscards\nIp: 1 0\nTcp: RtoMin ActiveOpens OutSegs RetransSegs\nTcp: 200 9 ${outSegs} ${retransSegs}\nUdp: NoPorts RcvbufErrors\nUdp: 7 0\n`;
export const NETSTAT = (overflows: number): string =>
  `TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 ${overflows} ${overflows + 2}\n`;

export const OFFICE: Readonly<Record<string, MemoryEntry>> = {
  '/proc/uptime': '1000.50 900.00\n',
  '/proc/self/auxv': '',
  '/proc/net/dev': COUNTERS(Object.entries(NAMES).map(([name, numbers]) => device(name, numbers))),
  '/proc/net/snmp': SNMP(10_000, 50),
  '/proc/net/netstat': NETSTAT(4),
  '/proc/net/snmp6': 'Ip6InReceives 302\nUdp6RcvbufErrors 0\n',
  '/proc/net/route': ROUTE,
  '/proc/net/fib_trie': FIB,
  '/proc/net/if_inet6':
    'fe800000000000000000000000000001 04 40 20 80    bond0\n20010db8000000000000000000000002 04 40 00 88    bond0\n',
  '/proc/net/ipv6_route': '',
  '/proc/net/arp':
    'IP address       HW type     Flags       HW address            Mask     Device\n' +
    '192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        bond0\n' +
    '192.0.2.77       0x1         0x0         00:00:00:00:00:00     *        bond0\n',
  '/proc/net/igmp':
    'Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n4\tbond0     :     1      V3\n\t\t\t\t010000E0     1 0:00000000\t\t0\n',
  '/proc/net/igmp6': '4    bond0           ff020000000000000000000000000001     1 0000000C 0\n',
  '/proc/net/bonding/bond0': BONDING,
  '/proc/net/vlan/config':
    'VLAN Dev name    | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\nbond0.7        | 7  | bond0\n',
  '/etc/resolv.conf': '# by hand\nnameserver 127.0.0.53\nsearch office.example example\noptions edns0 trust-ad\n',
  '/run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.1\nnameserver 2001:db8::53\n',
  ...sys('lo', { ...UP, operstate: 'unknown', flags: '0x9', type: '772', ifindex: '1', iflink: '1', mtu: '65536' }),
  ...sys('eth1', {
    ...UP,
    flags: '0x1803',
    ifindex: '2',
    iflink: '2',
    speed: '1000',
    duplex: 'half',
    address: '02:00:00:00:00:01',
  }),
  '/sys/class/net/eth1/device': { link: '../../../0000:00:03.0' },
  '/sys/class/net/eth1/master': { link: '../bond0' },
  '/sys/class/net/eth1/statistics/rx_crc_errors': '4\n',
  ...sys('eth2', {
    ...UP,
    flags: '0x1803',
    operstate: 'down',
    carrier: '0',
    ifindex: '3',
    iflink: '3',
    address: '02:00:00:00:00:01',
  }),
  '/sys/class/net/eth2/device': { link: '../../../0000:00:04.0' },
  '/sys/class/net/eth2/master': { link: '../bond0' },
  ...sys('bond0', {
    ...UP,
    flags: '0x1403',
    ifindex: '4',
    iflink: '4',
    uevent: 'DEVTYPE=bond\nINTERFACE=bond0',
    ifalias: 'uplink',
    lower_eth1: '',
    lower_eth2: '',
  }),
  ...sys('bond0.7', {
    ...UP,
    flags: '0x1003',
    ifindex: '5',
    iflink: '4',
    uevent: 'DEVTYPE=vlan\nINTERFACE=bond0.7',
    lower_bond0: '',
  }),
  ...sys('wlan0', {
    flags: '0x1002',
    operstate: 'down',
    ifindex: '6',
    iflink: '6',
    mtu: '1500',
    type: '1',
    uevent: 'DEVTYPE=wlan',
  }),
  '/sys/class/net/wlan0/phy80211': { link: '../../ieee80211/phy0' },
  ...sys('tun0', {
    flags: '0x1091',
    operstate: 'unknown',
    carrier: '1',
    ifindex: '7',
    iflink: '7',
    mtu: '1400',
    type: '65534',
    tun_flags: '0x1001',
  }),
};
