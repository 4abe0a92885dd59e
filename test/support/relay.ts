import * as net from 'node:net';

/** Stands between a client and a server on this machine, and counts how often the two wait for each other. */
export interface Relay {
  readonly port: number;
  /** How often so far the server has answered to what the client had sent. */
  roundTrips(): number;
  stop(): Promise<void>;
}

/** `gatherMs`: what the server sends within so long comes in one piece. */
export async function startRelay(serverPort: number, gatherMs = 0): Promise<Relay> {
  const sockets = new Set<net.Socket>();
  let count = 0;
  const relay = net.createServer({ noDelay: true }, (client) => {
    const server = net.connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    let isAsked = false;
    client.on('data', (chunk) => {
      isAsked = true;
      server.write(chunk);
    });
    const gathered: Buffer[] = [];
    const flush = (): void => void client.write(Buffer.concat(gathered.splice(0)));
    server.on('data', (chunk) => {
      if (isAsked) count += 1;
      isAsked = false;
      if (gatherMs === 0) client.write(chunk);
      else if (gathered.push(chunk) === 1) setTimeout(flush, gatherMs);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    port: (relay.address() as net.AddressInfo).port,
    roundTrips: () => count,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => relay.close(() => resolve()));
    },
  };
}
