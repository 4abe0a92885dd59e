import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseTunnelSpec } from '../../../../../src/machine/ssh/tunnels/spec';
import { openTunnel } from '../../../../../src/machine/ssh/tunnels/tunnel';
import type { Transport } from '../../../../../src/machine/ssh/transport';
import type { Tunnel, TunnelSpec, TunnelState } from '../../../../../src/machine/tunnel';
import { freePort, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { connectTo, firstLine, never, read } from '../system/support';

const run = promisify(execFile);

async function listen(server: net.Server, end: net.ListenOptions = { port: 0, host: '127.0.0.1' }): Promise<number> {
  server.listen(end);
  await once(server, 'listening');
  return end.path === undefined ? (server.address() as net.AddressInfo).port : 0;
}

/** Says how much it got, when the other side has ended its sending. */
function counter(): net.Server {
  return net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    void read(socket).then(
      (all) => socket.end(`${all.length} bytes`),
      () => undefined,
    );
  });
}

/** That it is broken off is what some tests are about: whoever reads is told. */
function dial(options: net.NetConnectOpts): net.Socket {
  return net.connect(options).on('error', () => undefined);
}

function portOf(tunnel: Tunnel): number {
  assert.ok(tunnel.listen.kind === 'tcp');
  return tunnel.listen.port;
}

async function sends(connection: net.Socket, bytes: number): Promise<string> {
  connection.end(Buffer.alloc(bytes, 'x'));
  return (await read(connection)).toString();
}

async function until(tunnel: Tunnel, phase: TunnelState['phase']): Promise<void> {
  while (tunnel.state().phase !== phase) await pause(10);
}

/** sshd may still take a connection that comes while it stops to listen; it closes it at once. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const socket = dial({ host: '127.0.0.1', port });
    const connected = await once(socket, 'connect').then(
      () => true,
      (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED',
    );
    socket.destroy();
    if (!connected) return;
    await pause(10);
  }
}

describe('tunnels', () => {
  let server: SshServer;
  let transport: Transport;
  /** A connection that is on its way. */
  let anew: Promise<Transport> | undefined;
  let opened = 0;
  const target = counter();
  let targetPort = 0;
  const tunnels: Tunnel[] = [];
  const log: string[] = [];

  async function open(spec: TunnelSpec, signal = never): Promise<Tunnel> {
    const parts = {
      transport: () => {
        opened++;
        return anew ?? Promise.resolve(transport);
      },
      onLog: (message: string) => void log.push(message),
      pausesMs: [20],
      holdMs: 5_000,
    };
    const tunnel = await openTunnel(spec, parts, signal);
    tunnels.push(tunnel);
    return tunnel;
  }

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['LogLevel INFO'] });
    transport = await connectTo(server);
    targetPort = await listen(target);
  });

  afterEach(async () => {
    await Promise.all(tunnels.splice(0).map((tunnel) => tunnel.close()));
  });

  after(async () => {
    transport?.close();
    await transport?.closed;
    target.close();
    await server?.stop();
  });

  it('carry connections from here, half-closed, with counts', async () => {
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${targetPort}`));
    for (const host of ['127.0.0.1', 'localhost']) {
      assert.equal(await sends(dial({ host, port: portOf(tunnel) }), 300_000), '300000 bytes');
    }
    while (tunnel.state().openConnections > 0) await pause(5);
    assert.deepEqual(tunnel.state(), {
      phase: 'open',
      openConnections: 0,
      totalConnections: 2,
      sentBytes: 600_000,
      receivedBytes: 24,
      message: '',
    });
  });

  it('carry connections from the host, and listen there again at the same port after a loss', async () => {
    const spec = parseTunnelSpec('remote', `127.0.0.1:${await freePort()}:127.0.0.1:${targetPort}`);
    const tunnel = await open(spec);
    assert.equal(await sends(dial({ host: '127.0.0.1', port: portOf(tunnel) }), 1_000), '1000 bytes');
    const found = portOf(tunnel);
    transport.close();
    await until(tunnel, 'waiting');
    transport = await connectTo(server);
    await until(tunnel, 'open');
    assert.equal(portOf(tunnel), found);
    assert.equal(await sends(dial({ host: '127.0.0.1', port: found }), 1_000), '1000 bytes');
    await tunnel.close();
    await untilRefused(found);
  });

  it('join unix sockets: for this user only, a stale one replaced, another file refused, removed on close', async () => {
    const there = path.join(server.folder, 'there');
    const here = path.join(server.folder, 'here');
    const echo = counter();
    await listen(echo, { path: there });
    fs.writeFileSync(here, '');
    await assert.rejects(open(parseTunnelSpec('local', `${here}:${there}`)), { code: 'exists' });
    fs.unlinkSync(here);
    await run(process.execPath, [
      '-e',
      'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))',
      here,
    ]).catch(() => undefined);
    assert.ok(fs.lstatSync(here).isSocket());
    const tunnel = await open(parseTunnelSpec('local', `${here}:${there}`));
    assert.equal(fs.statSync(here).mode & 0o777, 0o600);
    assert.equal(await sends(dial({ path: here }), 5), '5 bytes');
    await assert.rejects(open(parseTunnelSpec('local', `${here}:${there}`)), { code: 'exists' });
    await tunnel.close();
    assert.equal(fs.existsSync(here), false);
    echo.close();
  });

  it('say that a port is in use', async () => {
    await assert.rejects(open(parseTunnelSpec('local', `127.0.0.1:${targetPort}:a:80`)), { code: 'in-use' });
  });

  it('are SOCKS proxies for curl, with names resolved by the host', async function () {
    if (!fs.existsSync('/usr/bin/curl')) this.skip();
    const web = http.createServer((request, response) => response.end(`got ${request.url}`));
    const webPort = await listen(web);
    const tunnel = await open(parseTunnelSpec('dynamic', '0'));
    const proxy = `localhost:${portOf(tunnel)}`;
    for (const option of ['--socks4', '--socks4a', '--socks5', '--socks5-hostname']) {
      for (const host of option === '--socks4' ? ['127.0.0.1'] : ['127.0.0.1', 'localhost']) {
        const args = ['-sS', '--max-time', '10', option, proxy, `http://${host}:${webPort}/x`];
        assert.equal((await run('curl', args)).stdout, 'got /x', `${option} ${host}`);
      }
    }
    const refused = run('curl', [
      '-sS',
      '--max-time',
      '10',
      '--socks5-hostname',
      proxy,
      `http://127.0.0.1:${await freePort()}/`,
    ]);
    await assert.rejects(
      refused,
      (error: Error & { code: number; stderr: string }) => error.code === 97 && /\(5\)/.test(error.stderr),
    );
    web.close();
  });

  it('take the bytes that a SOCKS client sends along with its request', async () => {
    const tunnel = await open(parseTunnelSpec('dynamic', '0'));
    const client = dial({ host: '127.0.0.1', port: portOf(tunnel), allowHalfOpen: true });
    client.end(Buffer.from([4, 1, targetPort >> 8, targetPort & 255, 127, 0, 0, 1, 0, ...Buffer.from('early')]));
    const answer = await read(client);
    assert.deepEqual([...answer.subarray(0, 2)], [0, 0x5a]);
    assert.equal(answer.subarray(8).toString(), '5 bytes');
  });

  it('close cleanly what cannot be reached, and tell it', async () => {
    const port = await freePort();
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${port}`));
    const client = dial({ host: '127.0.0.1', port: portOf(tunnel) });
    assert.equal((await read(client)).length, 0);
    while (tunnel.state().openConnections > 0) await pause(5);
    assert.match(tunnel.state().message, new RegExp(`127\\.0\\.0\\.1:${port}`));
    assert.equal(tunnel.state().phase, 'open');
  });

  it('hold up a sender whose reader is slow', async () => {
    const taken: net.Socket[] = [];
    const slow = net.createServer({ pauseOnConnect: true }, (socket) => void taken.push(socket));
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${await listen(slow)}`));
    const client = dial({ host: '127.0.0.1', port: portOf(tunnel) });
    client.on('error', () => undefined);
    let sent = 0;
    const all = 60_000_000;
    const chunk = Buffer.alloc(1_000_000);
    const writing = (async () => {
      for (; sent < all; sent += chunk.length) if (!client.write(chunk)) await once(client, 'drain');
      client.end();
    })();
    for (let before = -1; before !== tunnel.state().sentBytes; await pause(300)) before = tunnel.state().sentBytes;
    assert.ok(sent < all, `${sent} bytes went although nobody reads`);
    const [reader] = taken;
    assert.ok(reader !== undefined);
    assert.equal((await read(reader)).length, all);
    await writing;
    slow.close();
  });

  it('carry 500 connections at the same time', async function () {
    this.timeout(60_000);
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${targetPort}`));
    const clients = Array.from({ length: 500 }, () =>
      dial({ host: '127.0.0.1', port: portOf(tunnel), allowHalfOpen: true }),
    );
    await Promise.all(clients.map((client) => once(client, 'connect')));
    while (tunnel.state().openConnections < 500) await pause(10);
    const answers = await Promise.all(clients.map((client, index) => sends(client, index)));
    assert.deepEqual(
      answers,
      clients.map((_, index) => `${index} bytes`),
    );
  });

  it('wait for a lost connection and hold what comes meanwhile', async () => {
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${targetPort}`));
    const phases: string[] = [];
    const stop = tunnel.onChange(() => phases.push(tunnel.state().phase));
    const broken = dial({ host: '127.0.0.1', port: portOf(tunnel) });
    broken.write('x');
    while (tunnel.state().sentBytes === 0) await pause(5);
    const channel = await transport.open({ kind: 'exec', line: 'echo $PPID; sleep 100' }, never);
    const lost = assert.rejects(read(broken), { code: 'ECONNRESET' });
    const before = opened;
    let arrive: (transport: Transport) => void = () => assert.fail();
    anew = new Promise((resolve) => (arrive = resolve));
    process.kill(Number(await firstLine(channel.stdout)), 'SIGKILL');
    await lost;
    await until(tunnel, 'waiting');
    assert.notEqual(tunnel.state().message, '');
    const held = dial({ host: '127.0.0.1', port: portOf(tunnel), allowHalfOpen: true });
    await once(held, 'connect');
    transport = await connectTo(server);
    arrive(transport);
    anew = undefined;
    assert.equal(await sends(held, 7), '7 bytes');
    assert.ok(opened > before);
    assert.deepEqual(phases, ['waiting', 'open']);
    stop();
    await tunnel.close();
    assert.deepEqual(phases, ['waiting', 'open']);
  });

  it('end with their signal, and break what is open', async () => {
    const controller = new AbortController();
    const tunnel = await open(parseTunnelSpec('local', `0:127.0.0.1:${targetPort}`), controller.signal);
    const port = portOf(tunnel);
    const client = dial({ host: '127.0.0.1', port });
    client.write('x');
    while (tunnel.state().sentBytes === 0) await pause(5);
    const lost = assert.rejects(read(client), { code: 'ECONNRESET' });
    controller.abort();
    await lost;
    await tunnel.close();
    assert.equal(tunnel.state().phase, 'closed');
    await assert.rejects(once(dial({ host: '127.0.0.1', port }), 'connect'), { code: 'ECONNREFUSED' });
    await assert.rejects(open(parseTunnelSpec('local', '0:a:80'), controller.signal), { name: 'CancelledError' });
  });
});
