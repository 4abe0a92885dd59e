import { once } from 'node:events';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { settlesWithin } from '../../../lib/deadline';
import type { Address } from '../../machine';
import type { TunnelEnd } from '../../tunnel';
import type { Listener } from '../transport';
import { closeRemoteForward, openRemoteForward, type RemoteForward } from './controlSocket';

const CLOSE_WAIT_MS = 2_000;

export interface ListenPlace {
  readonly controlSocket: string;
  /** The path of a socket in the private folder, on which we take what the master hands on. */
  readonly ownSocket: string;
  readonly host: string;
  /** Settles when the connection has ended. */
  readonly gone: Promise<unknown>;
}

/** Listens on the host: ssh hands each connection on to a socket of ours. From where it came ssh does not tell. */
export async function listenOnHost(
  place: ListenPlace,
  end: TunnelEnd,
  onConnection: (connection: Duplex, from: Address | null) => void,
  signal: AbortSignal,
): Promise<Listener> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
    onConnection(socket, null),
  );
  server.on('error', () => undefined).listen(place.ownSocket);
  await once(server, 'listening');
  void place.gone.then(() => server.close());
  const forward: RemoteForward = { there: end, here: { kind: 'unix', path: place.ownSocket } };
  try {
    const port = await openRemoteForward(place.controlSocket, place.host, forward, signal);
    const found: TunnelEnd = port === null || end.kind === 'unix' ? end : { ...end, port };
    return { end: found, close: () => close(server, place, forward) };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** ssh knows a forwarding by what was asked for, also where that was port 0. */
async function close(server: net.Server, place: ListenPlace, forward: RemoteForward): Promise<void> {
  server.close();
  // Where the connection is gone, its forwardings are, too.
  const cancelled = closeRemoteForward(place.controlSocket, forward, AbortSignal.timeout(CLOSE_WAIT_MS));
  await settlesWithin(cancelled, CLOSE_WAIT_MS);
}
