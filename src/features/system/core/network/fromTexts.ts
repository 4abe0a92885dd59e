import * as l10n from '@vscode/l10n';
import { isFailure, type FileTexts } from '../../../../machine/machine';
import { addressesOfIp, addressesOfProc, type Addresses } from './addresses';
import type { IpAnswers } from './ip';
import { multicastGroups } from './multicast';
import { neighboursOfIp, parseArp } from './neighbours';
import { resolversOf } from './resolvers';
import { routesOfIp, routesOfProc } from './routes';
import type { NeighbourEntry, NetworkResult, RouteEntry } from './schema';

/* What ip(8) tells, or else the files of /proc. */

export const STATISTICS = ['/proc/net/snmp', '/proc/net/netstat', '/proc/net/snmp6'] as const;
const FIB_TRIE = '/proc/net/fib_trie';
const ROUTE = '/proc/net/route';
const IF_INET6 = '/proc/net/if_inet6';
const IPV6_ROUTE = '/proc/net/ipv6_route';
const ARP = '/proc/net/arp';
const IGMP = '/proc/net/igmp';
const IGMP6 = '/proc/net/igmp6';
const RESOLV_CONF = '/etc/resolv.conf';
const UPSTREAM = '/run/systemd/resolve/resolv.conf';

export const SLOW_FILES = [IGMP, IGMP6, '/proc/self/auxv', RESOLV_CONF, UPSTREAM];
/** On a router with a million routes these are long: they are read only where ip is missing. */
export const WITHOUT_IP = [FIB_TRIE, ROUTE, IF_INET6, IPV6_ROUTE, ARP];

export function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

export function isWhole(ip: IpAnswers | null): boolean {
  return ip?.links != null && ip.routes4 !== null && ip.routes6 !== null && ip.neighbours !== null;
}

export function allAddresses(
  texts: FileTexts,
  ip: IpAnswers | null,
  loopback: string | null,
  bigEndian: boolean,
): Addresses {
  if (ip?.links != null) return addressesOfIp(ip.links);
  const [fibTrie, ifInet6, route] = [textOf(texts, FIB_TRIE), textOf(texts, IF_INET6), textOf(texts, ROUTE)];
  return addressesOfProc({ fibTrie, ifInet6, route, bigEndian }, loopback);
}

export function allRoutes(texts: FileTexts, ip: IpAnswers | null, bigEndian: boolean): readonly RouteEntry[] {
  if (ip?.routes4 == null || ip.routes6 === null) {
    return routesOfProc(textOf(texts, ROUTE), textOf(texts, IPV6_ROUTE), bigEndian);
  }
  return [...routesOfIp(ip.routes4, 'ipv4'), ...routesOfIp(ip.routes6, 'ipv6')];
}

/** The local table only repeats the own addresses. */
export function isOfOtherTable({ table }: RouteEntry): boolean {
  return table !== 'local';
}

export function allNeighbours(texts: FileTexts, ip: IpAnswers | null): readonly NeighbourEntry[] {
  return ip?.neighbours == null ? parseArp(textOf(texts, ARP)) : neighboursOfIp(ip.neighbours);
}

export function groupsOf(texts: FileTexts, bigEndian: boolean): ReturnType<typeof multicastGroups> {
  return multicastGroups(textOf(texts, IGMP), textOf(texts, IGMP6), bigEndian);
}

export function allResolvers(texts: FileTexts): NetworkResult['resolvers'] {
  return resolversOf(textOf(texts, RESOLV_CONF), textOf(texts, UPSTREAM));
}

export function rulesOf(ip: IpAnswers | null): NetworkResult['rules'] {
  const of = (rules: IpAnswers['rules4'] | undefined, family: 'ipv4' | 'ipv6'): NetworkResult['rules'] =>
    (rules ?? []).map((rule) => ({ family, ...rule }));
  return [...of(ip?.rules4, 'ipv4'), ...of(ip?.rules6, 'ipv6')];
}

/** A kernel without IPv6 has no snmp6. */
export function problemsOf(texts: FileTexts): string[] {
  return STATISTICS.flatMap((path) => {
    const content = texts.get(path);
    return isFailure(content) && content.code !== 'missing' ? [l10n.t('{0}: {1}', path, content.message)] : [];
  });
}
