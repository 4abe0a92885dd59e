import type { Transport } from '../transport';

/** The same transport, which tells whether anybody uses it: has a channel, a connection or a listener open. */
export interface TrackedTransport {
  readonly transport: Transport;
  /** Counts a user until what it returns is called. */
  use(): () => void;
}

/** `onIdle` is called when the last user has gone, `onBusy` when the first one comes. */
export function trackTransport(inner: Transport, onBusy: () => void, onIdle: () => void): TrackedTransport {
  let users = 0;
  const use = (): (() => void) => {
    users += 1;
    if (users === 1) onBusy();
    let done = false;
    return () => {
      if (done) return;
      done = true;
      users -= 1;
      if (users === 0) onIdle();
    };
  };
  const during = async <T>(work: Promise<T>, untilOver: (value: T, over: () => void) => void): Promise<T> => {
    const over = use();
    try {
      const value = await work;
      untilOver(value, over);
      return value;
    } catch (error) {
      over();
      throw error;
    }
  };
  const transport: Transport = {
    kind: inner.kind,
    remarks: inner.remarks,
    closed: inner.closed,
    close: () => inner.close(),
    ...('facts' in inner ? { facts: inner.facts } : {}),
    open: (request, signal) =>
      during(inner.open(request, signal), (channel, over) => void channel.ended.then(over, over)),
    connect: (target, signal) => during(inner.connect(target, signal), (duplex, over) => duplex.once('close', over)),
    listen: async (end, onConnection, signal) => {
      const counted: typeof onConnection = (connection, from) => {
        connection.once('close', use());
        onConnection(connection, from);
      };
      const over = use();
      try {
        const listener = await inner.listen(end, counted, signal);
        return { end: listener.end, close: () => listener.close().finally(over) };
      } catch (error) {
        over();
        throw error;
      }
    },
  };
  return { transport, use };
}
