import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as net from 'node:net';
import * as path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { connectHost } from '../../../../../src/machine/ssh/connect/connectHost';
import type { Channel, ChannelRequest, Transport } from '../../../../../src/machine/ssh/transport';
import { startRelay } from '../../../../support/relay';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { failureOf, never, optionsFor, partsWith } from './support';

describe('the ssh2 transport', () => {
  let server: SshServer;
  let transport: Transport;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['AcceptEnv OPSDECK_*', 'MaxSessions 4', 'LogLevel INFO'] });
  });
  after(() => server?.stop());
  beforeEach(async () => {
    const setEnv = { OPSDECK_TEST: 'set' };
    transport = await connectHost(optionsFor(server, { setEnv }), partsWith(), never);
  });
  afterEach(() => transport.close());

  const run = (line: string, more: Partial<Extract<ChannelRequest, { kind: 'exec' }>> = {}): Promise<Channel> =>
    transport.open({ kind: 'exec', line, ...more }, never);

  it('runs a line: output, errors and exit status apart', async () => {
    const channel = await run('echo out; echo err >&2; exit 7');
    channel.stdin.end();
    const [out, err, ended] = await Promise.all([text(channel.stdout), text(channel.stderr), channel.ended]);
    assert.deepEqual([out, err, ended], ['out\n', 'err\n', { exitCode: 7, signal: null }]);
  });

  it('knows how a short command has ended whose answers all come in one piece', async () => {
    const relay = await startRelay(server.port, 150);
    const options = optionsFor(server, { port: relay.port, strictHostKeyChecking: 'no', userKnownHostsFiles: [] });
    const gathering = await connectHost(options, partsWith(), never);
    try {
      for (let round = 0; round < 5; round += 1) {
        const channel = await gathering.open({ kind: 'exec', line: 'echo out; exit 7' }, never);
        assert.deepEqual([await text(channel.stdout), await channel.ended], ['out\n', { exitCode: 7, signal: null }]);
      }
    } finally {
      gathering.close();
      await relay.stop();
    }
  });

  it('sends bytes that are no UTF-8, and the environment that the options name', async () => {
    const channel = await run('printf \'\udcff\'; printf "$OPSDECK_TEST"');
    assert.deepEqual(await buffer(channel.stdout), Buffer.concat([Buffer.from([0xff]), Buffer.from('set')]));
  });

  it('gives a terminal and changes its size', async () => {
    const channel = await run('stty size; read x; stty size', { terminal: { columns: 91, rows: 37 } });
    await once(channel.stdout, 'readable');
    channel.resize({ columns: 100, rows: 40 });
    await pause(50);
    channel.stdin.write('\n');
    assert.match(await text(channel.stdout), /37 91[\s\S]*40 100/u);
  });

  it('carries bytes both ways unharmed', async () => {
    const bytes = randomBytes(5_000_000);
    const channel = await run('cat');
    channel.stdin.end(bytes);
    assert.ok((await buffer(channel.stdout)).equals(bytes));
    assert.deepEqual(await channel.ended, { exitCode: 0, signal: null });
  });

  it('holds the sender up when nobody reads, and loses nothing', async () => {
    const channel = await run('head -c 40000000 /dev/zero; echo done >&2');
    await pause(400);
    assert.ok(channel.stdout.readableLength < 1_000_000);
    assert.equal(channel.stderr.readableLength, 0, 'it is done although nobody read');
    let length = 0;
    channel.stdout.on('data', (chunk: Buffer) => (length += chunk.length));
    assert.equal(await text(channel.stderr), 'done\n');
    await channel.ended;
    assert.equal(length, 40_000_000);
  });

  it('holds the sender up when only one of stdout and stderr is read', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const channel = await run(
      'i=0; while [ $i -lt 60 ]; do head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; i=$((i+1)); done',
    );
    let length = 0;
    channel.stdout.on('data', (chunk: Buffer) => (length += chunk.length));
    await pause(700);
    assert.ok(length < 20_000_000, `stdout went on: ${length}`);
    assert.ok(process.memoryUsage().arrayBuffers - before < 40_000_000);
    const [errors] = await Promise.all([buffer(channel.stderr), channel.ended]);
    assert.deepEqual([errors.length, length], [60_000_000, 60_000_000]);
  });

  it('holds its own writer up while the program does not read', async () => {
    const channel = await run('sleep 0.5; wc -c');
    const block = Buffer.alloc(1_000_000);
    let accepted = 0;
    while (accepted < 50 && channel.stdin.write(block)) accepted += 1;
    assert.ok(accepted < 10, `${accepted} blocks were taken`);
    channel.stdin.end();
    assert.match(await text(channel.stdout), /^\d+\n$/u);
  });

  it('ends a channel at once when it is closed, whatever the program does', async () => {
    const channel = await run('exec sleep 60');
    channel.close();
    assert.deepEqual(await channel.ended, { exitCode: null, signal: null });
  });

  it('opens a subsystem, and gives the session back when there is none of that name', async () => {
    for (let round = 0; round < 6; round++) {
      const { code } = await failureOf(transport.open({ kind: 'subsystem', name: 'no-such' }, never));
      assert.equal(code, 'refused');
    }
    const sftp = await transport.open({ kind: 'subsystem', name: 'sftp' }, never);
    sftp.stdin.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]));
    const [version] = (await once(sftp.stdout, 'data')) as [Buffer];
    assert.equal(version[4], 2);
    sftp.close();
  });

  it('says that MaxSessions may be reached', async () => {
    for (let count = 0; count < 4; count++) await run('sleep 60');
    const { code, message } = await failureOf(run('true'));
    assert.equal(code, 'refused');
    assert.match(message, /MaxSessions/u);
  });

  it('connects from the host: TCP, a Unix socket, and why not', async () => {
    const echo = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const { port } = echo.address() as net.AddressInfo;
    const tcp = await transport.connect({ kind: 'tcp', host: '127.0.0.1', port }, never);
    tcp.end('hello');
    assert.equal(await text(tcp), 'hello');
    echo.close();
    const file = path.join(server.folder, 'echo.sock');
    const unix = net.createServer((socket) => socket.pipe(socket)).listen(file);
    await once(unix, 'listening');
    const local = await transport.connect({ kind: 'unix', path: file }, never);
    local.end('hello');
    assert.equal(await text(local), 'hello');
    unix.close();
    const { code, message } = await failureOf(transport.connect({ kind: 'tcp', host: '127.0.0.1', port }, never));
    assert.equal(code, 'refused');
    assert.match(message, /cannot reach 127\.0\.0\.1/u);
  });

  it('listens on the host: TCP with a free port, and a Unix socket', async () => {
    const answer = (connection: NodeJS.ReadWriteStream): void => void connection.end('from here');
    const tcp = await transport.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 }, answer, never);
    assert.ok(tcp.end.kind === 'tcp' && tcp.end.port > 0);
    assert.equal(await text(net.connect(tcp.end.port, '127.0.0.1')), 'from here');
    await tcp.close();
    const refused = net.connect(tcp.end.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
    const file = path.join(server.folder, 'listen.sock');
    const unix = await transport.listen({ kind: 'unix', path: file }, answer, never);
    assert.equal(await text(net.connect(file)), 'from here');
    await unix.close();
  });

  it('tells everybody when the connection is lost', async () => {
    const channel = await run('sleep 60');
    const tunnel = await transport.connect({ kind: 'tcp', host: '127.0.0.1', port: server.port }, never);
    const broken = once(tunnel, 'error') as Promise<[Error & { code: string }]>;
    await run(`kill -9 $PPID`);
    assert.equal((await failureOf(channel.ended)).code, 'closed');
    assert.equal((await broken)[0].code, 'closed');
    assert.equal(((await transport.closed) as Error & { code: string }).code, 'closed');
    assert.equal((await failureOf(run('true'))).code, 'closed');
  });

  it('has no reason for an end that was asked for', async () => {
    transport.close();
    assert.equal(await transport.closed, undefined);
  });

  it('carries 64 MB intact over several key exchanges of its own, both ways', async function () {
    this.timeout(60_000);
    const talkative = await startSshServer({ config: ['LogLevel DEBUG1'] });
    const rekeyLimit = { bytes: 8_000_000, seconds: null };
    const rekeying = await connectHost(optionsFor(talkative, { rekeyLimit }), partsWith(), never);
    try {
      const block = randomBytes(1_000_000);
      const sent = createHash('sha256');
      const channel = await rekeying.open({ kind: 'exec', line: 'cat' }, never);
      const received = createHash('sha256');
      channel.stdout.on('data', (chunk: Buffer) => received.update(chunk));
      for (let count = 0; count < 64; count++) {
        sent.update(block);
        if (!channel.stdin.write(block)) await once(channel.stdin, 'drain');
      }
      channel.stdin.end();
      assert.deepEqual(await channel.ended, { exitCode: 0, signal: null });
      assert.equal(received.digest('hex'), sent.digest('hex'));
      const exchanges = talkative.log().match(/SSH2_MSG_NEWKEYS received/gu)?.length ?? 0;
      assert.ok(exchanges >= 5, `${exchanges} key exchanges`);
    } finally {
      rekeying.close();
      await talkative.stop();
    }
  });

  it('exchanges keys by time', async () => {
    const talkative = await startSshServer({ config: ['LogLevel DEBUG1'] });
    const rekeying = await connectHost(
      optionsFor(talkative, { rekeyLimit: { bytes: null, seconds: 0.2 } }),
      partsWith(),
      never,
    );
    try {
      await talkative.logged(/(SSH2_MSG_NEWKEYS received[\s\S]*){3}/u);
      const channel = await rekeying.open({ kind: 'exec', line: 'echo still' }, never);
      assert.match(await text(channel.stdout), /still/u);
    } finally {
      rekeying.close();
      await talkative.stop();
    }
  });
});
