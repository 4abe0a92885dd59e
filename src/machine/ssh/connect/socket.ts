import { once } from 'node:events';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { withDeadline } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import { connectError } from '../../local/connect';
import { errnoOf } from '../../local/errors';
import type { HostOptions } from '../options';
import { LineSocket } from './lineSocket';

export const CONNECT_SECONDS = 15;
/** For each of a host's addresses but the last. Node's own 250 ms is less than one round trip around the world. */
const ATTEMPT_MS = 1_000;
const FAMILY = { any: 0, inet: 4, inet6: 6 } as const;

/** ConnectTimeout, for each step on the way. */
export function stepSeconds({ connectTimeoutSeconds }: Pick<HostOptions, 'connectTimeoutSeconds'>): number {
  return connectTimeoutSeconds ?? CONNECT_SECONDS;
}

/**
 * A TCP connection to the host itself; with `readMemory` a LineSocket. Throws ExpectedError that says what is wrong with
 * the name or the network.
 */
export async function openSocket(
  options: HostOptions,
  signal: AbortSignal,
  readMemory: Buffer | null = null,
): Promise<net.Socket> {
  throwIfCancelled(signal);
  const { hostName: host, port, addressFamily, bindAddress } = options;
  const deadline = withDeadline(signal, stepSeconds(options) * 1_000);
  const socket = readMemory === null ? new net.Socket() : new LineSocket(readMemory);
  try {
    const connected = once(socket, 'connect', { signal: deadline.signal });
    socket.connect({
      host,
      port,
      family: FAMILY[addressFamily],
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
      ...(bindAddress === null ? {} : { localAddress: bindAddress }),
    });
    await connected;
    // As an option of connect() it has no effect. ssh2 writes a packet in three parts, and with Nagle's algorithm the
    // second waits for the server's delayed acknowledgement of the first: 40 ms for each step of the handshake.
    return socket.setNoDelay(true).setKeepAlive(true);
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw connectError({ host, port }, deadline.fired === 'timed-out' ? 'ETIMEDOUT' : errnoOf(error), error);
  } finally {
    deadline.clear();
  }
}

/**
 * What is written in one turn of the event loop leaves together. ssh2 writes a packet in three parts, each of which
 * would be a call to the system, a segment of TCP, and a wake-up of the server.
 */
export function writeTogether(socket: Duplex): void {
  const write = socket.write.bind(socket) as (...given: readonly unknown[]) => boolean;
  let corked = false;
  const uncork = (): void => {
    corked = false;
    socket.uncork();
  };
  socket.write = (...given: readonly unknown[]): boolean => {
    if (!corked) {
      corked = true;
      socket.cork();
      setImmediate(uncork);
    }
    return write(...given);
  };
}
