import * as assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { decodePath, encodePath } from '../../../../../src/lib/bytePath';
import { ChunkPool } from '../../../../../src/lib/chunkPool';
import { ExpectedError, isCancelled } from '../../../../../src/lib/errors';
import { createLocalMachine } from '../../../../../src/machine/local';
import { makeFifo, temporaryFolder } from '../../support';
import { endServersAfterwards, expected, noSftpServer, startSftpServer, type Files } from './support';

const signal = new AbortController().signal;

/** Names that something between here and the disk may trip over. */
const NAMES: readonly Buffer[] = [
  Buffer.from('plain'),
  Buffer.from('two\nlines'),
  Buffer.from(`it's "quoted" \`and\` $(more) \\ *?[a]`),
  Buffer.from('-rf'),
  Buffer.from(' blanks '),
  Buffer.from('中文 grüße 🛠'),
  Buffer.from([0xff, 0xfe, 0x41, 0x80]),
  Buffer.from([0xed, 0xb2, 0x80]),
  Buffer.from([0xef, 0xbf, 0xbd]),
  Buffer.from([0x1b, 0x5b, 0x33, 0x31, 0x6d]),
  Buffer.alloc(255, 'n'),
  Buffer.alloc(255, 0xe9),
];

/** The same of both implementations: what a tool finds on a host is what it finds here. */
const machines: readonly (readonly [name: string, machine: string, open: () => Promise<Files>])[] = [
  ['LocalMachine.files', 'this machine', () => Promise.resolve(createLocalMachine().files)],
  ['sftpFiles', 'peer', async () => (await startSftpServer()).files],
];

for (const [name, machine, open] of machines) {
  describe(`${name}: every verb`, function () {
    const inside = temporaryFolder();
    let files: Files;
    before(async function () {
      if (process.platform !== 'linux' || (name === 'sftpFiles' && noSftpServer !== undefined)) return this.skip();
      files = await open();
    });
    endServersAfterwards();
    const under = (folder: string, bytes: Buffer): Buffer => Buffer.concat([Buffer.from(`${inside(folder)}/`), bytes]);

    it('keeps names of any bytes', async () => {
      fs.mkdirSync(inside('names'));
      for (const bytes of NAMES) {
        const path = decodePath(under('names', bytes));
        const writable = await files.writeStream(path, { signal });
        await pipeline([bytes], writable);
        assert.deepEqual(fs.readFileSync(encodePath(path)), bytes);
        assert.deepEqual(Buffer.from(await files.read(path, { signal })), bytes);
        await files.write(path, Buffer.from('replaced'), { signal });
        await files.rename(path, `${path.slice(0, -2)}~`, { signal });
        await files.rename(`${path.slice(0, -2)}~`, path, { signal });
        assert.equal((await files.stat(path, signal)).sizeBytes, 8);
        await files.makeLink(inside('link'), path, signal);
        assert.equal(await files.readLink(inside('link'), signal), path);
        assert.equal(await files.resolve(inside('link'), signal), path);
        await files.remove(inside('link'), signal);
      }
      const listed = await files.list(inside('names'), signal);
      const sorted = (all: readonly Buffer[]): readonly string[] => all.map((one) => one.toString('hex')).sort();
      assert.deepEqual(sorted(listed.map((entry) => encodePath(entry.name))), sorted(NAMES));
      for (const entry of listed) await files.remove(`${inside('names')}/${entry.name}`, signal);
      assert.deepEqual(fs.readdirSync(inside('names')), []);
    });

    it('gives a file a second name, which nothing may have', async () => {
      fs.writeFileSync(inside('first'), 'one');
      await files.hardLink(inside('first'), inside('second'), signal);
      fs.appendFileSync(inside('first'), ' and the same');
      assert.equal(fs.readFileSync(inside('second'), 'utf8'), 'one and the same');
      await assert.rejects(files.hardLink(inside('first'), inside('second'), signal), ExpectedError);
      await assert.rejects(files.hardLink(inside('no such'), inside('third'), signal), ExpectedError);
      for (const name of ['first', 'second']) fs.rmSync(inside(name));
    });

    it('tells kinds', async () => {
      fs.mkdirSync(inside('kinds', 'folder'), { recursive: true });
      fs.writeFileSync(inside('kinds', '.hidden'), '');
      fs.symlinkSync('nowhere', inside('kinds', 'dangling'));
      makeFifo(inside('kinds', 'pipe'));
      const kinds = { '.hidden': 'file', dangling: 'symlink', folder: 'directory', pipe: 'fifo' };
      const entries = await files.list(inside('kinds'), signal);
      assert.deepEqual(Object.fromEntries(entries.map((entry) => [entry.name, entry.kind]).sort()), kinds);
      for (const [entry, kind] of Object.entries(kinds)) {
        assert.equal((await files.stat(inside('kinds', entry), signal)).kind, kind);
      }
      assert.equal((await files.stat('/dev/null', signal)).kind, 'character');
    });

    it('says where the folder is missing, what exists, what is not empty, what is of the wrong kind', async () => {
      const on = new RegExp(` ${machine}`);
      fs.mkdirSync(inside('full', 'sub'), { recursive: true });
      fs.writeFileSync(inside('file'), 'text');
      makeFifo(inside('pipe'));
      const cases: readonly (readonly [code: string, work: () => Promise<unknown>])[] = [
        ['missing', () => files.list(inside('none'), signal)],
        ['not-a-folder', () => files.list(inside('file'), signal)],
        ['missing', () => files.stat(inside('none'), signal)],
        ['missing', () => files.resolve(inside('none'), signal)],
        ['missing', () => files.readLink(inside('none'), signal)],
        ['invalid-input', () => files.readLink(inside('file'), signal)],
        ['missing', () => files.read(inside('none'), { signal })],
        ['is-a-folder', () => files.read(inside('full'), { signal })],
        ['not-a-file', () => files.read(inside('pipe'), { signal })],
        ['not-a-file', () => files.read('/dev/zero', { signal })],
        ['too-large', () => files.read(inside('file'), { signal, maxBytes: 3 })],
        ['is-a-folder', () => files.stream(inside('full'), { signal })],
        ['missing', () => files.writeStream(inside('none', 'file'), { signal })],
        ['is-a-folder', () => files.writeStream(inside('full'), { signal })],
        ['not-a-file', () => files.writeStream(inside('pipe'), { signal })],
        ['missing', () => files.write(inside('none', 'file'), Buffer.alloc(1), { signal })],
        ['is-a-folder', () => files.write(inside('full'), Buffer.alloc(1), { signal })],
        ['not-a-file', () => files.write(inside('pipe'), Buffer.alloc(1), { signal })],
        ['missing', () => files.makeFolder(inside('none', 'folder'), signal)],
        ['exists', () => files.makeFolder(inside('full'), signal)],
        ['exists', () => files.makeFolder(inside('file'), signal)],
        ['exists', () => files.makeLink(inside('file'), 'x', signal)],
        ['missing', () => files.makeLink(inside('none', 'link'), 'x', signal)],
        ['missing', () => files.rename(inside('none'), inside('new'), { signal })],
        ['exists', () => files.rename(inside('file'), inside('full'), { signal })],
        ['exists', () => files.rename(inside('full'), inside('file'), { signal })],
        ['is-a-folder', () => files.rename(inside('file'), inside('full'), { signal, overwrite: true })],
        ['not-a-folder', () => files.rename(inside('full'), inside('file'), { signal, overwrite: true })],
        ['missing', () => files.remove(inside('none'), signal)],
        ['not-empty', () => files.remove(inside('full'), signal)],
        ['missing', () => files.change(inside('none'), { mode: 0o600 }, signal)],
        ['invalid-input', () => files.stat(inside('with\0nul'), signal)],
        ['invalid-input', () => files.makeFolder(inside('n'.repeat(256)), signal)],
      ];
      for (const [index, [code, work]] of cases.entries()) {
        await assert.rejects(work(), expected(code, on), `case ${index}`);
      }
    });

    it('renames files, links and folders, and replaces only when told to', async () => {
      fs.mkdirSync(inside('r', 'folder', 'inner'), { recursive: true });
      fs.mkdirSync(inside('r', 'other'));
      fs.writeFileSync(inside('r', 'one'), 'one');
      fs.writeFileSync(inside('r', 'two'), 'two');
      fs.symlinkSync('nowhere', inside('r', 'link'));
      const rename = (from: string, to: string, overwrite = false): Promise<void> =>
        files.rename(inside('r', from), inside('r', to), { signal, overwrite });
      await assert.rejects(rename('one', 'two'), expected('exists', /two/));
      await assert.rejects(rename('one', 'link'), expected('exists', /link/));
      await assert.rejects(rename('folder', 'other'), expected('exists', /other/));
      await assert.rejects(rename('other', 'folder', true), expected('not-empty', /folder/));
      await rename('one', 'two', true);
      await rename('two', 'three');
      await rename('link', 'link2');
      await rename('folder', 'folder2');
      await rename('other', 'folder2/inner', true);
      assert.deepEqual(fs.readdirSync(inside('r')).sort(), ['folder2', 'link2', 'three']);
      assert.equal(fs.readFileSync(inside('r', 'three'), 'utf8'), 'one');
      assert.equal(fs.readlinkSync(inside('r', 'link2')), 'nowhere');
    });

    it('changes mode and time, of what a link leads to', async () => {
      fs.writeFileSync(inside('changed'), '');
      fs.symlinkSync('changed', inside('to-changed'));
      await files.change(inside('to-changed'), { mode: 0o4750, modifiedMs: 1_234_567_000 }, signal);
      const { mode, modifiedMs } = await files.stat(inside('changed'), signal);
      assert.deepEqual([mode, modifiedMs], [0o4750, 1_234_567_000]);
      await files.change(inside('changed'), { mode: 0o600 }, signal);
      assert.equal((await files.stat(inside('changed'), signal)).modifiedMs, 1_234_567_000);
    });

    it('reads and streams from any byte', async () => {
      const content = Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 7919) >>> 3));
      fs.writeFileSync(inside('content'), content);
      assert.ok(content.equals(await files.read(inside('content'), { signal })));
      assert.ok(content.equals(await files.read(inside('content'), { signal, maxBytes: content.length })));
      for (const start of [0, 1, 700_001, content.length - 1, content.length, content.length + 10]) {
        const rest = await buffer(await files.stream(inside('content'), { signal, start }));
        assert.ok(content.subarray(start).equals(rest), `from ${start}`);
      }
      fs.writeFileSync(inside('empty'), '');
      assert.equal((await files.read(inside('empty'), { signal })).length, 0);
    });

    it('reads what states no size, or a wrong one', async () => {
      for (const file of ['/proc/cpuinfo', '/proc/filesystems', '/sys/kernel/mm/transparent_hugepage/enabled']) {
        if (!fs.existsSync(file)) continue;
        const content = fs.readFileSync(file, 'latin1').replace(/\d+/g, '');
        assert.equal(
          Buffer.from(await files.read(file, { signal }))
            .toString('latin1')
            .replace(/\d+/g, ''),
          content,
        );
        const streamed = await buffer(await files.stream(file, { signal }));
        assert.equal(streamed.toString('latin1').replace(/\d+/g, ''), content);
      }
    });

    it('writes in place from any byte, and cuts only when told to', async () => {
      const put = async (text: string, options: object): Promise<string> => {
        await pipeline([Buffer.from(text)], await files.writeStream(inside('place'), { signal, ...options }));
        return fs.readFileSync(inside('place'), 'latin1');
      };
      assert.equal(await put('0123456789', { mode: 0o640 }), '0123456789');
      assert.equal(fs.statSync(inside('place')).mode & 0o777, 0o640);
      assert.equal(await put('ab', { start: 3 }), '012ab56789');
      assert.equal(await put('', {}), '012ab56789');
      assert.equal(await put('X', { start: 12 }), '012ab56789\0\0X');
      assert.equal(await put('short', { truncate: true }), 'short');
      assert.equal(await put('', { truncate: true }), '');
    });

    it('copies a stream in memory that is given back as it is written', async () => {
      const content = randomBytes(20_000_000);
      fs.writeFileSync(inside('original'), content);
      const pool = new ChunkPool();
      const chunks: Buffer[] = [];
      let written = 0;
      const onWritten = (chunk: Uint8Array): void => {
        written += chunk.length;
        pool.giveBack(chunk);
      };
      const stream = await files.stream(inside('original'), { signal, pool });
      const out = await files.writeStream(inside('copy'), { signal, onWritten });
      // Not before that is open: from now on it flows, and what nobody takes would be lost.
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      await pipeline(stream, out);
      assert.ok(content.equals(fs.readFileSync(inside('copy'))));
      assert.equal(written, content.length);
      // Memory that was freed has no bytes any more. Node 20 frees nothing.
      const used = [...new Set(chunks.map(({ buffer }) => buffer))].reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      );
      if ('transfer' in ArrayBuffer.prototype) assert.ok(used < 5_000_000, `${used} bytes`);
    });

    it('has the home folder for nothing', async () => {
      const home = fs.realpathSync(process.env['HOME'] ?? '/');
      if (name === 'LocalMachine.files') assert.equal(await files.resolve('', signal), home);
      assert.equal(await files.resolve('', signal), await files.resolve('.', signal));
    });

    it('is cancelled by the signal', async () => {
      const aborted = AbortSignal.abort();
      for (const work of [
        files.list(inside(), aborted),
        files.read(inside('content'), { signal: aborted }),
        files.writeStream(inside('x'), { signal: aborted }),
        files.write(inside('x'), Buffer.alloc(1), { signal: aborted }),
        files.rename(inside('content'), inside('x'), { signal: aborted }),
      ]) {
        await assert.rejects(work, isCancelled);
      }
      assert.equal(fs.existsSync(inside('x')), false);
    });
  });
}
