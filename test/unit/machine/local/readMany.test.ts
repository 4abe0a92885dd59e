import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { CancelledError } from '../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import { isFailure, type FileTexts } from '../../../../src/machine/machine';
import { eventually } from '../processes';
import { asOrdinaryUser, makeFifo, makeHangingFile, onLinux, onPosix, STUCK_WORKER, temporaryFolder } from '../support';

const signal = new AbortController().signal;

function codeOf(texts: FileTexts, path: string): string {
  const value = texts.get(path);
  return isFailure(value) ? value.code : 'no failure';
}

function textOf(texts: FileTexts, path: string): string {
  const value = texts.get(path);
  assert.ok(typeof value === 'string');
  return value;
}

describe('LocalMachine.files.readMany', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  before(() => (machine = createLocalMachine()));
  after(() => machine.dispose());
  const readMany = (...patterns: readonly string[]): Promise<FileTexts> => machine.files.readMany(patterns, { signal });

  it('reads files, also empty ones, and says why it cannot read others', async () => {
    fs.writeFileSync(inside('full'), 'grüße\n');
    fs.writeFileSync(inside('empty'), '');
    const texts = await readMany(inside('full'), inside('empty'), inside('none'), inside('full', 'below'), inside());
    assert.equal(texts.get(inside('full')), 'grüße\n');
    assert.equal(texts.get(inside('empty')), '');
    assert.equal(codeOf(texts, inside('none')), 'missing');
    assert.equal(codeOf(texts, inside('full', 'below')), 'missing');
    assert.equal(codeOf(texts, inside()), 'failed');
    assert.equal(texts.size, 5);
  });

  it('expands patterns; one that matches nothing adds nothing', async () => {
    for (const name of ['a', 'b', 'c']) {
      fs.mkdirSync(inside('tree', name), { recursive: true });
      fs.writeFileSync(inside('tree', name, 'value'), name);
    }
    fs.rmSync(inside('tree', 'c', 'value'));
    fs.writeFileSync(inside('tree', 'plain'), 'plain');
    const texts = await readMany(inside('tree', '*', 'val*'), inside('tree', '*'), inside('none', '*'));
    assert.deepEqual(Object.fromEntries(texts), {
      [inside('tree', 'a', 'value')]: 'a',
      [inside('tree', 'b', 'value')]: 'b',
      [inside('tree', 'plain')]: 'plain',
    });
  });

  it('makes U+FFFD of bytes that are not UTF-8, and keeps a byte order mark', async () => {
    fs.writeFileSync(inside('bytes'), Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82]));
    fs.writeFileSync(inside('mark'), Buffer.from([0xef, 0xbb, 0xbf, 0x61]));
    const texts = await readMany(inside('bytes'), inside('mark'));
    assert.equal(texts.get(inside('bytes')), 'a\ufffd\ufffd(\ufffd');
    assert.equal(texts.get(inside('mark')), '\ufeffa');
  });

  it('cuts at maxBytes, never within a character', async () => {
    fs.writeFileSync(inside('long'), 'äöü');
    for (const [maxBytes, text] of [
      [6, 'äöü'],
      [5, 'äö'],
      [4, 'äö'],
      [1, ''],
    ] as const) {
      const texts = await machine.files.readMany([inside('long')], { signal, maxBytes });
      assert.equal(texts.get(inside('long')), text, `at ${maxBytes} bytes`);
    }
  });

  it('reads what is longer than its buffer, and small files after it', async () => {
    const long = 'line of text\n'.repeat(200_000);
    fs.writeFileSync(inside('large'), long);
    fs.writeFileSync(inside('small'), 'small');
    const texts = await readMany(inside('large'), inside('small'));
    assert.ok(texts.get(inside('large')) === long);
    assert.equal(texts.get(inside('small')), 'small');
  });

  it('reads 5,000 files in a batch', async () => {
    fs.mkdirSync(inside('many'));
    for (let index = 0; index < 5_000; index += 1) fs.writeFileSync(inside('many', `file${index}`), `content ${index}`);
    const texts = await readMany(inside('many', 'file*'));
    assert.equal(texts.size, 5_000);
    for (let index = 0; index < 5_000; index += 1) {
      assert.equal(texts.get(inside('many', `file${index}`)), `content ${index}`);
    }
  });

  it('answers concurrent batches each with its own files', async () => {
    const paths = Array.from({ length: 20 }, (_value, index) => inside(`own${index}`));
    for (const path of paths) fs.writeFileSync(path, path);
    const batches = await Promise.all(paths.map((path) => readMany(path)));
    assert.deepEqual(
      batches.map((texts, index) => [...texts.keys()].join() === paths[index]),
      paths.map(() => true),
    );
  });

  onPosix('neither waits for nor reads pipes, sockets and devices', async () => {
    makeFifo(inside('pipe'));
    fs.symlinkSync(inside('pipe'), inside('link-to-pipe'));
    const server = net.createServer().listen(inside('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const texts = await readMany(inside('pipe'), inside('link-to-pipe'), inside('socket'), '/dev/zero', '/dev/tty');
    server.close();
    for (const path of [inside('pipe'), inside('link-to-pipe'), inside('socket'), '/dev/zero']) {
      assert.equal(codeOf(texts, path), 'failed', path);
    }
    assert.deepEqual(texts.get(inside('pipe')), {
      kind: 'failure',
      code: 'failed',
      message: 'is a named pipe, not a file',
    });
  });

  onLinux('does not open a pipe through /proc/<pid>/fd, and does not wait for the kernel log', async () => {
    makeFifo(inside('held'));
    const fd = fs.openSync(inside('held'), fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    const link = `/proc/${process.pid}/fd/${fd}`;
    const texts = await readMany(link, '/proc/kmsg');
    fs.closeSync(fd);
    assert.equal(codeOf(texts, link), 'failed');
    assert.equal(texts.size, 2);
  });

  onLinux('reads files of /proc, whose size is 0, to their end', async () => {
    const maps = `/proc/${process.pid}/maps`;
    const texts = await readMany('/proc/uptime', maps, '/proc/*/comm');
    assert.match(textOf(texts, '/proc/uptime'), /^\d+\.\d+ \d+\.\d+\n$/);
    const text = textOf(texts, maps);
    // Longer than the page that one read of it gives, and whole up to the last line.
    assert.ok(text.length > 4_096);
    assert.match(text, /\[stack\][^]*\n$/);
    assert.equal(texts.get(`/proc/${process.pid}/comm`), fs.readFileSync(`/proc/${process.pid}/comm`, 'utf8'));
  });

  it('hands over what it reads in parts, to who asks for that', async () => {
    for (let index = 0; index < 3_000; index++) fs.writeFileSync(inside(`part-${index}`), `text ${index}`);
    const items = [inside('part-*'), inside('none')];
    const whole = await machine.files.readMany(items, { signal });
    const taken = new Map<string, unknown>();
    const parts: FileTexts[] = [];
    const onPart = (part: FileTexts): void => {
      for (const [path, value] of part) taken.set(path, value);
      parts.push(part);
    };
    const rest = await machine.files.readMany(items, { signal, onPart });
    assert.ok(parts.length > 1, 'they do not fit in one part');
    assert.deepEqual(new Map([...rest, ...taken]), new Map(whole));
    assert.deepEqual([rest.size, ...parts.map((part) => part.size)], [0, ...parts.map(() => 0)]);
  });

  it('ends with the error of who takes the parts', async () => {
    const bug = new TypeError('a bug');
    const onPart = (): void => {
      throw bug;
    };
    const answer = machine.files.readMany(['/proc/uptime', inside('none')], { signal, onPart });
    assert.equal(await answer.catch((error: unknown) => error), bug);
    assert.equal(codeOf(await machine.files.readMany([inside('none')], { signal }), inside('none')), 'missing');
  });

  onPosix('says denied for a file, and for a folder on the way of a pattern', async () => {
    fs.mkdirSync(inside('closed'), { mode: 0o700 });
    fs.writeFileSync(inside('closed', 'file'), 'secret');
    fs.writeFileSync(inside('secret'), 'secret');
    fs.chmodSync(inside('secret'), 0o000);
    const own = createLocalMachine();
    const texts = await asOrdinaryUser(async () => {
      const patterns = [inside('secret'), inside('c*ed', '*')];
      if (process.getuid?.() !== 0) fs.chmodSync(inside('closed'), 0o000);
      return own.files.readMany(patterns, { signal });
    });
    fs.chmodSync(inside('closed'), 0o700);
    await own.dispose();
    assert.deepEqual(texts.get(inside('secret')), { kind: 'failure', code: 'denied', message: 'permission denied' });
    assert.equal(codeOf(texts, inside('closed', '*')), 'denied');
  });

  it('gives a path that cannot be one as a failure', async () => {
    assert.equal(codeOf(await readMany('/with\0nul'), '/with\0nul'), 'failed');
  });

  it('rejects a cancelled batch and reads the next', async () => {
    const controller = new AbortController();
    const batch = machine.files.readMany([inside('many', 'file*')], { signal: controller.signal });
    controller.abort();
    await assert.rejects(batch, CancelledError);
    await assert.rejects(machine.files.readMany([inside('full')], { signal: controller.signal }), CancelledError);
    assert.equal((await readMany(inside('full'))).get(inside('full')), 'grüße\n');
  });

  it('ends its thread when idle and starts another when needed', async () => {
    const brief = createLocalMachine({ idleMs: 1 });
    for (let round = 0; round < 3; round += 1) {
      const texts = await brief.files.readMany([inside('full')], { signal });
      assert.equal(texts.get(inside('full')), 'grüße\n');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await brief.dispose();
  });

  it('rejects what is on its way when the machine is disposed, and all after it', async () => {
    const closing = createLocalMachine();
    const batch = closing.files.readMany([inside('many', 'file*')], { signal });
    const rejected = assert.rejects(batch, CancelledError);
    await closing.dispose();
    await rejected;
    await assert.rejects(closing.files.readMany([inside('full')], { signal }), CancelledError);
  });
});

describe('LocalMachine.files.readMany at files that hang', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  const gates: { release(): void }[] = [];
  const hanging = (name: string): string => {
    const file = makeHangingFile(inside(name));
    gates.push(file);
    return file.path;
  };
  beforeEach(async function () {
    if (process.platform === 'win32') this.skip();
    // Long enough for a new thread to start on a busy machine.
    machine = createLocalMachine({ workerFile: STUCK_WORKER, batchDeadlineMs: 700 });
    fs.writeFileSync(inside('fine'), 'fine');
    await machine.files.readMany([inside('fine')], { signal });
  });
  afterEach(async () => {
    for (const gate of gates.splice(0)) gate.release();
    await machine.dispose();
  });

  it('gives up the one file and reads the others, also in later batches', async () => {
    const path = hanging('hangs-once');
    for (let round = 0; round < 2; round += 1) {
      const texts = await machine.files.readMany([path, inside('fine')], { signal });
      assert.equal(codeOf(texts, path), 'timed-out');
      assert.equal(texts.get(inside('fine')), 'fine');
    }
  });

  it('reads it again when it has answered', async () => {
    const file = makeHangingFile(inside('hangs-a-while'), 'back again');
    gates.push(file);
    const first = await machine.files.readMany([file.path], { signal });
    assert.equal(codeOf(first, file.path), 'timed-out');
    file.release();
    await eventually(async () => {
      const texts = await machine.files.readMany([file.path], { signal });
      return texts.get(file.path) === 'back again';
    });
  });

  it('gives up two files that hang in one batch, and reads all others', async () => {
    const paths = [hanging('hangs-first'), hanging('hangs-second')];
    const texts = await machine.files.readMany([...paths, inside('fine'), inside('*.none')], { signal });
    for (const path of paths) assert.equal(codeOf(texts, path), 'timed-out');
    assert.equal(texts.get(inside('fine')), 'fine');
    assert.equal(texts.size, 3);
  });

  it('gives up the rest of a batch in which many files hang, with everything unread named', async () => {
    const paths = ['one', 'two', 'three', 'four', 'five'].map((name) => hanging(`hangs-${name}`));
    const items = [inside('fi*'), ...paths, inside('*.none')];
    const texts = await machine.files.readMany(items, { signal });
    for (const path of paths) assert.equal(codeOf(texts, path), 'timed-out');
    assert.equal(codeOf(texts, inside('*.none')), 'timed-out');
    assert.equal((await machine.files.readMany([...paths, inside('fine')], { signal })).get(inside('fine')), 'fine');
  });

  it('gives up one of a thousand files, also where several threads read them', async () => {
    fs.mkdirSync(inside('thousand'));
    for (let index = 0; index < 1_000; index++) fs.writeFileSync(inside('thousand', `file${index}`), `${index}`);
    const file = makeHangingFile(inside('thousand', 'hangs-among-them'));
    gates.push(file);
    const texts = await machine.files.readMany([inside('thousand', '*')], { signal });
    assert.equal(codeOf(texts, file.path), 'timed-out');
    for (let index = 0; index < 1_000; index++) assert.equal(texts.get(inside('thousand', `file${index}`)), `${index}`);
  });

  it('rejects a cancelled batch while its file hangs', async () => {
    const patient = createLocalMachine({ workerFile: STUCK_WORKER, batchDeadlineMs: 60_000 });
    const controller = new AbortController();
    const batch = patient.files.readMany([hanging('hangs-cancelled')], { signal: controller.signal });
    const queued = patient.files.readMany([inside('fine')], { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(batch, CancelledError);
    await assert.rejects(queued, CancelledError);
    for (const gate of gates) gate.release();
    await patient.dispose();
  });
});
