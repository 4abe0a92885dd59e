import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { HostOptions } from '../options';
import type { ConnectLog } from './parts';
import { startRekey } from './ssh2Private';

/** RFC 4253, 9: after each gigabyte of data or after each hour, whichever is sooner. */
const DEFAULT_BYTES = 1024 ** 3;
const DEFAULT_SECONDS = 3_600;

/**
 * Exchanges keys anew after so many bytes both ways together and after so much time; ssh2 only answers the server's
 * wish for it. Ends with the socket.
 */
export function keepKeysFresh(client: Client, socket: Duplex, limit: HostOptions['rekeyLimit'], log: ConnectLog): void {
  const bytes = limit.bytes ?? DEFAULT_BYTES;
  let base = transferred(socket);
  let running = false;
  const rekey = (): void => {
    if (running) return;
    running = startRekey(client);
    if (!running) log.warn('ssh2 has no rekey() any more: the keys of this connection stay as they are.');
  };
  const timer = setInterval(rekey, (limit.seconds ?? DEFAULT_SECONDS) * 1_000);
  timer.unref();
  client.on('handshake', () => {
    running = false;
    base = transferred(socket);
    timer.refresh();
  });
  // Also while we only send: the server opens the window again and again.
  socket.on('data', () => {
    if (transferred(socket) - base >= bytes) rekey();
  });
  socket.once('close', () => clearInterval(timer));
}

/** Every stream that a connection runs on counts: a socket of Node, and those made here. */
function transferred(socket: Duplex): number {
  return count(socket, 'bytesRead') + count(socket, 'bytesWritten');
}

function count(socket: Duplex, name: string): number {
  const value: unknown = Reflect.get(socket, name);
  return typeof value === 'number' ? value : 0;
}
