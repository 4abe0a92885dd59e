import { once } from 'node:events';
import * as net from 'node:net';
import { withDeadline } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import { connectError } from '../../local/connect';
import { errnoOf } from '../../local/errors';
import type { HostOptions } from '../options';

export const CONNECT_SECONDS = 15;
/** For each of a host's addresses but the last. Node's own 250 ms is less than one round trip around the world. */
const ATTEMPT_MS = 1_000;
const FAMILY = { any: 0, inet: 4, inet6: 6 } as const;

/** ConnectTimeout, for each step on the way. */
export function stepSeconds({ connectTimeoutSeconds }: Pick<HostOptions, 'connectTimeoutSeconds'>): number {
  return connectTimeoutSeconds ?? CONNECT_SECONDS;
}

/** A TCP connection to the host itself. Throws ExpectedError that says what is wrong with the name or the network. */
export async function openSocket(options: HostOptions, signal: AbortSignal): Promise<net.Socket> {
  throwIfCancelled(signal);
  const { hostName: host, port, addressFamily, bindAddress } = options;
  const deadline = withDeadline(signal, stepSeconds(options) * 1_000);
  const socket = new net.Socket();
  try {
    const connected = once(socket, 'connect', { signal: deadline.signal });
    socket.connect({
      host,
      port,
      family: FAMILY[addressFamily],
      noDelay: true,
      keepAlive: true,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
      ...(bindAddress === null ? {} : { localAddress: bindAddress }),
    });
    await connected;
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw connectError({ host, port }, deadline.fired === 'timed-out' ? 'ETIMEDOUT' : errnoOf(error), error);
  } finally {
    deadline.clear();
  }
}
