import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import { isFailure, type FileTexts, type ReadItem, type ReadWhat } from '../../../../src/machine/machine';
import { asOrdinaryUser, makeFifo, onLinux, onPosix, temporaryFolder } from '../support';

const signal = new AbortController().signal;

function codeOf(texts: FileTexts, path: string): string {
  const value = texts.get(path);
  return isFailure(value) ? value.code : `a value: ${value ?? 'none'}`;
}

function textOf(texts: FileTexts, path: string): string {
  const value = texts.get(path);
  assert.ok(typeof value === 'string', path);
  return value;
}

const item = (what: ReadWhat, path: string): ReadItem => ({ path, what });

describe('LocalMachine.files.readMany beyond texts', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  before(() => (machine = createLocalMachine()));
  after(() => machine.dispose());
  const readMany = (...items: readonly ReadItem[]): Promise<FileTexts> => machine.files.readMany(items, { signal });

  onPosix('gives the targets of links as they are, also of those that lead nowhere', async () => {
    fs.mkdirSync(inside('links'));
    fs.symlinkSync('../some where/else\n', inside('links', 'dangling'));
    fs.symlinkSync(inside('links'), inside('links', 'folder'));
    fs.writeFileSync(inside('links', 'file'), 'text');
    const named = ['dangling', 'file', 'none'].map((name) => item('link', inside('links', name)));
    const texts = await readMany(...named);
    assert.equal(texts.get(inside('links', 'dangling')), '../some where/else\n');
    assert.equal(codeOf(texts, inside('links', 'file')), 'failed');
    assert.equal(codeOf(texts, inside('links', 'none')), 'missing');
    const matched = await readMany(item('link', inside('links', '*')));
    assert.deepEqual([...matched.keys()].sort(), [inside('links', 'dangling'), inside('links', 'folder')]);
  });

  onPosix('gives the names within folders, and with `links` where each leads', async () => {
    fs.mkdirSync(inside('tree', 'empty'), { recursive: true });
    fs.symlinkSync('a', inside('tree', 'to-a'));
    fs.symlinkSync('b', inside('tree', 'to-b'));
    fs.writeFileSync(inside('tree', '.hidden'), '');
    const all = ['.hidden', 'empty', 'to-a', 'to-b'];
    const names = await readMany(item('names', inside('tree')), item('names', inside('tree', 'empty')));
    assert.deepEqual(textOf(names, inside('tree')).split('\0').sort(), all);
    assert.equal(names.get(inside('tree', 'empty')), '');
    const links = await readMany(item('links', inside('tree')), item('links', inside('tree', '.hidden')));
    assert.deepEqual(textOf(links, inside('tree')).split('\0').sort(), all);
    assert.equal(links.get(inside('tree', 'to-a')), 'a');
    assert.equal(links.get(inside('tree', 'to-b')), 'b');
    assert.equal(codeOf(links, inside('tree', '.hidden')), 'missing');
    assert.equal(links.size, 4);
    const matched = await readMany(item('names', inside('tr*', '*')));
    assert.deepEqual([...matched.keys()], [inside('tree', 'empty')]);
  });

  onPosix('tells once that where the links of a folder lead is denied', async () => {
    fs.mkdirSync(inside('listed'));
    for (const name of ['a', 'b', 'c']) fs.symlinkSync('target', inside('listed', name));
    fs.chmodSync(inside('listed'), 0o444);
    const texts = await asOrdinaryUser(() => readMany(item('links', inside('listed'))));
    fs.chmodSync(inside('listed'), 0o755);
    const [first = ''] = textOf(texts, inside('listed')).split('\0');
    assert.equal(codeOf(texts, inside('listed', first)), 'denied');
    assert.equal(texts.size, 2);
  });

  onPosix('reads what several items name once, as the first of them wants it', async () => {
    fs.mkdirSync(inside('same', 'one'), { recursive: true });
    fs.symlinkSync('target', inside('same', 'one', 'link'));
    const link = item('link', inside('same', '*', 'link'));
    const texts = await readMany(link, item('links', inside('same', 'one')), link);
    assert.deepEqual(
      [...texts],
      [
        [inside('same', 'one', 'link'), 'target'],
        [inside('same', 'one'), 'link'],
      ],
    );
    assert.equal(texts.size, 2);
  });

  onLinux('stats what links lead to, in the words of stat(1)', async () => {
    fs.writeFileSync(inside('file'), 'twelve bytes', { mode: 0o640 });
    fs.chmodSync(inside('file'), 0o4640);
    fs.utimesSync(inside('file'), new Date(0), new Date(-1_500));
    fs.linkSync(inside('file'), inside('twin'));
    fs.symlinkSync('file', inside('to-file'));
    fs.symlinkSync('none', inside('to-none'));
    makeFifo(inside('pipe'));
    const paths = [inside('file'), inside('to-file'), inside(), inside('pipe'), '/dev/null', '/proc/stat'];
    const texts = await readMany(...[...paths, inside('to-none')].map((path) => item('stat', path)));
    for (const [index, path] of paths.entries()) {
      const [kind, ...words] = textOf(texts, path).split(' ');
      assert.equal(kind, 'ffdpcf'[index], path);
      const [device = '0', ...rest] = statOf(path, '%d %a %s %i %h %u %g').split(' ');
      const number = BigInt(device);
      assert.equal(words[2], `${(number >> 8n) & 0xfffn}:${(number & 0xffn) | ((number >> 12n) & 0xfff00n)}`, path);
      assert.deepEqual([words[0], words[1], ...words.slice(3, 7)], rest, path);
      assert.equal(words.length, 8);
    }
    assert.equal(textOf(texts, inside('file')).split(' ').at(-1), '-2', 'a second and a half before 1970');
    assert.equal(codeOf(texts, inside('to-none')), 'missing');
    const matched = await readMany(item('stat', inside('to-*')));
    assert.deepEqual([...matched.keys()], [inside('to-file')]);
  });

  onLinux('still tells of a deleted file that a process holds open, and of its pipes and sockets', async () => {
    fs.writeFileSync(inside('deleted'), 'x'.repeat(5_000));
    const fd = fs.openSync(inside('deleted'), 'r+');
    fs.rmSync(inside('deleted'));
    const folder = `/proc/${process.pid}/fd`;
    const links = await readMany(item('links', folder));
    const stats = await readMany(item('stat', `${folder}/*`));
    fs.closeSync(fd);
    assert.ok(textOf(links, folder).split('\0').includes(String(fd)));
    assert.equal(links.get(`${folder}/${fd}`), `${inside('deleted')} (deleted)`);
    const [kind, , size, , , hardLinks] = textOf(stats, `${folder}/${fd}`).split(' ');
    assert.deepEqual([kind, size, hardLinks], ['f', '5000', '0']);
  });

  onLinux('reads the links of all processes that may be seen', async () => {
    const texts = await readMany(
      item('link', '/proc/[0-9]*/exe'),
      item('link', '/proc/[0-9]*/cwd'),
      item('links', '/proc/[0-9]*/fd'),
    );
    const own = `/proc/${process.pid}`;
    assert.equal(texts.get(`${own}/exe`), fs.readlinkSync(`${own}/exe`));
    assert.equal(texts.get(`${own}/cwd`), process.cwd());
    assert.equal(texts.get(`${own}/fd/0`), fs.readlinkSync(`${own}/fd/0`));
    assert.equal(texts.has('/proc/self/exe'), false);
  });

  onPosix('says denied for each kind, with one value for all', async function () {
    if (process.getuid?.() !== 0) this.skip();
    fs.mkdirSync(inside('closed'), { mode: 0o700 });
    const whats = ['link', 'names', 'links', 'stat'] as const;
    for (const what of whats) fs.mkdirSync(inside('closed', what), { mode: 0o700 });
    const own = createLocalMachine();
    const texts = await asOrdinaryUser(() =>
      own.files.readMany([...whats.map((what) => item(what, inside('closed', what))), inside('closed', 'text')], {
        signal,
      }),
    );
    await own.dispose();
    const values = [...texts.values()];
    assert.equal(values.length, 5);
    assert.deepEqual([...new Set(values)], [{ kind: 'failure', code: 'denied', message: 'permission denied' }]);
  });

  it('answers for a path what the first of its items wants', async () => {
    fs.mkdirSync(inside('first'));
    fs.writeFileSync(inside('first', 'file'), 'text');
    const folder = inside('first');
    const texts = await readMany(
      inside('first', 'file'),
      item('stat', inside('first', '*')),
      item('names', folder),
      folder,
    );
    assert.equal(texts.get(inside('first', 'file')), 'text');
    assert.equal(texts.get(folder), 'file');
    assert.equal(texts.size, 2);
    assert.deepEqual([...texts.keys()].sort(), [folder, inside('first', 'file')]);
  });
});

describe('LocalMachine.files.readMany with encoding bytes', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  before(() => (machine = createLocalMachine()));
  after(() => machine.dispose());
  const bytesOf = (path: string): string => Buffer.from(path).toString('latin1');
  const readBytes = (...items: readonly ReadItem[]): Promise<FileTexts> =>
    machine.files.readMany(items, { signal, encoding: 'bytes' });

  onLinux('loses nothing of texts, names, link targets and paths that are no UTF-8', async () => {
    const names = [
      Buffer.from([0x61, 0xff, 0xfe]),
      Buffer.from('grüße\n'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('日本'),
    ];
    const folder = Buffer.from(`${inside('hostile')}/`);
    fs.mkdirSync(folder);
    for (const name of names) fs.writeFileSync(Buffer.concat([folder, name]), name);
    fs.symlinkSync(Buffer.from([0xff, 0x2f, 0x80]), Buffer.concat([folder, Buffer.from([0x6c, 0xee])]));
    const path = bytesOf(inside('hostile'));
    const listed = await readBytes(item('links', path));
    const found = textOf(listed, path).split('\0').sort();
    assert.deepEqual(found, [...names.map((name) => name.toString('latin1')), 'l\xee'].sort());
    assert.equal(listed.get(`${path}/l\xee`), '\xff/\x80');
    const texts = await readBytes(...names.map((name) => `${path}/${name.toString('latin1')}`));
    assert.deepEqual(
      [...texts.values()],
      names.map((name) => name.toString('latin1')),
    );
    assert.deepEqual(await sorted(readBytes(`${path}/*`)), await sorted(Promise.resolve(texts)));
    const stats = await readBytes(item('stat', `${path}/a\xff\xfe`));
    assert.match(textOf(stats, `${path}/a\xff\xfe`), /^f \d+ 3 /);
  });

  it('cuts at maxBytes wherever that is', async () => {
    fs.writeFileSync(inside('cut'), 'äöü');
    const path = bytesOf(inside('cut'));
    const texts = await machine.files.readMany([path], { signal, encoding: 'bytes', maxBytes: 3 });
    assert.equal(texts.get(path), '\xc3\xa4\xc3');
  });

  onLinux('gives arguments of a process byte by byte', async () => {
    const child = spawnSleeper(Buffer.from([0x62, 0xff, 0x0a, 0xc3, 0xa4]));
    try {
      const path = `/proc/${child}/cmdline`;
      assert.equal((await readBytes(path)).get(path), 'sleep\0' + '600\0');
      const environment = `/proc/${child}/environ`;
      assert.match(textOf(await readBytes(environment), environment), /(?:^|\0)HOSTILE=b\xff\n\xc3\xa4\0/);
    } finally {
      process.kill(child);
    }
  });
});

async function sorted(texts: Promise<FileTexts>): Promise<readonly unknown[]> {
  return [...(await texts).keys()].filter((path) => !path.endsWith('l\xee')).sort();
}

/** Started by a shell, since Node gives only UTF-8 to a child. */
function spawnSleeper(hostile: Buffer): number {
  const quoted = [...hostile].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  const script = `HOSTILE="$(printf '${quoted}')" sleep 600 >/dev/null 2>&1 & echo $!`;
  const pid = Number(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
  // The shell's copy of itself has yet to become the program.
  while (!fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sleep')) execFileSync('true');
  return pid;
}

function statOf(path: string, format: string): string {
  return execFileSync('stat', ['-L', '-c', format, path], { encoding: 'utf8' }).trim();
}
