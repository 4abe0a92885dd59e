import * as l10n from '@vscode/l10n';
import * as net from 'node:net';
import { once } from 'node:events';
import { withDeadline } from '../../lib/deadline';
import { CancelledError, ExpectedError, messageOf, throwIfCancelled } from '../../lib/errors';
import { describeErrno, errnoOf } from './errors';
import type { Address } from '../machine';

const CONNECT_DEADLINE_MS = 10_000;
/** For each of a host's addresses but the last. Node's own 250 ms is less than one round trip around the world. */
const ATTEMPT_MS = 1_000;

/** Machine.connect. Signal and deadline govern the connecting; the stream that comes of it belongs to the caller. */
export async function connectLocal(
  address: Address,
  signal: AbortSignal,
  deadlineMs = CONNECT_DEADLINE_MS,
): Promise<net.Socket> {
  throwIfCancelled(signal);
  const deadline = withDeadline(signal, deadlineMs);
  const socket = new net.Socket();
  try {
    const connected = once(socket, 'connect', { signal: deadline.signal });
    socket.connect({
      host: address.host.replace(/^\[(.*)\]$/, '$1'),
      port: address.port,
      noDelay: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    });
    await connected;
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw connectError(address, deadline.fired === 'timed-out' ? 'ETIMEDOUT' : errnoOf(error), error);
  } finally {
    deadline.clear();
  }
}

/** What the errno name of a failed connect means, in plain words. */
export function connectError(address: Address, errno: string | undefined, error: unknown): unknown {
  const cause = { cause: error };
  const target = net.isIPv6(address.host) ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
  switch (errno) {
    case undefined:
      return error;
    case 'ECONNREFUSED':
      return new ExpectedError('refused', refusedText(target), cause);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return new ExpectedError('unreachable', unreachableText(target), cause);
    case 'ENOTFOUND':
    case 'ENODATA':
      return new ExpectedError('not-found', unknownHostText(address.host), cause);
    case 'EAI_AGAIN':
      return new ExpectedError('failed', noResolverText(address.host), cause);
    case 'ETIMEDOUT':
      return new ExpectedError('timed-out', silentText(target), cause);
    case 'ECONNRESET':
      return new ExpectedError('refused', resetText(target), cause);
    case 'ERR_SOCKET_BAD_PORT':
      return new ExpectedError(
        'invalid-input',
        l10n.t('{0} is not a port. Ports are 1 to 65535.', address.port),
        cause,
      );
    default: {
      const reason = errno.startsWith('ERR_') ? messageOf(error) : describeErrno(errno);
      return new ExpectedError('failed', l10n.t('No connection from this machine to {0}: {1}', target, reason), cause);
    }
  }
}

function refusedText(target: string): string {
  return l10n.t(
    '{0} refused the connection from this machine: nothing listens there. Check the port and the service.',
    target,
  );
}

function unreachableText(target: string): string {
  return l10n.t('There is no route from this machine to {0}. Check the address, the network and the gateway.', target);
}

function unknownHostText(host: string): string {
  return l10n.t('This machine finds no address for the name {0}. Check its spelling and the DNS.', host);
}

function noResolverText(host: string): string {
  return l10n.t('The name servers of this machine did not answer for {0}. Check the network and the DNS.', host);
}

function silentText(target: string): string {
  return l10n.t('{0} did not answer this machine in time. It may be down, or a firewall drops the packets.', target);
}

function resetText(target: string): string {
  return l10n.t('{0} broke off the connection from this machine. A firewall or the service may refuse it.', target);
}
