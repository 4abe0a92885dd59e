import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FilesResult, FileUse } from '../../../../../src/features/system/core/files/schema';
import { filesTool } from '../../../../../src/features/system/storageTools';
import { onLinuxAsRoot, output, psutil, python, PYTHON, stage } from './storageSupport';

const TEN_MEGABYTES = 10_000_000;

interface LsofFile {
  readonly pid: number;
  readonly fd: string;
  readonly name: string;
  readonly size: number | null;
  readonly inode: string | null;
  readonly links: number | null;
}

/** The -F form: one field a line, told by its first letter; p begins a process, f a file. */
function lsof(...words: readonly string[]): readonly LsofFile[] {
  const files: Record<string, string>[] = [];
  let pid = '';
  for (const line of output('lsof', '-w', '-n', '-P', '-F', 'pfnsik', ...words).split('\n')) {
    const [letter, value] = [line.charAt(0), line.slice(1)];
    if (letter === 'p') pid = value;
    else if (letter === 'f') files.push({ p: pid, f: value });
    else if (letter !== '') (files.at(-1) ?? {})[letter] = value;
  }
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  return files.map(({ p, f = '', n = '', s, i, k }) => ({
    pid: Number(p),
    fd: f,
    name: n.replace(/ \(deleted\)$/, ''),
    size: number(s),
    inode: i ?? null,
    links: number(k),
  }));
}

/** In the words of lsof: 3, cwd, txt, mem, rtd. */
function lsofWord({ how, fd }: FileUse): string {
  switch (how) {
    case 'exe':
      return 'txt';
    case 'map':
      return 'mem';
    case 'root':
      return 'rtd';
    case 'cwd':
      return 'cwd';
    case 'fd':
    case 'socket':
      return String(fd);
  }
}

const ours = ({ uses }: FilesResult): readonly string[] => uses.map((use) => `${use.pid} ${lsofWord(use)}`).sort();
const theirs = (files: readonly LsofFile[]): readonly string[] => files.map(({ pid, fd }) => `${pid} ${fd}`).sort();

describe('who uses a file, against lsof (Linux only)', () => {
  const scene = stage();
  const pids: Record<string, number> = {};
  const at = (name: string): string => path.join(scene.folder, name);

  before(async () => {
    fs.mkdirSync(at('data'));
    fs.mkdirSync(at('data/inner'));
    fs.mkdirSync(at('elsewhere'));
    for (const name of ['data/plain', 'data/mapped', 'data/inner/deep', 'data/locked'])
      fs.writeFileSync(at(name), 'x'.repeat(8_192));
    fs.linkSync(at('data/plain'), at('elsewhere/other name'));
    fs.symlinkSync('data', at('link'));
    const start = async (name: string, code: string): Promise<void> => {
      pids[name] = (await scene.start(...python(code))).pid;
    };
    await start('plain', `f = open('${at('data/plain')}', 'a+b', buffering=0); f.seek(4096)`);
    await start('linked', `f = open('${at('elsewhere/other name')}', 'rb', buffering=0)`);
    await start(
      'mapped',
      `import mmap\nf = os.open('${at('data/mapped')}', os.O_RDWR)\nm = mmap.mmap(f, 8192)\nos.close(f)`,
    );
    await start('cwd', `os.chdir('${at('data/inner')}')`);
    await start('locked', `import fcntl\nf = open('${at('data/locked')}', 'r+b'); fcntl.lockf(f, fcntl.LOCK_EX, 100)`);
    await start('socket', `import socket\ns = socket.socket(socket.AF_UNIX); s.bind('${at('data/socket')}')`);
  });

  it('finds a file under both of its names', async () => {
    for (const name of ['data/plain', 'elsewhere/other name', 'link/plain']) {
      const result = await scene.run(filesTool, { path: at(name) });
      assert.deepEqual(ours(result), theirs(lsof(at(name))), name);
      assert.deepEqual(result.users.map(({ pid }) => pid).sort(), [pids['plain'], pids['linked']].sort());
      assert.equal(result.target?.hardLinks, 2);
      assert.ok(result.uses.every(({ matchedBy }) => matchedBy === 'inode'));
    }
  });

  it('tells mode, flags, position and size of a descriptor, as psutil does', async () => {
    const { uses } = await scene.run(filesTool, { path: at('data/plain') });
    const use = uses.find(({ pid }) => pid === pids['plain']) ?? assert.fail();
    assert.equal(use.mode, 'read-write');
    assert.ok(use.flags.includes('O_APPEND') && use.flags.includes('O_CLOEXEC'), use.flags.join());
    assert.equal(use.positionBytes, 4_096);
    assert.equal(use.sizeBytes, 8_192);
    const told = psutil(`[[f.path, f.fd, f.position, f.mode] for f in psutil.Process(${use.pid}).open_files()]`);
    if (told !== undefined) assert.deepEqual(told, [[at('data/plain'), use.fd, 4_096, 'a+']]);
    assert.equal(uses.find(({ pid }) => pid === pids['linked'])?.mode, 'read');
  });

  it('finds a file that is only mapped', async () => {
    const result = await scene.run(filesTool, { path: at('data/mapped') });
    assert.deepEqual(ours(result), theirs(lsof(at('data/mapped'))));
    // Python keeps a descriptor of its own beside the map.
    const map = result.uses.find(({ how }) => how === 'map') ?? assert.fail();
    assert.equal(map.permissions, 'rws');
    assert.equal(map.mappedBytes, 8_192);
  });

  it('knows who holds a lock', async () => {
    const { uses } = await scene.run(filesTool, { path: at('data/locked') });
    assert.deepEqual(uses[0]?.locks, [{ kind: 'posix', access: 'write', waiting: false }]);
    assert.equal(uses[0].pid, pids['locked']);
  });

  it('finds the process behind the path of a socket', async () => {
    const result = await scene.run(filesTool, { path: at('data/socket') });
    // lsof also takes a socket for it whose number happens to be the inode of the path.
    const own = lsof(at('data/socket')).filter(({ pid }) => Object.values(pids).includes(pid));
    assert.deepEqual(ours(result), theirs(own));
    assert.equal(result.uses[0]?.pid, pids['socket']);
  });

  it('finds everything below a folder, as lsof +D', async () => {
    const result = await scene.run(filesTool, { path: at('data'), recursive: true });
    const mine = new Set(Object.values(pids));
    // A hard link from elsewhere is no name below the folder; lsof, which walks it, knows the inode. The socket's too.
    const odd = (entry: string): boolean =>
      entry.startsWith(`${pids['linked']} `) || entry.startsWith(`${pids['socket']} `);
    assert.deepEqual(
      ours(result).filter((entry) => !odd(entry)),
      theirs(lsof('+D', at('data')).filter(({ pid }) => mine.has(pid))).filter((entry) => !odd(entry)),
    );
    assert.ok(result.uses.some(({ pid, how }) => pid === pids['cwd'] && how === 'cwd'));
  });

  it('says nobody of a folder that nobody uses', async () => {
    fs.mkdirSync(at('empty'), { recursive: true });
    const result = await scene.run(filesTool, { path: at('empty'), recursive: true });
    assert.deepEqual(result.uses, []);
    assert.equal(result.seen.denied === 0, filesTool.report(result).status === 'ok');
  });

  it('refuses a path that is nowhere', async () => {
    await assert.rejects(scene.run(filesTool, { path: at('nowhere') }), { code: 'not-found' });
    await assert.rejects(scene.run(filesTool, { path: 'data' }), { code: 'invalid-input' });
  });

  onLinuxAsRoot('tells the same path in another mount namespace from the one here', async function () {
    const [inside, bound] = [at('elsewhere'), at('bound')];
    fs.mkdirSync(bound, { recursive: true });
    const script = `mount -t tmpfs none '${inside}' && mount --bind '${at('data')}' '${bound}' && cd '${inside}' && exec 7<'${bound}/inner/deep' && echo ready && read line`;
    const { pid } = await scene
      .start('unshare', '-m', '--propagation', 'private', 'sh', '-c', script)
      .catch(() => ({ pid: 0 }));
    if (pid === 0) return this.skip();
    const folder = await scene.run(filesTool, { path: inside });
    assert.ok(!folder.uses.some((use) => use.pid === pid), 'its folder of that name is another one');
    const file = await scene.run(filesTool, { path: at('data/inner/deep') });
    const use = file.uses.find((one) => one.pid === pid) ?? assert.fail('not found by its inode');
    assert.equal(use.fd, 7);
    assert.equal(use.otherNamespace, true);
    const below = await scene.run(filesTool, { path: at('data'), recursive: true });
    assert.ok(
      below.uses.some((one) => one.pid === pid && one.fd === 7),
      'below the folder by another name',
    );
  });
});

describe('deleted files, against lsof +L1 (Linux only)', () => {
  const scene = stage();
  let holders: readonly number[] = [];

  before(async () => {
    const file = path.join(scene.folder, 'big log (deleted)');
    const { line } = await scene.start(
      PYTHON,
      '-c',
      `import os, sys
f = open('${file}', 'wb'); f.write(b'x' * ${TEN_MEGABYTES}); f.flush(); os.unlink('${file}')
g = os.dup(f.fileno())
m = os.memfd_create('notes'); os.ftruncate(m, 50000)
child = os.fork()
if child == 0:
    sys.stdin.read(); os._exit(0)
print(os.getpid(), child, flush=True)
sys.stdin.read()`,
    );
    holders = line.split(' ').map(Number);
  });

  it('counts a file once that two processes hold three times', async () => {
    const { deleted, deletedDiskBytes } = await scene.run(filesTool, { deleted: true });
    const file = deleted.find(({ path: name }) => name.endsWith('big log (deleted)')) ?? assert.fail('not found');
    assert.equal(file.sizeBytes, TEN_MEGABYTES);
    assert.deepEqual(file.holders.map(({ pid }) => pid).sort(), [...holders].sort());
    assert.ok(file.holders.every(({ how }) => how.length === 2));
    const told = lsof('+L1').filter(({ inode, pid }) => inode === file.inode && holders.includes(pid));
    assert.equal(told.length, 4);
    assert.ok(told.every(({ size, links }) => size === TEN_MEGABYTES && links === 0));
    assert.ok(deletedDiskBytes >= (file.medium === 'disk' ? TEN_MEGABYTES : 0));
  });

  it('has every deleted file that lsof has', async () => {
    const told = lsof('+L1').filter(({ pid, fd }) => holders.includes(pid) && /^\d+$/.test(fd));
    const { deleted } = await scene.run(filesTool, { deleted: true });
    const known = deleted.flatMap(({ inode, holders: all }) =>
      all.flatMap(({ pid, how }) => how.filter((fd) => /^\d+$/.test(fd)).map((fd) => `${inode} ${pid} ${fd}`)),
    );
    for (const { inode, pid, fd } of told) assert.ok(known.includes(`${inode} ${pid} ${fd}`), `${inode} ${pid} ${fd}`);
    const memory = deleted.find(({ path: name }) => name === '/memfd:notes') ?? assert.fail('no memfd');
    assert.equal(memory.medium, 'memory');
    assert.equal(memory.sizeBytes, 50_000);
  });

  it('is counted in the summary of its processes', async () => {
    const { processes, openFiles } = await scene.run(filesTool, {});
    for (const pid of holders) {
      const row = processes.find((one) => one.pid === pid) ?? assert.fail();
      assert.equal(row.deletedBytes, TEN_MEGABYTES + 50_000);
      const told = psutil(`psutil.Process(${pid}).num_fds()`);
      if (told !== undefined) assert.equal(row.open, told);
      assert.equal(
        row.limit,
        Number(/Max open files\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]),
      );
    }
    const before = Number(fs.readFileSync('/proc/sys/fs/file-nr', 'utf8').split('\t')[0]);
    assert.ok(openFiles !== null && Math.abs(openFiles - before) < 2_000, `${openFiles}, ${before}`);
  });
});

describe('who keeps a file system from being unmounted, against lsof (Linux only)', () => {
  const scene = stage();
  const file = `/dev/shm/opsdeck-test-${process.pid}`;

  after(() => fs.rmSync(file, { force: true }));

  it('finds its users and nobody else', async function () {
    if (!fs.existsSync('/dev/shm')) return this.skip();
    const { pid } = await scene.start(...python(`f = open('${file}', 'w')`));
    const result = await scene.run(filesTool, { path: '/dev/shm', mount: true });
    assert.equal(result.question, 'mount');
    assert.equal(result.target?.mountPoint, '/dev/shm');
    const told = new Set(lsof('/dev/shm').map((one) => one.pid));
    assert.ok(told.has(pid));
    assert.deepEqual(new Set(result.users.map((one) => one.pid)), told);
    assert.match(filesTool.report(result).verdict, /^\/dev\/shm cannot be unmounted/);
  });
});
