import type { SocketEntry, SocketsResult } from '../../core/sockets/schema';

/** So many connections that a process does not close are no accident. */
const MANY_CLOSE_WAIT = 50;

/** The kernel lets one more wait than the limit says. */
export function isBacklogFull({ backlog }: SocketEntry): boolean {
  return backlog !== null && backlog.limit !== null && backlog.limit > 0 && backlog.waiting > backlog.limit;
}

/** A process that keeps connections which the other side has closed. */
export interface Hoarder {
  readonly pid: number;
  readonly name: string;
  readonly connections: number;
}

export function closeWaitHoarder({ sockets }: SocketsResult): Hoarder | null {
  const counts = new Map<number, Hoarder>();
  let most: Hoarder | null = null;
  for (const { state, owners } of sockets) {
    const [owner] = owners;
    if (state !== 'close-wait' || owner === undefined) continue;
    const hoarder = { ...owner, connections: (counts.get(owner.pid)?.connections ?? 0) + 1 };
    counts.set(owner.pid, hoarder);
    if (hoarder.connections >= MANY_CLOSE_WAIT && hoarder.connections > (most?.connections ?? 0)) most = hoarder;
  }
  return most;
}
