import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { CancelledError, ExpectedError, messageOf, throwIfCancelled } from '../../../lib/errors';
import { settlesWithin } from '../../../lib/deadline';
import { shownPath } from '../../../lib/bytePath';
import type { TunnelEnd } from '../../tunnel';
import { ALL_INTERFACES } from './spec';

const CLOSE_WAIT_MS = 2_000;
const PROBE_WAIT_MS = 2_000;
/** Of connections that nobody has taken yet; the system may have a lower limit. */
const BACKLOG = 1_024;

/** A listening end on this machine. */
export interface Listening {
  /** With the port that was found for 0. */
  readonly end: TunnelEnd;
  /** Takes no more connections; those that there are stay. */
  close(): Promise<void>;
}

type OnSocket = (socket: net.Socket) => void;

/**
 * Listens on this machine. 'localhost' is 127.0.0.1 and, where it can be had, ::1 with the same port. The file of a
 * unix socket is for this user only and goes on close; a file that is there already is refused unless it is a socket on
 * which nobody listens any more. Throws ExpectedError: 'in-use', 'denied', 'exists', 'invalid-input', 'failed'.
 */
export async function listenHere(end: TunnelEnd, onSocket: OnSocket, signal: AbortSignal): Promise<Listening> {
  throwIfCancelled(signal);
  const listening = end.kind === 'unix' ? await listenUnix(end.path, onSocket) : await listenTcp(end, onSocket);
  if (!signal.aborted) return listening;
  await listening.close();
  throw new CancelledError('cancelled');
}

async function listenTcp(end: Extract<TunnelEnd, { kind: 'tcp' }>, onSocket: OnSocket): Promise<Listening> {
  const { host, port } = end;
  const isLocalhost = host.toLowerCase() === 'localhost';
  const first = await bind(isLocalhost ? '127.0.0.1' : host, port, onSocket).catch((error: unknown) => {
    throw listenError(net.isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`, error);
  });
  const found = (first.address() as net.AddressInfo).port;
  const second = isLocalhost ? await bind('::1', found, onSocket).catch(() => undefined) : undefined;
  const servers = second === undefined ? [first] : [first, second];
  return { end: { kind: 'tcp', host, port: found }, close: () => closeAll(servers) };
}

async function bind(host: string, port: number, onSocket: OnSocket): Promise<net.Server> {
  const server = makeServer(onSocket);
  server.listen({ port, backlog: BACKLOG, ...(host === ALL_INTERFACES ? {} : { host }) });
  await once(server, 'listening');
  return staysUp(server);
}

async function listenUnix(path: string, onSocket: OnSocket): Promise<Listening> {
  await removeStale(path);
  const server = makeServer(onSocket);
  const listening = once(server, 'listening');
  try {
    // Bound before this returns, so that nobody comes between it and the change of its mode.
    server.listen({ path, backlog: BACKLOG });
    if (server.listening) fs.chmodSync(path, 0o600);
    await listening;
  } catch (error) {
    listening.catch(() => undefined);
    server.close();
    throw listenError(shownPath(path), error);
  }
  staysUp(server);
  return { end: { kind: 'unix', path }, close: () => closeAll([server]) };
}

function makeServer(onSocket: OnSocket): net.Server {
  return net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, onSocket);
}

/** A failed accept(2) (too many open files) costs that connection, not the listener. */
function staysUp(server: net.Server): net.Server {
  return server.on('error', () => undefined);
}

async function closeAll(servers: readonly net.Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  await settlesWithin(Promise.all(closed), CLOSE_WAIT_MS);
}

/** A socket that a process left behind when it was killed stands in the way of the next one. */
async function removeStale(path: string): Promise<void> {
  const found = await fs.promises.lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (found.isSocket() && (await isDeserted(path))) {
    await fs.promises.unlink(path).catch((error: unknown) => {
      throw listenError(shownPath(path), error);
    });
    return;
  }
  const message = found.isSocket()
    ? l10n.t('Another program listens on {0}. Close it, or choose another path for the tunnel.', shownPath(path))
    : l10n.t('{0} exists and is no socket. Choose another path for the tunnel.', shownPath(path));
  throw new ExpectedError('exists', message);
}

async function isDeserted(path: string): Promise<boolean> {
  const socket = net.connect({ path });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PROBE_WAIT_MS) });
    return false;
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED';
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

function listenError(where: string, error: unknown): unknown {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new ExpectedError('in-use', inUseText(where), cause);
    case 'EACCES':
    case 'EPERM':
      return new ExpectedError('denied', deniedText(where), cause);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ExpectedError('invalid-input', l10n.t('{0} is no address of this machine.', where), cause);
    case undefined:
      return error;
    default:
      return new ExpectedError(
        'failed',
        l10n.t('This machine cannot listen on {0}: {1}', where, messageOf(error)),
        cause,
      );
  }
}

function inUseText(where: string): string {
  return l10n.t('{0} on this machine is in use. Choose another port, or 0 for any free one.', where);
}

function deniedText(where: string): string {
  return l10n.t('This user may not listen on {0}. Ports below 1024 are for the administrator: choose another.', where);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
