import type { Duplex } from 'node:stream';
import type { Channel as ServerOpened, Client } from 'ssh2';
import type { Address } from '../../machine';
import type { TunnelEnd } from '../../tunnel';
import type { Listener } from '../transport';
import { listenRefused } from './errors';
import { addressText } from './names';
import { request, type Line } from './request';

export type OnConnection = (connection: Duplex, from: Address | null) => void;

/** What listens on the other side; one for each connection. */
export interface Forwarding {
  listen(end: TunnelEnd, onConnection: OnConnection, signal: AbortSignal): Promise<Listener>;
}

/** tcpip-forward (RFC 4254, 7.1) and streamlocal-forward@openssh.com (OpenSSH PROTOCOL, 2.4). */
export function forwardingOf(line: Line, wrap: (channel: ServerOpened) => Duplex): Forwarding {
  const listeners = new Map<string, OnConnection>();
  line.client.on('tcp connection', ({ destIP, destPort, srcIP, srcPort }, accept, reject) => {
    const onConnection = listeners.get(`${destIP}:${destPort}`);
    if (onConnection === undefined) reject();
    else onConnection(wrap(accept()), { host: srcIP, port: srcPort });
  });
  line.client.on('unix connection', ({ socketPath }, accept, reject) => {
    const onConnection = listeners.get(socketPath);
    if (onConnection === undefined) reject();
    else onConnection(wrap(accept()), null);
  });
  return {
    listen: async (end, onConnection, signal) => {
      const key = await start(line, end, signal, (opened) => listeners.set(opened, onConnection));
      return {
        end: end.kind === 'tcp' ? { ...end, port: key.port } : end,
        close: () => {
          listeners.delete(key.key);
          return stop(line, end, key.port);
        },
      };
    },
  };
}

interface Opened {
  readonly key: string;
  readonly port: number;
}

/** `opened` is told at once, before a connection can come. */
async function start(line: Line, end: TunnelEnd, signal: AbortSignal, opened: (key: string) => void): Promise<Opened> {
  if (end.kind === 'unix') {
    await request<undefined>(
      line,
      signal,
      (client, answer) =>
        client.openssh_forwardInStreamLocal(end.path, (error) => {
          if (error == null) opened(end.path);
          answer(error, undefined);
        }),
      (error) => listenRefused(line.host, end.path, error),
      () => line.client.openssh_unforwardInStreamLocal(end.path, () => undefined),
    );
    return { key: end.path, port: 0 };
  }
  const { host, port } = end;
  const found = await request<number>(
    line,
    signal,
    (client, answer) =>
      client.forwardIn(host, port, (error, real) => {
        if (error == null) opened(`${host}:${real}`);
        answer(error, real);
      }),
    (error) => listenRefused(line.host, addressText(host, port), error),
    (real) => void line.client.unforwardIn(host, real),
  );
  return { key: `${host}:${found}`, port: found };
}

/** Settles also when the connection is gone, and the listener with it. */
function stop({ client, gone }: Line, end: TunnelEnd, port: number): Promise<void> {
  if (gone.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve());
    try {
      cancelForward(client, end, port, resolve);
    } catch {
      resolve(); // The socket is closed.
    }
  });
}

function cancelForward(client: Client, end: TunnelEnd, port: number, done: () => void): void {
  if (end.kind === 'unix') client.openssh_unforwardInStreamLocal(end.path, () => done());
  else client.unforwardIn(end.host, port, () => done());
}
