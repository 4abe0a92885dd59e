import type { FileTexts, ReadItem } from '../../../../machine/machine';
import { interfaceFacts } from '../kernel/interfaces';
import { hexAddress, isBigEndian } from '../kernel/socketAddress';
import { count, wholeLines, words } from '../kernel/text';
import type { SnapshotInterface, SnapshotRoute } from './schema';

export const NETWORK_FILES: readonly ReadItem[] = [
  '/sys/class/net/*/operstate',
  '/sys/class/net/*/flags',
  '/sys/class/net/*/mtu',
  '/sys/class/net/*/address',
  '/proc/net/route',
];

/** What is asked of ip(8); its JSON exists since iproute2 4.13 of 2017. */
export const IP_COMMANDS = [
  ['ip', '-j', 'address', 'show'],
  ['ip', '-j', '-4', 'route', 'show'],
  ['ip', '-j', '-6', 'route', 'show'],
] as const;

type Row = Readonly<Record<string, unknown>>;

/** null when the text is no JSON list, as where ip is missing or too old. */
function rowsOf(text: string | null): readonly Row[] | null {
  if (text?.trim() === '') return [];
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return Array.isArray(parsed) ? parsed.filter((row): row is Row => typeof row === 'object' && row !== null) : null;
  } catch {
    return null;
  }
}

/** All interfaces of /sys/class/net, with the addresses that `ip -j address` tells; null where it tells nothing. */
export function interfacesOf(
  texts: FileTexts,
  addresses: string | null,
): { readonly interfaces: SnapshotInterface[]; readonly addressesKnown: boolean } {
  const rows = rowsOf(addresses);
  const found = new Map((rows ?? []).map((row) => [textOf(row['ifname']), addressesOf(row)]));
  const names = new Set<string>(found.keys());
  for (const path of texts.keys()) {
    const name = /^\/sys\/class\/net\/([^/]+)\/operstate$/.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  names.delete('');
  const interfaces = [...names].sort().map((name): SnapshotInterface => {
    const { up, address, mtuBytes } = interfaceFacts(texts, name);
    return { name, up, hardwareAddress: address, mtuBytes, addresses: found.get(name) ?? [] };
  });
  return { interfaces, addressesKnown: rows !== null };
}

function addressesOf(row: Row): string[] {
  const list: unknown = row['addr_info'];
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || !('local' in entry) || !('prefixlen' in entry)) return [];
      return typeof entry.local === 'string' ? [`${entry.local}/${String(entry.prefixlen)}`] : [];
    })
    .sort();
}

/** `ip -j route` of one family; null where it tells nothing. A route of several ways stands once for each of them. */
export function routesOf(text: string | null, family: SnapshotRoute['family']): SnapshotRoute[] | null {
  const rows = rowsOf(text);
  if (rows === null) return null;
  return rows.flatMap((row): SnapshotRoute[] => {
    const hops: unknown = row['nexthops'];
    const ways: readonly Row[] = Array.isArray(hops) ? (hops as readonly Row[]) : [row];
    const metric = row['metric'];
    return ways.map((way) => ({
      family,
      destination: textOf(row['dst']),
      gateway: textOf(way['gateway']) || viaOf(way['via']),
      interface: textOf(way['dev']) || null,
      metric: typeof metric === 'number' ? metric : null,
      type: textOf(row['type']) || 'unicast',
    }));
  });
}

/** An IPv4 route over an IPv6 gateway. */
function viaOf(via: unknown): string | null {
  return typeof via === 'object' && via !== null && 'host' in via ? textOf(via.host) || null : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** RTF_UP, RTF_REJECT of route(8). */
const UP = 0x1;
const REJECT = 0x200;

/** /proc/net/route (proc_net(5)): the main table of IPv4, for machines without a usable ip. */
export function routesOfProc(texts: FileTexts): SnapshotRoute[] {
  const content = texts.get('/proc/net/route');
  if (typeof content !== 'string') return [];
  const auxv = texts.get('/proc/self/auxv');
  const bigEndian = typeof auxv === 'string' && isBigEndian(auxv);
  return wholeLines(content).flatMap((line): SnapshotRoute[] => {
    const [name, destination = '', gateway = '', flagText = '', , , metric, mask = ''] = words(line);
    const network = hexAddress(destination, bigEndian);
    const flags = Number.parseInt(flagText, 16);
    if (name === undefined || network === null || !(flags & UP)) return [];
    const length = prefixLength(mask);
    const by = hexAddress(gateway, bigEndian);
    return [
      {
        family: 'ipv4',
        destination: length === 0 ? 'default' : length === 32 ? network : `${network}/${length}`,
        gateway: by === '0.0.0.0' ? null : by,
        interface: name === '*' ? null : name,
        metric: count(metric) || null,
        type: (flags & REJECT) !== 0 ? 'unreachable' : 'unicast',
      },
    ];
  });
}

/** The ones of a mask in hexadecimal digits, whatever the order of its bytes. */
function prefixLength(mask: string): number {
  let ones = 0;
  for (let bits = Number.parseInt(mask, 16) || 0; bits > 0; bits = Math.floor(bits / 2)) ones += bits % 2;
  return ones;
}
