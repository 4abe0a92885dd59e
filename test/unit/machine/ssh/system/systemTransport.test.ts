import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError, ExpectedError } from '../../../../../src/lib/errors';
import type { Transport } from '../../../../../src/machine/ssh/transport';
import { systemTransport } from '../../../../../src/machine/ssh/system/systemTransport';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { connectTo, firstLine, isRunning, never, optionsFor, outcomeOf, partsFor, read, run } from './support';

const MEGABYTES = 50;

function answers(socket: net.Socket): Promise<boolean> {
  return once(socket, 'connect').then(
    () => (socket.on('error', () => undefined).destroy(), true),
    () => false,
  );
}

describe('a connection by the system’s ssh', () => {
  let server: SshServer;
  let transport: Transport;
  let temp: string;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    temp = fs.mkdtempSync(path.join(os.tmpdir(), 'sys-'));
    server = await startSshServer({
      config: ['LogLevel INFO', 'AcceptEnv OPSDECK_*', 'AllowStreamLocalForwarding yes'],
    });
    transport = await connectTo(server, { setEnv: { OPSDECK_TEST: 'a b' } }, { tempFolder: temp });
  });

  after(async () => {
    transport?.close();
    await transport?.closed;
    await server?.stop();
    if (temp !== undefined) {
      assert.deepEqual(fs.readdirSync(temp), [], 'no private folder stays');
      fs.rmdirSync(temp);
    }
  });

  it('runs commands: exit code, stdout and stderr apart, environment', async () => {
    assert.equal(transport.kind, 'system');
    assert.deepEqual(await run(transport, 'echo out; echo err >&2; printf %s "$OPSDECK_TEST"; exit 7'), {
      exitCode: 7,
      signal: null,
      stdout: 'out\na b',
      stderr: 'err\n',
    });
  });

  it('tells an exit code of 255 and a signal apart from a lost connection', async () => {
    assert.equal((await run(transport, 'exit 255')).exitCode, 255);
    const ended = await run(transport, 'kill -TERM $$');
    assert.deepEqual([ended.exitCode, ended.signal], [null, 'TERM']);
  });

  it('carries 50 MB there and back intact', async function () {
    this.timeout(60_000);
    const channel = await transport.open({ kind: 'exec', line: 'cat' }, never);
    const sent = createHash('sha256');
    const received = createHash('sha256');
    const writing = (async () => {
      for (let index = 0; index < MEGABYTES; index++) {
        const chunk = Buffer.alloc(1_000_000, `${index} `);
        sent.update(chunk);
        if (!channel.stdin.write(chunk)) await once(channel.stdin, 'drain');
      }
      channel.stdin.end();
    })();
    let length = 0;
    for await (const chunk of channel.stdout) {
      received.update(chunk as Buffer);
      length += (chunk as Buffer).length;
    }
    await writing;
    assert.equal(length, MEGABYTES * 1_000_000);
    assert.equal(received.digest('hex'), sent.digest('hex'));
    assert.deepEqual(await channel.ended, { exitCode: 0, signal: null });
  });

  it('holds up a program whose output nobody reads', async () => {
    const channel = await transport.open({ kind: 'exec', line: 'echo $$; exec head -c 30000000 /dev/zero' }, never);
    const pid = Number(await firstLine(channel.stdout));
    channel.stdout.pause();
    await pause(400);
    assert.ok(isRunning(pid), 'head cannot be done while nobody reads');
    channel.stdout.resume();
    assert.deepEqual(await channel.ended, { exitCode: 0, signal: null });
  });

  it('opens a terminal of a size and changes it', async () => {
    const line = 'stty size; trap "stty size; exit 3" WINCH; echo ready; while :; do sleep 0.05; done';
    const channel = await transport.open({ kind: 'exec', line, terminal: { columns: 90, rows: 31 } }, never);
    let text = '';
    channel.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('ready\r\n')) channel.resize({ columns: 132, rows: 50 });
    });
    assert.deepEqual(await channel.ended, { exitCode: 3, signal: null });
    assert.equal(text, '31 90\r\nready\r\n50 132\r\n');
  });

  it('opens a shell', async () => {
    const channel = await transport.open({ kind: 'shell', terminal: { columns: 80, rows: 24 } }, never);
    channel.stdin.write('echo sum-$((40+2)); exit 5\n');
    const { stdout, exitCode } = await outcomeOf(channel);
    assert.match(stdout, /sum-42/);
    assert.equal(exitCode, 5);
  });

  it('speaks SFTP by a subsystem, and says where there is none', async () => {
    const channel = await transport.open({ kind: 'subsystem', name: 'sftp' }, never);
    channel.stdin.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3])); // SSH_FXP_INIT, version 3
    const [answer] = (await once(channel.stdout, 'data')) as [Buffer];
    assert.deepEqual([...answer.subarray(4, 9)], [2, 0, 0, 0, 3]);
    channel.close();
    await channel.ended;
    await assert.rejects(transport.open({ kind: 'subsystem', name: 'nothing' }, never), (error) => {
      assert.ok(error instanceof ExpectedError && error.code === 'refused');
      return /peer.*no subsystem “nothing”/.test(error.message);
    });
  });

  it('ends the program when its channel is closed', async () => {
    const channel = await transport.open(
      { kind: 'exec', line: 'echo $$; exec sleep 1000', terminal: { columns: 80, rows: 24 } },
      never,
    );
    const pid = Number(await firstLine(channel.stdout));
    assert.ok(isRunning(pid));
    channel.close();
    await channel.ended;
    while (isRunning(pid)) await pause(20);
  });

  it('connects from the host by TCP and unix sockets, each side half-closing by itself', async () => {
    const echo = net.createServer({ allowHalfOpen: true }, (socket) => {
      void read(socket).then((all) => socket.end(`${all.length} bytes`));
    });
    const unixPath = path.join(server.folder, 'echo');
    const ends = [
      { kind: 'tcp', host: '127.0.0.1', port: 0 },
      { kind: 'unix', path: unixPath },
    ] as const;
    for (const end of ends) {
      const listener = echo.listen(end.kind === 'tcp' ? { port: 0, host: end.host } : { path: end.path });
      await once(listener, 'listening');
      const address = listener.address() as net.AddressInfo;
      const stream = await transport.connect(end.kind === 'tcp' ? { ...end, port: address.port } : end, never);
      stream.end(Buffer.alloc(300_000));
      assert.equal((await read(stream)).toString(), '300000 bytes');
      await new Promise((resolve) => listener.close(resolve));
    }
  });

  it('says why a connection from the host failed', async () => {
    const unused = net.createServer().listen(0, '127.0.0.1');
    await once(unused, 'listening');
    const { port } = unused.address() as net.AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    await assert.rejects(transport.connect({ kind: 'tcp', host: '127.0.0.1', port }, never), (error) => {
      return error instanceof ExpectedError && error.code === 'refused' && error.message.includes(`127.0.0.1:${port}`);
    });
    const missing = { kind: 'tcp', host: 'no-such-name.invalid', port: 80 } as const;
    await assert.rejects(transport.connect(missing, never), { name: 'ExpectedError' });
  });

  it('listens on the host, by a free port and by a unix socket', async () => {
    const unix = path.join(server.folder, 'listen');
    for (const end of [
      { kind: 'tcp', host: '127.0.0.1', port: 0 },
      { kind: 'unix', path: unix },
    ] as const) {
      const serve = (stream: Duplex): void => void read(stream).then((all) => stream.end(all.toString().toUpperCase()));
      const listener = await transport.listen(end, serve, never);
      const found = listener.end;
      if (found.kind === 'tcp') assert.ok(found.port > 0);
      const reach = (): net.Socket =>
        net.connect(found.kind === 'tcp' ? { port: found.port, host: found.host } : { path: found.path });
      const client = reach();
      client.end('hello');
      assert.equal((await read(client)).toString(), 'HELLO');
      await listener.close();
      // ssh does not wait until the host has done it.
      while (await answers(reach())) await pause(20);
    }
  });

  it('says that the host cannot listen', async () => {
    const end = { kind: 'tcp', host: '127.0.0.1', port: server.port } as const;
    await assert.rejects(
      transport.listen(end, () => undefined, never),
      { name: 'ExpectedError', code: 'refused' },
    );
  });

  it('opens many channels at the same time', async function () {
    this.timeout(60_000);
    const results = await Promise.all(Array.from({ length: 40 }, (_, index) => run(transport, `echo ${index}`)));
    assert.deepEqual(
      results.map(({ stdout }) => stdout),
      results.map((_, index) => `${index}\n`),
    );
  });

  it('is told when the connection is lost, by every channel', async () => {
    const own = await connectTo(server);
    const channel = await own.open({ kind: 'exec', line: 'echo $PPID; sleep 1000' }, never);
    process.kill(Number(await firstLine(channel.stdout)), 'SIGKILL');
    await assert.rejects(channel.ended, { name: 'ExpectedError', code: 'closed' });
    const reason = await own.closed;
    assert.ok(reason instanceof ExpectedError && reason.code === 'closed', String(reason));
    await assert.rejects(own.open({ kind: 'exec', line: 'true' }, never), { code: 'closed' });
  });

  it('ends when it is closed, without a reason', async () => {
    const own = await connectTo(server);
    const channel = await own.open({ kind: 'exec', line: 'sleep 1000' }, never);
    own.close();
    assert.equal(await own.closed, undefined);
    await assert.rejects(channel.ended, { code: 'closed' });
  });

  it('is cancelled while it connects', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    const controller = new AbortController();
    silent.once('connection', () => controller.abort());
    const connecting = systemTransport(optionsFor(server, { port }), partsFor({ tempFolder: temp }), controller.signal);
    await assert.rejects(connecting, CancelledError);
    silent.close();
  });
});
