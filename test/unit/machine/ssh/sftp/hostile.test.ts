import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { ExpectedError, isCancelled } from '../../../../../src/lib/errors';
import { listFolder } from '../../../../../src/machine/ssh/sftp/listing';
import { openSftp } from '../../../../../src/machine/ssh/sftp/openSftp';
import type { SftpSession } from '../../../../../src/machine/ssh/sftp/session';
import { sftpFiles } from '../../../../../src/machine/ssh/sftp/sftpFiles';
import { eventually, expected } from './support';

const signal = new AbortController().signal;

/** What a request of the client gets: packets without their length fields, or raw bytes. */
type Answer = (type: number, id: number) => readonly Buffer[] | Buffer;

interface Hostile {
  readonly session: SftpSession;
  /** The type bytes of what the client sent. */
  readonly asked: readonly number[];
  readonly isClosed: () => boolean;
  send(bytes: Buffer): void;
  end(): void;
}

function packet(type: number, ...parts: readonly (number | Buffer | string)[]): Buffer {
  const body = Buffer.concat([Buffer.from([type]), ...parts.map(bytesOf)]);
  return Buffer.concat([uint32(body.length), body]);
}

function bytesOf(part: number | Buffer | string): Buffer {
  if (typeof part === 'number') return uint32(part);
  const bytes = Buffer.from(part as string);
  return typeof part === 'string' ? Buffer.concat([uint32(bytes.length), bytes]) : part;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const VERSION = packet(2, 3);
const status = (id: number, code: number): Buffer => packet(101, id, code, 'said the server', '');

/** A server that answers as the test says. */
async function hostile(answer: Answer, first = VERSION, silenceMs = 5_000): Promise<Hostile> {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const asked: number[] = [];
  let isClosed = false;
  let received = Buffer.alloc(0);
  stdin.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const length = received.readUInt32BE(0);
      const [type, id] = [received.readUInt8(4), received.readUInt32BE(5)];
      received = received.subarray(4 + length);
      asked.push(type);
      const bytes = type === 1 ? first : answer(type, id);
      stdout.write(Buffer.isBuffer(bytes) ? bytes : Buffer.concat(bytes));
    }
  });
  const close = (): void => {
    isClosed = true;
  };
  const session = await openSftp({ stdin, stdout, close }, { machineName: 'evil', silenceMs }, signal);
  const send = (bytes: Buffer): boolean => stdout.write(bytes);
  return { session, asked, isClosed: () => isClosed, send, end: () => stdout.end() };
}

const NOTHING: Answer = () => [];

describe('an SFTP session with a hostile server', () => {
  const refuses = async (answer: Answer, text: RegExp): Promise<void> => {
    const server = await hostile(answer);
    const files = sftpFiles(server.session, 'evil');
    await assert.rejects(files.list('/', signal), expected('protocol', text));
    assert.equal(server.isClosed(), true);
    await assert.rejects(files.stat('/', signal), ExpectedError);
    assert.ok((await server.session.closed) instanceof ExpectedError);
  };

  it('ends it at a length that no packet has', async () => {
    await refuses(() => uint32(0xffff_ffff), /4294967295 bytes/);
    await refuses(() => uint32(0), /0 bytes/);
  });

  it('ends it at an answer to what was not asked', async () => {
    await refuses((_type, id) => status(id + 1, 0), /not asked/);
    await refuses((_type, id) => Buffer.concat([status(id, 4), status(id, 4)]), /not asked|does not answer/).catch(
      // The first of the two is a right answer.
      (error: unknown) => assert.match(String(error), /said the server/),
    );
  });

  it('ends it at a packet that is another than asked for, or too short', async () => {
    await refuses((_type, id) => packet(105, id, 0), /packet 105 does not answer opendir/);
    await refuses((_type, id) => status(id, 0), /packet 101 does not answer/);
    await refuses((_type, id) => packet(102, id, 1_000), /ends before its fields/);
    await refuses((_type, id) => packet(102, id, 'h'.repeat(257)), /handle is too long/);
    await refuses((type, id) => (type === 11 ? packet(102, id, 'h') : packet(104, id, 0xffff_ffff)), /its names/);
  });

  it('takes no name that is a path', async () => {
    for (const name of ['../escape', '/etc/passwd', '', 'a\0b']) {
      await refuses((type, id) => (type === 11 ? packet(102, id, 'h') : packet(104, id, 1, name, '', 0)), /is a path/);
    }
  });

  it('takes no more content than it asked for', async () => {
    const server = await hostile((type, id) => {
      if (type === 17) return packet(105, id, 1, 0, 10);
      return type === 3 ? packet(102, id, 'h') : packet(103, id, 'x'.repeat(12));
    });
    await assert.rejects(sftpFiles(server.session, 'evil').read('/f', { signal }), expected('protocol', /more than/));
    assert.equal(server.isClosed(), true);
  });

  it('bounds a file that never ends', async () => {
    const server = await hostile((type, id) => {
      if (type === 17) return packet(105, id, 1, 0, 0);
      return type === 3 ? packet(102, id, 'h') : packet(103, id, 'x'.repeat(1_000));
    });
    const reading = sftpFiles(server.session, 'evil').read('/f', { signal, maxBytes: 100_000 });
    await assert.rejects(reading, expected('too-large', /100000 bytes/));
  });

  it('bounds a listing that never ends', async function () {
    this.timeout(60_000);
    const names = Buffer.concat(
      Array.from({ length: 20_000 }, () => Buffer.concat(['n', ''].map(bytesOf).concat(uint32(0)))),
    );
    const server = await hostile((type, id) =>
      type === 11 ? packet(102, id, 'h') : type === 12 ? packet(104, id, 20_000, names) : status(id, 0),
    );
    await assert.rejects(listFolder(server.session, '/', signal), expected('too-large', /more than 2000000/));
    await eventually(() => server.asked.at(-1) === 4);
  });

  it('takes any bytes without an error that is not expected', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }), async (chunks) => {
        const server = await hostile(NOTHING);
        const work = sftpFiles(server.session, 'evil').list('/', signal);
        for (const chunk of chunks) server.send(Buffer.from(chunk));
        server.end();
        await assert.rejects(work, ExpectedError);
      }),
      { numRuns: 200 },
    );
  });

  it('takes any fields in packets of the right frame', async () => {
    const reply = fc.record({
      type: fc.constantFrom(101, 102, 103, 104, 105, 201),
      body: fc.uint8Array({ maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 5 }), async (replies) => {
        let next = 0;
        const server = await hostile((_type, id) => {
          const one = replies[next++];
          return one === undefined ? status(id, 4) : packet(one.type, id, Buffer.from(one.body));
        });
        const files = sftpFiles(server.session, 'evil');
        const outcomes = await Promise.allSettled([
          files.list('/', signal),
          files.read('/f', { signal, maxBytes: 100 }),
        ]);
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof ExpectedError, String(outcome.reason));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('opening an SFTP session', () => {
  const opening = (first: Buffer): Promise<Hostile> => hostile(NOTHING, first, 200);

  it('names the text of a login script', async () => {
    await assert.rejects(
      opening(Buffer.from('Welcome\n\u001b[1mto evil')),
      expected('protocol', /“Welcome\\n\\x1b\[1mto evil”/),
    );
  });

  it('refuses other versions and other first packets', async () => {
    await assert.rejects(opening(packet(2, 6)), expected('unsupported', /version 6/));
    await assert.rejects(opening(packet(101, 3)), expected('protocol', /begin with its version/));
  });

  it('says when nothing answers, and when there is no server', async () => {
    await assert.rejects(opening(Buffer.alloc(0)), expected('timed-out', /silent/));
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    stdout.end();
    const channel = { stdin, stdout, close: () => undefined };
    await assert.rejects(openSftp(channel, { machineName: 'evil' }, signal), expected('unsupported', /Subsystem sftp/));
  });

  it('takes a version that comes byte by byte', async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const session = openSftp({ stdin, stdout, close: () => undefined }, { machineName: 'slow' }, signal);
    for (const byte of packet(2, 3, 'limits@openssh.com', '1')) {
      stdout.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await session).has('limits'), true);
    assert.equal((await session).has('fsync'), false);
  });
});

describe('waiting for an answer', () => {
  it('counts silence only', async () => {
    const server = await hostile(NOTHING, VERSION, 300);
    const files = sftpFiles(server.session, 'evil');
    await assert.rejects(files.stat('/', signal), expected('timed-out', /silent for 1 s/));
    assert.equal(server.isClosed(), false);
  });

  it('drops the late answer to what was cancelled, and closes what it opened', async () => {
    const late: Buffer[] = [];
    const server = await hostile((type, id) => {
      if (type === 4) return status(id, 0);
      late.push(type === 11 ? packet(102, id, 'handle') : status(id, 4));
      return [];
    });
    const controller = new AbortController();
    const files = sftpFiles(server.session, 'evil');
    const listing = files.list('/', controller.signal);
    const stat = files.stat('/', controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort();
    await assert.rejects(listing, isCancelled);
    await assert.rejects(stat, isCancelled);
    for (const answer of late) server.send(answer);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(server.asked.filter((type) => type === 4).length, 1);
    assert.equal(server.isClosed(), false);
  });

  it('fails all that wait when the channel ends', async () => {
    const server = await hostile(NOTHING);
    const files = sftpFiles(server.session, 'evil');
    const all = Promise.allSettled(Array.from({ length: 200 }, () => files.stat('/', signal)));
    setTimeout(() => server.end(), 20);
    for (const one of await all) {
      assert.ok(one.status === 'rejected' && one.reason instanceof ExpectedError && one.reason.code === 'closed');
    }
    await assert.rejects(files.stat('/', signal), expected('closed', /Connect again/));
  });
});
