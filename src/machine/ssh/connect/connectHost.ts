import { ExpectedError, throwIfCancelled } from '../../../lib/errors';
import type { HostOptions } from '../options';
import type { Transport } from '../transport';
import { isLegacy, offerFor } from './algorithms';
import { beyondSsh2 } from './auth/beyond';
import { findCandidates } from './auth/candidates';
import { bySystem, systemMay } from './bySystem';
import { shakeHands, type Handshaken } from './handshake';
import { legacyRemark } from './handshakeErrors';
import { acceptHostKey, keysAmong, knownKeysOf, type KnownKeys } from './hostKey';
import { hostLabel } from './names';
import { needsSystem, systemFacts } from './needsSystem';
import type { ConnectedTransport, ConnectionFacts, ConnectParts } from './parts';
import { READ_ANEW } from './recent';
import { planRoute, type Route } from './route';
import { ssh2Transport } from './ssh2Transport';
import { newTrace, type HandshakeTrace } from './trace';
import { openDirectly, openThrough, type HeldHop } from './way';

/** Connects a jump host, or takes the connection to it that there is. `route` ends with that host. */
export type HoldHop = (route: Route, signal: AbortSignal) => Promise<HeldHop>;

/**
 * Connects to the host: by its ProxyJump, its ProxyCommand or directly, over ssh2, or by the system's ssh where ssh2
 * cannot do it. Throws ExpectedError that says which step failed, on which hop, and what to do.
 */
export async function connectHost(options: HostOptions, parts: ConnectParts, signal: AbortSignal): Promise<Transport> {
  const route = await planRoute(options, parts, signal);
  const holdHop: HoldHop = async (hops, hopSignal) => {
    const transport = await connectRoute(hops, parts, holdHop, hopSignal);
    return { transport, release: () => transport.close() };
  };
  return connectRoute(route, parts, holdHop, signal);
}

/** As connectHost, along a way that is planned already. */
export async function connectRoute(
  route: Route,
  parts: ConnectParts,
  holdHop: HoldHop,
  signal: AbortSignal,
): Promise<Transport> {
  throwIfCancelled(signal);
  const options = targetOf(route);
  const { recent = READ_ANEW } = parts;
  const known = await knownKeysOf(options, null, recent, signal);
  const facts = await systemFacts(options, known.authority && known.types.length === 0, recent);
  const reason = needsSystem(options, facts);
  if (reason !== null) return bySystem(options, parts, reason, null, signal);
  try {
    return await bySsh2(route, known.lines, parts, holdHop, signal);
  } catch (error) {
    const why = error instanceof ExpectedError ? systemMay(error) : null;
    if (why === null || parts.system === null) throw error;
    return bySystem(options, parts, why, error instanceof Error ? error : null, signal);
  }
}

async function bySsh2(
  route: Route,
  lines: KnownKeys['lines'],
  parts: ConnectParts,
  holdHop: HoldHop,
  signal: AbortSignal,
): Promise<ConnectedTransport> {
  const options = targetOf(route);
  const before = hopsBefore(route);
  const hop =
    before === null
      ? await openDirectly(options, parts, signal)
      : await openThrough(await holdHop(before, signal), options, signal);
  try {
    const known = keysAmong(lines, options, hop.address);
    const trace = newTrace();
    const done = await shakeHands(
      {
        options,
        socket: hop.socket,
        offer: offerFor(options, known.types),
        parts,
        accept: (key, hopSignal) => acceptHostKey(options, known, key, parts, hopSignal),
        candidates: (hopSignal) => findCandidates(options, parts.recent ?? READ_ANEW, hopSignal),
        beyond: (left, candidates, hopSignal) =>
          parts.system === null ? Promise.resolve(null) : beyondSsh2(options, left, candidates, hopSignal),
        trace,
      },
      signal,
    );
    hop.socket.once('close', hop.release);
    const facts = factsOf(route, hop.address, trace, done, known);
    return ssh2Transport({ client: done.client, socket: hop.socket, options, facts, log: parts.log });
  } catch (error) {
    hop.socket.destroy();
    hop.release();
    throw error;
  }
}

export function targetOf(route: Route): HostOptions {
  return route.at(-1) ?? route[0];
}

/** The way to the last jump host; null where the host is reached from here. */
export function hopsBefore(route: Route): Route | null {
  const [first, ...rest] = route.slice(0, -1);
  return first === undefined ? null : [first, ...rest];
}

function factsOf(
  route: Route,
  address: string | null,
  { algorithms, banner }: HandshakeTrace,
  { authenticatedBy }: Handshaken,
  { peer }: KnownKeys,
): ConnectionFacts {
  const options = targetOf(route);
  const legacy =
    algorithms === null
      ? []
      : (['kex', 'hostKey', 'cipher', 'mac'] as const)
          .filter((kind) => isLegacy(kind, algorithms[kind]))
          .map((kind) => algorithms[kind]);
  const remarks = [...options.remarks, legacyRemark(options.alias, legacy)].filter((remark) => remark !== '');
  return {
    host: hostLabel(options),
    user: options.user,
    address: address ?? peer.address,
    port: options.port,
    via: route.slice(0, -1).map(({ alias }) => alias),
    banner: banner ?? '',
    algorithms,
    authenticatedBy,
    remarks,
  };
}
