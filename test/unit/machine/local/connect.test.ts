import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import * as net from 'node:net';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import { connectError, connectLocal } from '../../../../src/machine/local/connect';

const machine = createLocalMachine();
const signal = new AbortController().signal;

async function listen(host: string, onConnection?: (socket: net.Socket) => void): Promise<net.Server> {
  const server = net.createServer(onConnection).listen(0, host);
  await once(server, 'listening');
  return server;
}

function portOf(server: net.Server): number {
  return (server.address() as net.AddressInfo).port;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('LocalMachine.connect', () => {
  it('gives a stream in both directions', async () => {
    const server = await listen('127.0.0.1', (socket) => socket.pipe(socket));
    const stream = await machine.connect({ host: '127.0.0.1', port: portOf(server) }, signal);
    stream.end('echo');
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    assert.equal(chunk.toString(), 'echo');
    await once(stream, 'close');
    server.close();
  });

  it('takes IPv6 literals with and without brackets', async function () {
    const server = await listen('::1').catch(() => undefined);
    if (server === undefined) this.skip();
    for (const host of ['::1', '[::1]']) {
      const stream = await machine.connect({ host, port: portOf(server) }, signal);
      stream.destroy();
    }
    server.close();
  });

  it('takes names', async () => {
    const server = await listen('localhost');
    (await machine.connect({ host: 'localhost', port: portOf(server) }, signal)).destroy();
    server.close();
  });

  it('says that nothing listens', async () => {
    const server = await listen('127.0.0.1');
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    await assert.rejects(machine.connect({ host: '127.0.0.1', port }, signal), (error) => {
      assert.ok(error instanceof ExpectedError);
      assert.equal(error.code, 'refused');
      assert.ok(error.message.startsWith(`127.0.0.1:${port} refused the connection from this machine`));
      return true;
    });
  });

  it('says that a port is none', async () => {
    const connecting = machine.connect({ host: '127.0.0.1', port: 70_000 }, signal);
    await assert.rejects(connecting, (error) => error instanceof ExpectedError && error.code === 'invalid-input');
  });

  describe('where the handshake gets no answer', () => {
    // A process that listens and accepts nothing: when its short queue is full, Linux drops whoever knocks.
    const deaf = `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      require('fs').writeSync(1, String(this.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    })`;
    let port = 0;
    let listener: ChildProcess | undefined;
    const waiting: net.Socket[] = [];
    before(async function () {
      if (process.platform !== 'linux') this.skip();
      listener = spawn(process.execPath, ['-e', deaf], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [text] = (await once(listener.stdout ?? assert.fail(), 'data')) as [Buffer];
      port = Number(text.toString());
      const knock = (): net.Socket => net.connect(port, '127.0.0.1').on('error', () => undefined);
      waiting.push(knock(), knock());
      await Promise.all(waiting.map((socket) => once(socket, 'connect')));
      waiting.push(knock(), knock());
    });
    after(() => {
      for (const socket of waiting) socket.destroy();
      listener?.kill('SIGKILL');
    });
    it('ends at the deadline', async () => {
      const connecting = connectLocal({ host: '127.0.0.1', port }, signal, 100);
      await assert.rejects(connecting, (error) => error instanceof ExpectedError && error.code === 'timed-out');
    });
    it('ends with the signal', async () => {
      const controller = new AbortController();
      const connecting = machine.connect({ host: '127.0.0.1', port }, controller.signal);
      setTimeout(() => controller.abort(), 10);
      await assert.rejects(connecting, CancelledError);
    });
  });

  it('is over for the signal when it is connected', async () => {
    const server = await listen('127.0.0.1');
    const controller = new AbortController();
    const stream = await machine.connect({ host: '127.0.0.1', port: portOf(server) }, controller.signal);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    controller.abort();
    assert.equal(stream.destroyed, false);
    stream.destroy();
    server.close();
  });

  it('leaves later errors to the stream', async () => {
    const server = await listen('127.0.0.1', (socket) => void socket.once('data', () => socket.resetAndDestroy()));
    const stream = await machine.connect({ host: '127.0.0.1', port: portOf(server) }, signal);
    stream.write('x');
    const [error] = (await once(stream, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNRESET');
    server.close();
  });

  it('does not begin after a cancel', async () => {
    await assert.rejects(machine.connect({ host: '127.0.0.1', port: 1 }, AbortSignal.abort()), CancelledError);
  });
});

describe('connectError', () => {
  const address = { host: '2001:db8::1', port: 443 };
  const cases: readonly (readonly [errno: string, code: string, text: RegExp])[] = [
    ['EHOSTUNREACH', 'unreachable', /no route from this machine to \[2001:db8::1\]:443/],
    ['ENETUNREACH', 'unreachable', /\[2001:db8::1\]:443/],
    ['ENOTFOUND', 'not-found', /no address for the name 2001:db8::1/],
    ['EAI_AGAIN', 'failed', /name servers of this machine/],
    ['ETIMEDOUT', 'timed-out', /did not answer this machine/],
    ['ECONNRESET', 'refused', /broke off/],
    ['EADDRNOTAVAIL', 'failed', /address not available \(EADDRNOTAVAIL\)/],
  ];
  for (const [errno, code, text] of cases) {
    it(`says what ${errno} means`, () => {
      const error = connectError(address, errno, systemError(errno));
      assert.ok(error instanceof ExpectedError);
      assert.equal(error.code, code);
      assert.match(error.message, text);
    });
  }

  it('hands on what is no system error', () => {
    const bug = new TypeError('a bug');
    assert.equal(connectError(address, undefined, bug), bug);
  });
});
