import type { SnapshotSocket } from '../schema';
import { oneLine, word, type Entry } from './words';

/**
 * Listening sockets one by one; connections by who talks with whom about what: the number that a client took for its
 * end is another one every time. A connection to a port that is listened on here came in, any other went out.
 */
export function socketEntries(sockets: readonly SnapshotSocket[]): readonly Entry[] {
  const served = new Set(sockets.filter(isService).map(({ protocol, localPort }) => `${protocol} ${localPort}`));
  const entries = new Map<string, { readonly text: string; times: number }>();
  for (const socket of sockets) {
    const { key, text } = isService(socket) ? serviceEntry(socket) : connectionEntry(socket, served);
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { text, times: 1 });
    else known.times++;
  }
  return [...entries].map(([key, { text, times }]) => ({ key, text: times === 1 ? text : `${text}  ${times} times` }));
}

/** Waits for somebody: a listening one, or one of UDP without a peer. */
function isService({ state, remoteAddress }: SnapshotSocket): boolean {
  return state === 'listening' || (state === 'unconnected' && remoteAddress === null);
}

function serviceEntry(socket: SnapshotSocket): Entry {
  const { protocol, localAddress, localPort } = socket;
  const place = localPort === null ? word(localAddress) : endpoint(localAddress, localPort);
  return { key: `1 ${protocol} ${place}`, text: `listens  ${protocol}  ${place}  ${ownerText(socket)}` };
}

function connectionEntry(socket: SnapshotSocket, served: ReadonlySet<string>): Entry {
  const { protocol, localAddress, localPort, remoteAddress, remotePort } = socket;
  const owner = ownerText(socket);
  const remote = remoteAddress ?? '-';
  const text = served.has(`${protocol} ${localPort}`)
    ? `in       ${protocol}  ${endpoint(localAddress, localPort)}  from ${remote}  ${owner}`
    : `out      ${protocol}  ${localAddress}  to ${endpoint(remote, remotePort)}  ${owner}`;
  return { key: `2 ${text}`, text };
}

function endpoint(address: string, port: number | null): string {
  const host = address.includes(':') ? `[${oneLine(address)}]` : oneLine(address);
  return port === null ? host : `${host}:${port}`;
}

function ownerText({ process, user }: SnapshotSocket): string {
  const by = process === null ? 'process unknown' : word(process);
  return user === null ? by : `${by}  user ${word(user)}`;
}
