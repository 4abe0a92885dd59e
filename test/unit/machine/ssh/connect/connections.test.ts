import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as net from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnections, type ConnectionsParts } from '../../../../../src/machine/ssh/connect/connections';
import type { HostOptions } from '../../../../../src/machine/ssh/options';
import type { Connections, Transport } from '../../../../../src/machine/ssh/transport';
import { freePort, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { failureOf, never, optionsAt, optionsFor, partsWith } from './support';

describe('the connections', () => {
  let server: SshServer;
  const made: Connections[] = [];

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
  });
  after(() => server?.stop());
  afterEach(async () => {
    for (const connections of made.splice(0)) await connections.close();
  });

  const create = (hosts: Readonly<Record<string, HostOptions>>, more: Partial<ConnectionsParts> = {}): Connections => {
    const connections = createConnections(partsWith(undefined, { hosts, ...more }));
    made.push(connections);
    return connections;
  };
  const echo = async (transport: Transport): Promise<string> => {
    const channel = await transport.open({ kind: 'exec', line: 'echo here' }, never);
    return (await text(channel.stdout)).trim();
  };
  const logins = (of: SshServer): number => of.log().match(/Accepted publickey/gu)?.length ?? 0;

  it('are one for all who want the same host, also at the same time', async () => {
    const connections = create({ peer: optionsFor(server) });
    const before = logins(server);
    const all = await Promise.all(Array.from({ length: 20 }, () => connections.get('peer', never)));
    assert.equal(new Set(all).size, 1);
    assert.deepEqual(await Promise.all(all.slice(0, 5).map(echo)), Array(5).fill('here'));
    assert.equal(await connections.get('peer', never), all[0]);
    assert.equal(logins(server) - before, 1);
  });

  it('go on for others when one who waits leaves, and end with the last', async () => {
    const held: net.Socket[] = [];
    const slow = net.createServer((socket) => {
      held.push(socket);
      socket.on('error', () => undefined);
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const { port } = slow.address() as net.AddressInfo;
    const connections = create({ slow: optionsAt(port, { alias: 'slow' }) });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = failureOf(connections.get('slow', one.signal));
    const second = failureOf(connections.get('slow', two.signal));
    while (held.length === 0) await pause(10);
    one.abort();
    assert.equal((await first).code, 'CancelledError');
    await pause(50);
    assert.equal(held[0]?.destroyed, false);
    const gone = once(held[0] ?? assert.fail(), 'close');
    held[0]?.resume();
    two.abort();
    assert.equal((await second).code, 'CancelledError');
    await gone;
    slow.close();
  });

  it('are opened anew after they were lost', async () => {
    const connections = create({ peer: optionsFor(server) });
    const first = await connections.get('peer', never);
    await first.open({ kind: 'exec', line: 'kill -9 $PPID' }, never);
    assert.ok((await first.closed) instanceof Error);
    const second = await connections.get('peer', never);
    assert.notEqual(second, first);
    assert.equal(await echo(second), 'here');
  });

  it('leave a host alone for a while that cannot be reached, and tell why; success ends that', async () => {
    let now = 0;
    const port = await freePort();
    let reachable = false;
    const down = optionsAt(port, { alias: 'peer' });
    const connections = create(
      {},
      { now: () => now, resolve: () => Promise.resolve(reachable ? optionsFor(server, { alias: 'peer' }) : down) },
    );
    const first = await failureOf(connections.get('peer', never));
    assert.equal(first.code, 'refused');
    now = 999;
    const waiting = await failureOf(connections.get('peer', never));
    assert.ok(waiting.message.startsWith(first.message) && /1 s/u.test(waiting.message), waiting.message);
    now = 1_000;
    assert.equal((await failureOf(connections.get('peer', never))).message, first.message);
    now = 2_500;
    assert.match((await failureOf(connections.get('peer', never))).message, /1 s/u);
    reachable = true;
    assert.equal(await echo(await connections.get('peer', never)), 'here');
  });

  it('to a jump host are shared by the hosts behind it', async () => {
    const gate = await startSshServer({ alias: 'gate' });
    try {
      const names = Array.from({ length: 12 }, (_, index) => `host${index}`);
      const inner = names.map((alias) => [alias, optionsFor(server, { alias, proxyJump: ['gate'] })] as const);
      const hosts = { gate: optionsFor(gate), ...Object.fromEntries(inner) };
      const connections = create(hosts);
      const all = await Promise.all(names.map((name) => connections.get(name, never)));
      assert.deepEqual(await Promise.all(all.map(echo)), Array(12).fill('here'));
      assert.equal(logins(gate), 1);
      (await connections.get('gate', never)).close();
      await Promise.all(all.map(({ closed }) => closed));
      assert.equal(await echo(await connections.get('host3', never)), 'here');
    } finally {
      await gate.stop();
    }
  });

  it('are closed when nobody has used them for a while, and not while somebody does', async () => {
    const connections = create({ peer: optionsFor(server) }, { idleMs: () => 150 });
    const transport = await connections.get('peer', never);
    const channel = await transport.open({ kind: 'exec', line: 'sleep 0.6; echo here' }, never);
    assert.match(await text(channel.stdout), /here/u);
    await channel.ended;
    assert.equal(await transport.closed, undefined);
    const again = await connections.get('peer', never);
    assert.notEqual(again, transport);
    assert.equal(await echo(again), 'here');
  });

  it('are opened 32 at a time and no more', async () => {
    const held = new Set<net.Socket>();
    let holding = true;
    const mute = net.createServer((socket) => {
      socket.on('error', () => undefined).on('close', () => held.delete(socket));
      if (holding) held.add(socket);
      else socket.destroy();
    });
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as net.AddressInfo;
    const names = Array.from({ length: 100 }, (_, index) => `h${index}`);
    const connections = create(Object.fromEntries(names.map((alias) => [alias, optionsAt(port, { alias })])));
    const failures = Promise.all(names.map((name) => failureOf(connections.get(name, never))));
    while (held.size < 32) await pause(10);
    await pause(150);
    assert.equal(held.size, 32);
    holding = false;
    for (const socket of held) socket.destroy();
    assert.deepEqual([...new Set((await failures).map(({ code }) => code))], ['closed']);
    mute.close();
  });

  it('are opened ten at a time through one jump host', async () => {
    const gate = await startSshServer({ alias: 'gate' });
    const held = new Set<net.Socket>();
    const mute = net.createServer((socket) => {
      held.add(socket.on('error', () => undefined).on('close', () => held.delete(socket)));
    });
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as net.AddressInfo;
    const cancelling = new AbortController();
    try {
      const names = Array.from({ length: 25 }, (_, index) => `h${index}`);
      const inner = names.map((alias) => [alias, optionsAt(port, { alias, proxyJump: ['gate'] })] as const);
      const connections = create({ gate: optionsFor(gate), ...Object.fromEntries(inner) });
      const failures = Promise.all(names.map((name) => failureOf(connections.get(name, cancelling.signal))));
      while (held.size < 10) await pause(10);
      await pause(150);
      assert.equal(held.size, 10);
      cancelling.abort();
      await failures;
    } finally {
      for (const socket of held) socket.destroy();
      mute.close();
      await gate.stop();
    }
  });

  for (const [cipher, compression] of [
    ['aes128-gcm@openssh.com', false],
    ['aes256-gcm@openssh.com', true],
    ['aes256-ctr', false],
    ['chacha20-poly1305@openssh.com', false],
  ] as const) {
    it(`read into the same memory and mix nothing up (${cipher}, compression ${compression})`, async () => {
      const names = ['one', 'two', 'three'];
      const options = { ciphers: [cipher], compression, rekeyLimit: { bytes: 2_000_000, seconds: null } };
      const connections = create(
        Object.fromEntries(names.map((alias) => [alias, optionsFor(server, { alias, ...options })])),
      );
      const exchange = async (name: string): Promise<void> => {
        const bytes = randomBytes(5_000_000);
        const channel = await (await connections.get(name, never)).open({ kind: 'exec', line: 'cat' }, never);
        channel.stdin.end(bytes);
        assert.ok((await buffer(channel.stdout)).equals(bytes), name);
      };
      await Promise.all([...names, ...names].map(exchange));
    });
  }

  it('end all together', async () => {
    const connections = create({ peer: optionsFor(server) });
    const transport = await connections.get('peer', never);
    await connections.close();
    assert.equal(await transport.closed, undefined);
    assert.equal((await failureOf(connections.get('peer', never))).code, 'closed');
  });
});
