import type { InetFamily, InetProtocol } from '../kernel/socketTables';
import type { SocketEntry, SocketKind, SocketsInput, SocketsResult } from './schema';

/** What is asked for: the filter as it stands in the result. */
export type SocketQuery = SocketsResult['filter'];

export function queryOf(input: SocketsInput): SocketQuery {
  const address = input.address?.trim() ?? '';
  return {
    kind: input.kind,
    port: input.port ?? null,
    pid: input.pid ?? null,
    state: input.state ?? null,
    address: address === '' ? null : address,
    // Who has a port may sit in a container.
    namespaces: input.namespaces || input.port !== undefined,
  };
}

/** Whether only some sockets are asked for: few enough to tell all of their owners at once. */
export function isSelective({ port, pid, state, address }: SocketQuery): boolean {
  return [port, pid, state, address].some((part) => part !== null);
}

/** A file of /proc/net and what is in it. */
export type SocketTable =
  | { readonly file: string; readonly kind: 'inet'; readonly family: InetFamily; readonly protocol: InetProtocol }
  | { readonly file: string; readonly kind: 'unix' | 'packet' | 'netlink' };

const INET: readonly SocketTable[] = (['tcp', 'udp', 'udplite', 'raw', 'icmp'] as const).flatMap((protocol) => [
  { file: protocol, kind: 'inet', family: 'ipv4', protocol },
  { file: `${protocol}6`, kind: 'inet', family: 'ipv6', protocol },
]);
const OTHERS: readonly SocketTable[] = [
  { file: 'unix', kind: 'unix' },
  { file: 'packet', kind: 'packet' },
  { file: 'netlink', kind: 'netlink' },
];

export function tablesOf(kind: SocketKind): readonly SocketTable[] {
  if (kind === 'all') return [...INET, ...OTHERS];
  if (kind === 'unix' || kind === 'packet' || kind === 'netlink') return OTHERS.filter((table) => table.kind === kind);
  if (kind === 'raw') return inetTables(['raw', 'icmp'], null);
  const family = kind.endsWith('4') ? 'ipv4' : kind.endsWith('6') ? 'ipv6' : null;
  if (kind.startsWith('tcp')) return inetTables(['tcp'], family);
  return inetTables(kind.startsWith('udp') ? ['udp', 'udplite'] : ['tcp', 'udp', 'udplite'], family);
}

function inetTables(protocols: readonly InetProtocol[], family: InetFamily | null): readonly SocketTable[] {
  return INET.filter(
    (table) =>
      table.kind === 'inet' && protocols.includes(table.protocol) && (family === null || table.family === family),
  );
}

type Filtered = Pick<SocketEntry, 'protocol' | 'localAddress' | 'localPort' | 'remoteAddress' | 'path' | 'state'>;

/** All but the process, which is known only later. */
export function fits(socket: Filtered, { port, state, address }: SocketQuery): boolean {
  if (port !== null && !(hasPorts(socket) && socket.localPort === port)) return false;
  if (state !== null && socket.state !== state) return false;
  return (
    address === null || [socket.localAddress, socket.remoteAddress, socket.path].some((one) => contains(one, address))
  );
}

export function hasPorts({ protocol }: Pick<SocketEntry, 'protocol'>): boolean {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'udplite';
}

function contains(text: string | null, part: string): boolean {
  return text !== null && text.toLowerCase().includes(part.toLowerCase());
}
