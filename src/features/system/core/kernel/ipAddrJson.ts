import { fieldsOf, listOf, numberOf, objectsOf, textOf, textsOf, type Fields } from './ipFields';

/**
 * What ip(8) of iproute2 prints with -j: lists of objects. Old ones and that of busybox print no JSON: then null. Some
 * releases put empty objects among the others; what lacks its name is left out.
 */

export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefixLength: number;
  readonly broadcast: string | null;
  /** The other end of a point-to-point link. */
  readonly peer: string | null;
  readonly scope: string;
  readonly label: string | null;
  /** Seconds; null is forever. */
  readonly validSeconds: number | null;
  readonly preferredSeconds: number | null;
  /** Such as dynamic, temporary, deprecated, tentative, dadfailed, secondary. */
  readonly flags: readonly string[];
}

export interface IpLink {
  readonly index: number;
  readonly name: string;
  readonly flags: readonly string[];
  readonly mtuBytes: number | null;
  readonly state: string | null;
  readonly queueLength: number | null;
  readonly macAddress: string | null;
  readonly macBroadcast: string | null;
  readonly master: string | null;
  /** The interface below it, or the other end of a veth pair. */
  readonly link: string | null;
  /** veth, bridge, vlan …; null of hardware. */
  readonly kind: string | null;
  readonly vlanId: number | null;
  readonly addresses: readonly IpAddress[];
}

export interface IpRoute {
  readonly type: string;
  readonly destination: string;
  readonly gateway: string | null;
  readonly interfaceName: string | null;
  readonly table: string;
  readonly protocol: string | null;
  readonly scope: string | null;
  readonly source: string | null;
  readonly metric: number | null;
  readonly flags: readonly string[];
}

export interface IpNeighbour {
  readonly address: string;
  readonly interfaceName: string | null;
  readonly macAddress: string | null;
  readonly state: string;
}

export interface IpRule {
  readonly priority: number | null;
  /** Such as 'from 10.9.0.1 lookup 100'. */
  readonly text: string;
}

const FOREVER = 4_294_967_295;
const ADDRESS_FLAGS = [
  'secondary',
  'temporary',
  'dynamic',
  'deprecated',
  'tentative',
  'dadfailed',
  'optimistic',
  'nodad',
  'home',
  'mngtmpaddr',
  'noprefixroute',
  'autojoin',
  'stable-privacy',
];

/** `ip -j -d addr`. */
export function parseIpAddr(text: string): readonly IpLink[] | null {
  return listOf(text, (fields) => {
    const name = textOf(fields['ifname']);
    const index = numberOf(fields['ifindex']);
    if (name === null || index === null) return null;
    const info = fieldsOf(fields['linkinfo']);
    return {
      index,
      name,
      flags: textsOf(fields['flags']),
      mtuBytes: numberOf(fields['mtu']),
      state: textOf(fields['operstate'])?.toLowerCase() ?? null,
      queueLength: numberOf(fields['txqlen']),
      macAddress: textOf(fields['address']),
      macBroadcast: textOf(fields['broadcast']),
      master: textOf(fields['master']),
      link: textOf(fields['link']),
      kind: textOf(info['info_kind']),
      vlanId: textOf(info['info_kind']) === 'vlan' ? numberOf(fieldsOf(info['info_data'])['id']) : null,
      addresses: objectsOf(fields['addr_info']).flatMap((one) => addressOf(one) ?? []),
    };
  });
}

function addressOf(fields: Fields): IpAddress | null {
  const family = fields['family'] === 'inet' ? 'ipv4' : fields['family'] === 'inet6' ? 'ipv6' : null;
  const address = textOf(fields['local']);
  const prefixLength = numberOf(fields['prefixlen']);
  if (family === null || address === null || prefixLength === null) return null;
  return {
    family,
    address,
    prefixLength,
    broadcast: textOf(fields['broadcast']),
    peer: textOf(fields['address']),
    scope: textOf(fields['scope']) ?? 'global',
    label: textOf(fields['label']),
    validSeconds: lifetime(fields['valid_life_time']),
    preferredSeconds: lifetime(fields['preferred_life_time']),
    flags: ADDRESS_FLAGS.filter((flag) => fields[flag] === true),
  };
}

function lifetime(value: unknown): number | null {
  const seconds = numberOf(value);
  return seconds === FOREVER ? null : seconds;
}

/** `ip -j -d route show table all`. A route over several gateways becomes a line for each of them. */
export function parseIpRoutes(text: string): readonly IpRoute[] | null {
  const routes = listOf(text, (fields): readonly IpRoute[] | null => {
    const destination = textOf(fields['dst']);
    if (destination === null) return null;
    const route: IpRoute = {
      type: textOf(fields['type']) ?? 'unicast',
      destination,
      ...hopOf(fields),
      table: textOf(fields['table']) ?? 'main',
      protocol: textOf(fields['protocol']),
      scope: textOf(fields['scope']),
      source: textOf(fields['prefsrc']),
      metric: numberOf(fields['metric']),
      flags: textsOf(fields['flags']),
    };
    const hops = objectsOf(fields['nexthops']);
    return hops.length === 0 ? [route] : hops.map((hop) => ({ ...route, ...hopOf(hop), flags: textsOf(hop['flags']) }));
  });
  return routes?.flat() ?? null;
}

/** The gateway may be of the other family: `via`. */
function hopOf(fields: Fields): Pick<IpRoute, 'gateway' | 'interfaceName'> {
  return {
    gateway: textOf(fields['gateway']) ?? textOf(fieldsOf(fields['via'])['host']),
    interfaceName: textOf(fields['dev']),
  };
}

/** `ip -j neigh`. */
export function parseIpNeighbours(text: string): readonly IpNeighbour[] | null {
  return listOf(text, (fields) => {
    const address = textOf(fields['dst']);
    if (address === null) return null;
    return {
      address,
      interfaceName: textOf(fields['dev']),
      macAddress: textOf(fields['lladdr']),
      state: textsOf(fields['state']).join(' ').toLowerCase(),
    };
  });
}

/** `ip -j rule`. */
export function parseIpRules(text: string): readonly IpRule[] | null {
  return listOf(text, (fields) => {
    const selectors = Object.entries(fields).filter(([name]) => !NO_SELECTORS.has(name));
    const words = selectors.map(([name, value]) => ruleWord(name, value, fields));
    const table = textOf(fields['table']);
    const all = table === null ? words : [...words, `lookup ${table}`];
    return all.length === 0 ? null : { priority: numberOf(fields['priority']), text: all.join(' ') };
  });
}

const NO_SELECTORS = new Set(['priority', 'table', 'srclen', 'dstlen']);

/** As `ip rule` prints it without -j. */
function ruleWord(name: string, value: unknown, fields: Fields): string {
  const word = name === 'src' ? 'from' : name === 'dst' ? 'to' : name;
  if (value === null || value === true) return word;
  const prefixLength = numberOf(fields[`${name}len`]);
  if (prefixLength !== null && typeof value === 'string') return `${word} ${value}/${prefixLength}`;
  return `${word} ${typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)}`;
}
