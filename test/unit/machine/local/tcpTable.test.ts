import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createLocalMachine } from '../../../../src/machine/local';

const COUNTS = [1, 20, 21, 22, 23, 24, 25, 120];

describe('LocalMachine.files.readMany of the table of TCP (Linux only)', function () {
  const machine = createLocalMachine();
  const servers: Server[] = [];

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  after(async () => {
    for (const server of servers) server.close();
    await machine.dispose();
  });

  for (const count of COUNTS) {
    it(`has all of ${count} sockets, however the lines fall on the pages`, async () => {
      while (servers.length < count) servers.push(await listening());
      const items = ['/proc/net/tcp', { path: '/proc/[0-9]*/fd', what: 'links' } as const];
      const texts = await machine.files.readMany(items, { signal: new AbortController().signal });
      const table = texts.get('/proc/net/tcp');
      assert.ok(typeof table === 'string' && table.endsWith('\n'));
      const missing = servers.map(portOf).filter((port) => !table.includes(`:${port} 00000000:0000 0A`));
      assert.deepEqual(missing, []);
      assert.ok(texts.has(`/proc/${process.pid}/fd`));
    });
  }
});

async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** As the table writes it. */
function portOf(server: Server): string {
  return (server.address() as AddressInfo).port.toString(16).toUpperCase().padStart(4, '0');
}
