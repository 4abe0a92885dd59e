import { count, wholeLines, words } from './text';

/** A line of /proc/net/packet: a socket that sees whole frames, see packet(7). */
export interface PacketSocket {
  readonly type: 'raw' | 'datagram' | 'unknown';
  /** EtherType; 3 is every protocol. */
  readonly protocolNumber: number;
  /** 0: all of them. */
  readonly interfaceIndex: number;
  readonly receiveQueueBytes: number;
  readonly uid: number;
  readonly inode: number;
}

/** Columns: pointer, reference count, type, protocol (hex), interface, running, queue, uid, inode. */
export function parsePacketSockets(text: string): readonly PacketSocket[] {
  return wholeLines(text).flatMap((line) => {
    const columns = words(line);
    const inode = count(columns[8]);
    if (inode === null || columns[0] === 'sk') return [];
    const type = columns[2] === '3' ? 'raw' : columns[2] === '2' ? 'datagram' : 'unknown';
    return [
      {
        type,
        protocolNumber: Number.parseInt(columns[3] ?? '', 16) || 0,
        interfaceIndex: count(columns[4]) ?? 0,
        receiveQueueBytes: count(columns[6]) ?? 0,
        uid: count(columns[7]) ?? 0,
        inode,
      },
    ];
  });
}

/** A line of /proc/net/netlink: a socket between a process and a part of the kernel, see netlink(7). */
export interface NetlinkSocket {
  readonly protocolNumber: number;
  /** Usually the pid of the process; 0 is the kernel's own end. */
  readonly portId: number;
  readonly receiveQueueBytes: number;
  readonly sendQueueBytes: number;
  readonly drops: number | null;
  /** Kernels before 2.6.36 do not tell it. */
  readonly inode: number | null;
}

/** Columns: pointer, protocol, port, groups, two queues, dump, locks, drops, inode. */
export function parseNetlinkSockets(text: string): readonly NetlinkSocket[] {
  return wholeLines(text).flatMap((line) => {
    const columns = words(line);
    const protocolNumber = count(columns[1]);
    const portId = Number(columns[2]);
    if (protocolNumber === null || columns.length < 8 || !Number.isInteger(portId)) return [];
    return [
      {
        protocolNumber,
        // Written as a signed number.
        portId: portId >>> 0,
        receiveQueueBytes: count(columns[4]) ?? 0,
        sendQueueBytes: count(columns[5]) ?? 0,
        drops: count(columns[8]),
        inode: count(columns[9]),
      },
    ];
  });
}

const NETLINK_PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'route',
  2: 'usersock',
  3: 'fw',
  4: 'sock_diag',
  5: 'nflog',
  6: 'xfrm',
  7: 'selinux',
  8: 'iscsi',
  9: 'audit',
  10: 'fib_lookup',
  11: 'connector',
  12: 'netfilter',
  13: 'ip6_fw',
  14: 'dnrt',
  15: 'kobject_uevent',
  16: 'generic',
  18: 'scsitransport',
  19: 'ecryptfs',
  20: 'rdma',
  21: 'crypto',
  22: 'smc',
};

/** NETLINK_* of the kernel's uapi/linux/netlink.h, in lower case. */
export function netlinkName(protocolNumber: number): string {
  return NETLINK_PROTOCOLS[protocolNumber] ?? String(protocolNumber);
}

const ETHER_TYPES: Readonly<Record<number, string>> = {
  0x0003: 'all',
  0x0800: 'ip',
  0x0806: 'arp',
  0x8035: 'rarp',
  0x8100: '802.1q',
  0x86dd: 'ipv6',
  0x8863: 'pppoe-discovery',
  0x8864: 'pppoe-session',
  0x888e: 'eapol',
  0x88cc: 'lldp',
  0x88f7: 'ptp',
};

/** ETH_P_* of the kernel's uapi/linux/if_ether.h. */
export function etherTypeName(protocolNumber: number): string {
  return ETHER_TYPES[protocolNumber] ?? `0x${protocolNumber.toString(16).padStart(4, '0')}`;
}

const IP_PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'ip',
  1: 'icmp',
  2: 'igmp',
  4: 'ipip',
  6: 'tcp',
  17: 'udp',
  41: 'ipv6',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  89: 'ospf',
  103: 'pim',
  112: 'vrrp',
  132: 'sctp',
  136: 'udplite',
  255: 'raw',
};

/** Of the IANA registry of protocol numbers, as protocols(5) has them. */
export function ipProtocolName(protocolNumber: number): string {
  return IP_PROTOCOLS[protocolNumber] ?? String(protocolNumber);
}
