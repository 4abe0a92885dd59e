import { leastOf } from '../kernel/numbers';
import type { SocketEntry, SocketsResult } from './schema';

/** Others can reach it: it listens, or takes datagrams from everybody. */
export function isListening({ protocol, state }: Pick<SocketEntry, 'protocol' | 'state'>): boolean {
  return state === 'listening' || ((protocol === 'udp' || protocol === 'udplite') && state === 'unconnected');
}

/** Who has the port. `sockets`: those with this local port. */
export function answerOf(sockets: readonly SocketEntry[]): NonNullable<SocketsResult['answer']> {
  const here = sockets.filter((socket) => socket.namespace === null);
  const waits = here.filter((socket) => socket.state === 'time-wait').map((socket) => socket.timerMs);
  const leftMs = waits.length === 0 ? null : -(leastOf(waits.map((time) => (time === null ? null : -time))) ?? 0);
  return { outcome: outcomeOf(sockets, here), leftMs };
}

function outcomeOf(
  sockets: readonly SocketEntry[],
  here: readonly SocketEntry[],
): NonNullable<SocketsResult['answer']>['outcome'] {
  const listeners = here.filter(isListening);
  if (listeners.some((socket) => socket.owner !== 'denied')) return 'taken';
  if (listeners.length > 0 || here.some((socket) => socket.owner === 'denied')) return 'denied';
  if (here.some((socket) => socket.owner === 'known')) return 'in-use';
  if (here.length > 0) return 'leftover';
  return sockets.length > 0 ? 'elsewhere' : 'free';
}
