import * as assert from 'node:assert/strict';
import { collectFiles } from '../../../../../../src/features/system/core/files/collect';
import type { FilesInput } from '../../../../../../src/features/system/core/files/input';
import type { FilesResult } from '../../../../../../src/features/system/core/files/schema';
import { filesTool } from '../../../../../../src/features/system/storageTools';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { DENIED, memoryMachine, TIMED_OUT, type MemoryEntry } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';

const MOUNTINFO = `22 27 0:21 / /proc rw - proc proc rw
27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 27 0:40 / /mnt/nfs rw - nfs4 server:/export rw
31 27 8:2 / /srv rw - xfs /dev/sda2 rw
32 31 8:3 / /srv/inner rw - xfs /dev/sda3 rw
33 27 0:25 / /dev/shm rw - tmpfs tmpfs rw
`;

const statOf = (pid: number, name: string, startTicks: number): string =>
  `${pid} (${name}) S 1 ${pid} ${pid} 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 ${startTicks} 1000000 100 ${'0 '.repeat(30)}\n`;

function processEntries(
  pid: number,
  name: string,
  more: Readonly<Record<string, MemoryEntry>>,
): Readonly<Record<string, MemoryEntry>> {
  const own = Object.entries(more).map(([file, entry]) => [`/proc/${pid}/${file}`, entry] as const);
  return {
    [`/proc/${pid}/stat`]: statOf(pid, name, pid * 10),
    [`/proc/${pid}/status`]: `Name:\t${name}\nUid:\t1000\t1000\t1000\t1000\n`,
    [`/proc/${pid}/cmdline`]: `/usr/bin/${name}\0`,
    [`/proc/${pid}/cwd`]: { link: '/', stat: 'd 755 4096 8:1 2 20 0 0 0' },
    [`/proc/${pid}/root`]: { link: '/', stat: 'd 755 4096 8:1 2 20 0 0 0' },
    [`/proc/${pid}/exe`]: { link: `/usr/bin/${name}`, stat: `f 755 1000 8:1 9${pid} 1 0 0 0` },
    [`/proc/${pid}/ns/mnt`]: { link: 'mnt:[1]' },
    [`/proc/${pid}/maps`]: '',
    ...Object.fromEntries(own),
  };
}

const BASE: Readonly<Record<string, MemoryEntry>> = {
  '/proc/self/mountinfo': MOUNTINFO,
  '/proc/self/ns/mnt': { link: 'mnt:[1]' },
  '/proc/locks': '1: POSIX  ADVISORY  WRITE 11 08:02:500 0 EOF\n2: -> FLOCK  ADVISORY  READ 99 08:02:501 0 EOF\n',
  '/proc/sys/fs/file-nr': '992\t0\t1000000\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n',
  '/srv/data': { stat: 'f 644 8192 8:2 500 2 0 0 0' },
  '/srv': { stat: 'd 755 4096 8:2 128 5 0 0 0' },
  '/mnt/nfs/file': { stat: 'f 644 10 0:40 7 1 0 0 0' },
  ...processEntries(11, 'writer', {
    'fd/3': { link: '/srv/data', stat: 'f 644 8192 8:2 500 2 0 0 0' },
    'fd/4': { link: 'socket:[4711]' },
    'fdinfo/3': 'pos:\t4096\nflags:\t0102001\nmnt_id:\t31\n',
  }),
  ...processEntries(12, 'a-program-whose-name-is-lo', {
    stat: statOf(12, 'a-program-whose', 120),
    'fd/7': { link: '/elsewhere/other name', stat: 'f 644 8192 8:2 500 2 0 0 0' },
    'fdinfo/7': 'pos:\t0\nflags:\t0100000\n',
  }),
};

const collect = (
  input: FilesInput,
  more: Readonly<Record<string, MemoryEntry>> = {},
  signal = new AbortController().signal,
): Promise<FilesResult> => collectFiles(memoryMachine({ ...BASE, ...more }), input, signal);

describe('who uses a file', () => {
  it('is found by device and inode, with how it is used', async () => {
    const { uses, users, target } = await collect({ path: '/srv/data' });
    assert.deepEqual(
      uses.map(({ pid, name, user, how, fd, mode, flags, positionBytes, path, matchedBy }) => [
        pid,
        name,
        user,
        how,
        fd,
        mode,
        flags,
        positionBytes,
        path,
        matchedBy,
      ]),
      [
        [11, 'writer', 'anna', 'fd', 3, 'write', ['O_APPEND', 'O_LARGEFILE'], 4_096, '/srv/data', 'inode'],
        [
          12,
          'a-program-whose-name-is-lo',
          'anna',
          'fd',
          7,
          'read',
          ['O_LARGEFILE'],
          0,
          '/elsewhere/other name',
          'inode',
        ],
      ],
    );
    assert.deepEqual(uses[0]?.locks, [{ kind: 'posix', access: 'write', waiting: false }]);
    assert.deepEqual(
      users.map(({ pid, startTicks }) => [pid, startTicks]),
      [
        [11, 110],
        [12, 120],
      ],
    );
    assert.equal(target?.mountPoint, '/srv');
  });

  it('is not what has another inode at the same path', async () => {
    const { uses } = await collect(
      { path: '/srv/data' },
      { '/proc/11/fd/3': { link: '/srv/data', stat: 'f 644 1 8:2 777 1 0 0 0' } },
    );
    assert.deepEqual(
      uses.map(({ pid }) => pid),
      [12],
    );
  });

  it('follows symbolic links to what is asked for, and gives up in a circle', async () => {
    const links = {
      '/short': { link: 'srv' },
      '/short/data': { stat: 'f 644 8192 8:2 500 2 0 0 0' },
      '/round': { link: 'round' },
    };
    const { target } = await collect({ path: '/short/data' }, links);
    assert.equal(target?.path, '/srv/data');
    assert.equal(target.inode, '500');
    await assert.rejects(collect({ path: '/round/x' }, links), { code: 'not-found' });
  });

  it('finds what lies below a folder, but not what is only named alike', async () => {
    const more = processEntries(13, 'reader', {
      cwd: { link: '/srv/inner/deep', stat: 'd 755 1 8:3 9 2 0 0 0' },
      'fd/0': { link: '/srvice/x', stat: 'f 644 1 8:1 10 1 0 0 0' },
    });
    const { uses } = await collect({ path: '/srv', recursive: true }, more);
    assert.deepEqual(
      uses.map(({ pid, how, path }) => `${pid} ${how} ${path}`),
      ['11 fd /srv/data', '13 cwd /srv/inner/deep'],
    );
  });

  it('finds a mapped file, and tells a program once', async () => {
    const map = (range: string, inode: number, path: string): string =>
      `${range} r-xp 00000000 08:02 ${inode}   ${path}\n`;
    const more = processEntries(14, 'mapper', {
      exe: { link: '/srv/tool', stat: 'f 755 1 8:2 600 1 0 0 0' },
      maps: map('400000-402000', 600, '/srv/tool') + map('7f0000000000-7f0000001000', 500, '/srv/data'),
    });
    const { uses } = await collect({ path: '/srv', mount: true }, more);
    assert.deepEqual(
      uses.filter(({ pid }) => pid === 14).map(({ how, path }) => `${how} ${path}`),
      ['exe /srv/tool', 'map /srv/data'],
    );
  });

  it('is asked of a container by the place within the file system', async () => {
    const more = processEntries(15, 'contained', {
      'ns/mnt': { link: 'mnt:[2]' },
      mountinfo: '90 80 0:99 / / rw - overlay overlay rw\n91 90 8:2 / /data rw - xfs /dev/sda2 rw\n',
      'fd/5': { link: '/data/sub/file', stat: 'f 644 1 8:2 900 1 0 0 0' },
      'fd/6': { link: '/srv/sub/file', stat: 'f 644 1 0:99 901 1 0 0 0' },
    });
    const { uses } = await collect({ path: '/srv', recursive: true }, more);
    const own = uses.filter(({ pid }) => pid === 15);
    assert.deepEqual(
      own.map(({ fd, otherNamespace }) => [fd, otherNamespace]),
      [[5, true]],
    );
  });

  it('tells what else keeps a file system from being unmounted', async () => {
    const result = await collect(
      { path: '/dev/sda2', mount: true },
      {
        '/dev/sda2': { stat: 'b 660 0 0:5 12 1 0 6 0' },
        '/proc/swaps': 'Filename Type Size Used Priority\n/srv/swap file 1024 0 -2\n/swap file 1024 0 -3\n',
        '/sys/block/loop3/loop/backing_file': '/srv/image\n',
      },
    );
    assert.equal(result.target?.mountPoint, '/srv');
    assert.deepEqual(result.obstacles, [
      { kind: 'mount', what: '/srv/inner' },
      { kind: 'swap', what: '/srv/swap' },
      { kind: 'loop', what: '/dev/loop3 (/srv/image)' },
    ]);
    const report = filesTool.report(result);
    assert.equal(report.status, 'warning');
    assertGolden('system/files-mount.md', printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
  });
});

describe('trouble while looking for users of files', () => {
  it('of a process that may not be looked into is counted and said', async () => {
    // Of some, what is open is listed, but not where it leads.
    for (const place of ['/proc/16/fd', '/proc/16/fd/3']) {
      const more = { ...processEntries(16, 'secret', {}), [place]: DENIED };
      const inner = { '/srv/inner': { stat: 'd 755 1 8:3 1 2 0 0 0' } };
      const result = await collect({ path: '/srv/inner' }, { ...more, ...inner });
      assert.deepEqual(result.seen, { processes: 3, denied: 1 });
      const { verdict, status } = filesTool.report(result);
      assert.equal(verdict, 'None of the 2 processes that may be looked into uses /srv/inner; 1 may not.');
      assert.equal(status, 'unknown');
    }
  });

  it('of a process that ends is nothing', async () => {
    const result = await collect({ path: '/srv/data' }, { '/proc/17/fd/3': { link: '/srv/data' } });
    assert.ok(!result.uses.some(({ pid }) => pid === 17));
  });

  it('of a dead network mount costs only what lies on it', async () => {
    const more = processEntries(18, 'stuck', { 'fd/3': { link: '/mnt/nfs/file' }, 'fd/4': { link: '/srv/data' } });
    const failures = new Map([
      ['/mnt/nfs/file', TIMED_OUT],
      ['/proc/18/fd/3', TIMED_OUT],
    ]);
    const stats = { '/proc/18/fd/4': { link: '/srv/data', stat: 'f 644 8192 8:2 500 2 0 0 0' } };
    const asked = async (path: string): Promise<FilesResult> => {
      const machine = memoryMachine({ ...BASE, ...more, ...stats });
      const { readMany } = machine.files;
      // The link can be read, what it leads to does not answer.
      machine.files.readMany = async (items, options) => {
        const answer = new Map(await readMany(items, options));
        for (const item of items) {
          const failure = typeof item === 'string' || item.what !== 'stat' ? undefined : failures.get(item.path);
          if (failure !== undefined && typeof item !== 'string') answer.set(item.path, failure);
        }
        return answer;
      };
      return collectFiles(machine, { path }, new AbortController().signal);
    };
    const far = await asked('/mnt/nfs/file');
    assert.equal(far.target?.exists, null);
    assert.deepEqual(
      far.uses.map(({ pid, fd, matchedBy }) => [pid, fd, matchedBy]),
      [[18, 3, 'path']],
    );
    assert.match(far.problems.join(), /did not answer/);
    const near = await asked('/srv/data');
    assert.ok(near.uses.some(({ pid, fd }) => pid === 18 && fd === 4));
    assert.match(near.problems.join(), /The file system at \/mnt\/nfs did not answer/);
  });

  it('of a mount that does not answer is avoided: nothing on it is touched, also by a symbolic link', async () => {
    const more = processEntries(18, 'stuck', { 'fd/3': { link: '/mnt/nfs/file' }, 'fd/4': { link: '/srv/data' } });
    const stats = { '/proc/18/fd/4': { link: '/srv/data', stat: 'f 644 8192 8:2 500 2 0 0 0' } };
    const usage = new Map([['/mnt/nfs', TIMED_OUT]]);
    const machine = memoryMachine({ ...BASE, ...more, ...stats, '/home/link': { link: '/mnt/nfs/file' } }, { usage });
    const { readMany } = machine.files;
    const touched: string[] = [];
    machine.files.readMany = (items, options) => {
      const stat = items.flatMap((item) => (typeof item !== 'string' && item.what === 'stat' ? [item.path] : []));
      const below = items
        .map((item) => (typeof item === 'string' ? item : item.path))
        .filter((one) => /^\/mnt/.test(one));
      touched.push(...stat, ...below);
      return readMany(items, options);
    };
    const { target, uses, problems } = await collectFiles(
      machine,
      { path: '/home/link' },
      new AbortController().signal,
    );
    assert.deepEqual([target?.path, target?.exists], ['/mnt/nfs/file', null]);
    assert.deepEqual(
      uses.map(({ pid, fd, matchedBy }) => [pid, fd, matchedBy]),
      [[18, 3, 'path']],
    );
    assert.ok(touched.includes('/proc/18/fd/4'), 'others are');
    assert.deepEqual(
      touched.filter((path) => ['/home/link', '/proc/18/fd/3'].includes(path) || path.startsWith('/mnt')),
      [],
    );
    assert.match(problems.join(), /The file system at \/mnt\/nfs did not answer/);
  });

  it('is an error for other systems, odd paths and nothing there', async () => {
    const machine = memoryMachine({}, { platform: 'darwin', name: 'mac' });
    const { signal } = new AbortController();
    await assert.rejects(collectFiles(machine, {}, signal), { code: 'unsupported', message: /mac \(darwin\)/ });
    await assert.rejects(collect({ path: 'srv' }), { code: 'invalid-input' });
    await assert.rejects(collect({ path: '/none' }), { code: 'not-found' });
    await assert.rejects(collect({}, {}, AbortSignal.abort()), { name: 'CancelledError' });
  });
});

describe('deleted files', () => {
  const more = {
    ...processEntries(21, 'logger', {
      'fd/3': { link: '/var/log/big (deleted)', stat: 'f 644 5000 8:1 70 0 0 0 0' },
      'fd/4': { link: '/var/log/big (deleted)', stat: 'f 644 5000 8:1 70 0 0 0 0' },
      'fd/5': { link: '/tmp/really (deleted)', stat: 'f 644 900 8:1 71 1 0 0 0' },
      'fd/6': { link: '/memfd:x (deleted)', stat: 'f 777 300 0:1 72 0 0 0 0' },
      'fd/7': { link: '/dev/shm/y (deleted)', stat: 'f 644 200 0:25 73 0 0 0 0' },
      maps: '7f0000000000-7f0000001000 r--p 00000000 08:01 74   /usr/lib/old.so (deleted)\n',
      'map_files/7f0000000000-7f0000001000': { link: '/usr/lib/old.so (deleted)', stat: 'f 644 100 8:1 74 0 0 0 0' },
    }),
    ...processEntries(22, 'child', { 'fd/1': { link: '/var/log/big (deleted)', stat: 'f 644 5000 8:1 70 0 0 0 0' } }),
  };

  it('are counted once, and by where their bytes are', async () => {
    const result = await collect({ deleted: true }, more);
    assert.deepEqual(
      result.deleted.map(({ path, sizeBytes, medium, mountPoint, holders }) => [
        path,
        sizeBytes,
        medium,
        mountPoint,
        holders.map(({ pid, how }) => `${pid}: ${how.join()}`).join('; '),
      ]),
      [
        ['/var/log/big', 5_000, 'disk', '/', '21: 3,4; 22: 1'],
        ['/memfd:x', 300, 'memory', null, '21: 6'],
        ['/dev/shm/y', 200, 'tmpfs', '/dev/shm', '21: 7'],
        ['/usr/lib/old.so', 100, 'disk', '/', '21: map'],
      ],
    );
    assert.deepEqual([result.deletedDiskBytes, result.deletedMemoryBytes], [5_100, 500]);
    assertGolden('system/files-deleted.md', printMarkdown(filesTool.report(result), { locale: 'en', timeZone: 'UTC' }));
  });

  it('are asked of one file system', async () => {
    const { deleted } = await collect({ deleted: true, path: '/srv/data' }, more);
    assert.deepEqual(deleted, []);
  });

  it('are found by the name of a file that is gone', async () => {
    const result = await collect({ path: '/var/log/big' }, more);
    assert.deepEqual(
      result.users.map(({ pid, uses }) => [pid, uses]),
      [
        [21, 2],
        [22, 1],
      ],
    );
    assert.match(filesTool.report(result).verdict, /does not exist any more, but is still held by logger \(PID 21\)/);
  });

  it('are part of the summary', async () => {
    const { processes, openFiles } = await collect({}, more);
    assert.equal(openFiles, 992);
    const [first] = processes;
    assert.deepEqual([first?.pid, first?.open, first?.deletedBytes], [21, 5, 5_500]);
    assert.deepEqual([processes[1]?.files, processes[1]?.sockets], [1, 1]);
  });
});
