import * as http from 'node:http';
import { once } from 'node:events';
import type * as net from 'node:net';

/** A web server on loopback that says the text. */
export async function sayer(text: string): Promise<{ readonly port: number; close(): void }> {
  const server = http.createServer((_request, response) => response.end(text));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function fetched(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(20_000),
  });
  return response.text();
}
