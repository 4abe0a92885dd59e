import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { CancelledError, ExpectedError, isCancelled } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import { eventually } from '../processes';
import { asOrdinaryUser, makeFifo, onLinux, onPosix, temporaryFolder } from '../support';

const signal = new AbortController().signal;
const { files } = createLocalMachine();

function expected(code: string, text: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ExpectedError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, text);
    return true;
  };
}

/** How often this process has the file open. Linux only. */
function timesOpen(file: string): number {
  const links = fs.readdirSync('/proc/self/fd').map((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // That of the listing itself.
    }
  });
  return links.filter((link) => link === file).length;
}

describe('LocalMachine.files.list', () => {
  const inside = temporaryFolder();

  it('gives each entry with its kind', async () => {
    fs.writeFileSync(inside('.hidden'), '');
    fs.mkdirSync(inside('folder'));
    fs.symlinkSync('nowhere', inside('link'));
    const entries = await files.list(inside(), signal);
    assert.deepEqual(Object.fromEntries(entries.map(({ name, kind }) => [name, kind])), {
      '.hidden': 'file',
      folder: 'directory',
      link: 'symlink',
    });
  });

  it('refuses what is missing or no folder', async () => {
    await assert.rejects(
      files.list(inside('none'), signal),
      expected('missing', /none does not exist on this machine/),
    );
    await assert.rejects(files.list(inside('.hidden'), signal), expected('not-a-folder', /is not a folder/));
  });

  it('is cancelled by the signal', async () => {
    await assert.rejects(files.list(inside(), AbortSignal.abort()), CancelledError);
  });
});

describe('LocalMachine.files.stat', () => {
  const inside = temporaryFolder();

  it('describes a file', async () => {
    fs.writeFileSync(inside('file'), 'five!');
    fs.chmodSync(inside('file'), 0o4750);
    fs.utimesSync(inside('file'), 1_000, 2_000.5);
    const { uid, gid } = fs.statSync(inside('file'));
    const stat = await files.stat(inside('file'), signal);
    if (process.platform === 'win32') assert.equal(stat.sizeBytes, 5);
    else assert.deepEqual(stat, { kind: 'file', sizeBytes: 5, mode: 0o4750, modifiedMs: 2_000_500, uid, gid });
  });

  it('follows no link', async () => {
    fs.symlinkSync('file', inside('link'));
    assert.equal((await files.stat(inside('link'), signal)).kind, 'symlink');
  });

  onPosix('tells pipes and devices', async () => {
    makeFifo(inside('pipe'));
    assert.equal((await files.stat(inside('pipe'), signal)).kind, 'fifo');
    assert.equal((await files.stat('/dev/null', signal)).kind, 'character');
  });

  it('refuses what is missing', async () => {
    await assert.rejects(files.stat(inside('none'), signal), expected('missing', /Check the path/));
  });
});

describe('LocalMachine.files.read', () => {
  const inside = temporaryFolder();

  it('gives the bytes', async () => {
    const content = Buffer.alloc(3_000_000, 'any bytes \xff');
    fs.writeFileSync(inside('large'), content);
    fs.writeFileSync(inside('empty'), '');
    assert.ok(content.equals(await files.read(inside('large'), { signal })));
    assert.equal((await files.read(inside('empty'), { signal })).length, 0);
  });

  onLinux('reads files of /proc', async () => {
    const environment = await files.read('/proc/self/environ', { signal });
    assert.deepEqual(Buffer.from(environment), fs.readFileSync('/proc/self/environ'));
    await assert.rejects(files.read('/proc/self/maps', { signal, maxBytes: 100 }), expected('too-large', /100 bytes/));
  });

  it('takes a file of exactly maxBytes and refuses a longer one', async () => {
    fs.writeFileSync(inside('ten'), '0123456789');
    assert.equal((await files.read(inside('ten'), { signal, maxBytes: 10 })).length, 10);
    await assert.rejects(
      files.read(inside('ten'), { signal, maxBytes: 9 }),
      expected('too-large', /larger than 9 bytes/),
    );
  });

  onPosix('refuses folders, pipes and devices without waiting', async () => {
    makeFifo(inside('pipe'));
    await assert.rejects(files.read(inside('pipe'), { signal }), expected('not-a-file', /is a named pipe/));
    await assert.rejects(files.read('/dev/zero', { signal }), expected('not-a-file', /is a device/));
    await assert.rejects(files.read(inside(), { signal }), expected('is-a-folder', /is a folder/));
  });

  onPosix('says denied', async () => {
    fs.writeFileSync(inside('secret'), '', { mode: 0o000 });
    const reading = asOrdinaryUser(() =>
      assert.rejects(files.read(inside('secret'), { signal }), expected('denied', /secret/)),
    );
    await reading;
  });

  it('is cancelled by the signal', async () => {
    const controller = new AbortController();
    const reading = files.read(inside('large'), { signal: controller.signal });
    controller.abort();
    await assert.rejects(reading, CancelledError);
  });

  onLinux('closes what it opened, whatever came of it', async () => {
    const controller = new AbortController();
    const readings = [
      files.read(inside('large'), { signal }),
      files.read(inside('large'), { signal, maxBytes: 1 }),
      files.read(inside('large'), { signal: controller.signal }),
    ];
    setImmediate(() => controller.abort());
    await Promise.allSettled(readings);
    await eventually(() => timesOpen(inside('large')) === 0);
  });
});

describe('LocalMachine.files.stream', () => {
  const inside = temporaryFolder();
  const content = Buffer.alloc(2_000_000, 'streamed ');
  before(() => fs.writeFileSync(inside('large'), content));

  it('gives the bytes as they come', async () => {
    assert.ok(content.equals(await buffer(await files.stream(inside('large'), { signal }))));
  });

  it('refuses before the stream what is missing or no file', async () => {
    await assert.rejects(files.stream(inside('none'), { signal }), expected('missing', /none/));
    await assert.rejects(files.stream(inside(), { signal }), expected('is-a-folder', /folder/));
  });

  onLinux('emits errors as ExpectedError', async () => {
    // Readable by its mode, but every read of address 0 fails.
    const stream = await files.stream('/proc/self/mem', { signal });
    await assert.rejects(buffer(stream), expected('failed', /\/proc\/self\/mem/));
  });

  onLinux('is ended by the signal, read or unread, with its file closed', async () => {
    for (const begin of [true, false]) {
      const controller = new AbortController();
      const stream = await files.stream(inside('large'), { signal: controller.signal });
      assert.equal(timesOpen(inside('large')), 1);
      if (begin) stream.resume();
      const error = new Promise((resolve) => stream.once('error', resolve));
      controller.abort();
      assert.ok(isCancelled(await error));
      assert.equal(stream.destroyed, true);
      await eventually(() => timesOpen(inside('large')) === 0);
    }
  });

  onLinux('closes its file when the reader has enough', async () => {
    (await files.stream(inside('large'), { signal })).destroy();
    for await (const chunk of await files.stream(inside('large'), { signal })) {
      assert.ok((chunk as Buffer).length > 0);
      break;
    }
    await eventually(() => timesOpen(inside('large')) === 0);
  });
});
