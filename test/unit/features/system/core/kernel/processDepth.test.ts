import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { capabilitiesOf, lackedCapabilities } from '../../../../../../src/features/system/core/kernel/capabilities';
import { MASK, maskedValue, parseEnviron } from '../../../../../../src/features/system/core/kernel/environ';
import { parseFdInfo } from '../../../../../../src/features/system/core/kernel/fdinfo';
import { parseFileLock, parseFileLocks } from '../../../../../../src/features/system/core/kernel/fileLocks';
import { LIMITS, parseLimits } from '../../../../../../src/features/system/core/kernel/limits';
import { parseNamespaceLink } from '../../../../../../src/features/system/core/kernel/namespaces';
import { openFlagsOf } from '../../../../../../src/features/system/core/kernel/openFlags';
import {
  memoryMaps,
  NO_SIZES,
  parseSmapsRollup,
  sumOfSizes,
  uniqueBytes,
} from '../../../../../../src/features/system/core/kernel/smaps';
import {
  foregroundGroupOf,
  parseAutogroup,
  parseSchedstat,
  waitChannelOf,
} from '../../../../../../src/features/system/core/kernel/taskStat';

const KIB = 1024;

describe('openFlagsOf', () => {
  it('names the flags and the access mode', () => {
    assert.deepEqual(openFlagsOf(0o100002, 'x86_64'), { mode: 'read-write', names: ['O_LARGEFILE'] });
    assert.deepEqual(openFlagsOf(0o2102001, 'x86_64'), {
      mode: 'write',
      names: ['O_APPEND', 'O_LARGEFILE', 'O_CLOEXEC'],
    });
    assert.deepEqual(openFlagsOf(0o12000000, null), { mode: 'path', names: ['O_CLOEXEC', 'O_PATH'] });
  });

  it('reads the four bits that Arm and POWER have elsewhere', () => {
    assert.deepEqual(openFlagsOf(0o200000, 'x86_64').names, ['O_DIRECTORY']);
    assert.deepEqual(openFlagsOf(0o200000, 'aarch64').names, ['O_DIRECT']);
    assert.deepEqual(openFlagsOf(0o40000, 'ppc64le').names, ['O_DIRECTORY']);
    assert.deepEqual(openFlagsOf(0o40000, 'riscv64').names, ['O_DIRECT']);
  });

  it('does not name what is only part of another flag, and keeps bits that it does not know', () => {
    assert.deepEqual(openFlagsOf(0o4010000, null).names, ['O_SYNC']);
    assert.deepEqual(openFlagsOf(0o10000, null).names, ['O_DSYNC']);
    assert.deepEqual(openFlagsOf(0o20200002, null).names, ['O_TMPFILE']);
    assert.deepEqual(openFlagsOf(0o100000000, null).names, ['O_0100000000']);
  });
});

describe('parseFileLocks', () => {
  it('reads holders and those that wait', () => {
    const locks = parseFileLocks(
      '1: POSIX  ADVISORY  WRITE 4711 fe:00:2149060 5 14\n1: -> POSIX  ADVISORY  READ 4712 fe:00:2149060 0 EOF\n' +
        '2: OFDLCK ADVISORY  READ -1 08:11:77 0 EOF\n3: FLOCK  MSNFS     READ  0 00:2f:1 0 EOF\n4: LEASE  ACTIVE    READ  9 08:11:77 0 EOF\n',
    );
    assert.deepEqual(locks[0], {
      id: 1,
      waiting: false,
      kind: 'posix',
      mandatory: false,
      access: 'write',
      pid: 4711,
      device: '254:0',
      inode: '2149060',
      startByte: 5,
      endByte: 14,
    });
    assert.deepEqual(
      locks.slice(1).map(({ id, waiting, kind, pid, device }) => [id, waiting, kind, pid, device]),
      [
        [1, true, 'posix', 4712, '254:0'],
        [2, false, 'ofd', null, '8:17'],
        [3, false, 'flock', null, '0:47'],
        [4, false, 'lease', 9, '8:17'],
      ],
    );
  });

  it('leaves out what is cut short or something else', () => {
    assert.deepEqual(parseFileLocks('1: POSIX  ADVISORY  WRITE 4711 fe:00:21'), []);
    for (const line of [
      '',
      'nothing',
      '1: POSIX ADVISORY WRITE 1 fe:00 0 EOF',
      '1: POSIX ADVISORY WRITE 1 fe:00:1 0 END',
    ])
      assert.equal(parseFileLock(line), null, line);
  });
});

describe('parseFdInfo', () => {
  it('reads position, flags, mount, inode and locks', () => {
    const info = parseFdInfo(
      'pos:\t1234\nflags:\t0102002\nmnt_id:\t27\nino:\t99\nlock:\t1: FLOCK  ADVISORY  WRITE 7 fe:00:99 0 EOF\n',
    );
    assert.deepEqual([info.position, info.flags, info.mountId, info.inode], [1234, 0o102002, 27, '99']);
    assert.deepEqual(
      info.locks.map(({ kind, pid }) => [kind, pid]),
      [['flock', 7]],
    );
  });

  it('reads what an old kernel tells', () => {
    const info = parseFdInfo('pos:\t0\nflags:\t02\n');
    assert.deepEqual([info.position, info.flags, info.mountId, info.inode, info.locks], [0, 2, null, null, []]);
  });

  it('reads eventfd, epoll, inotify, fanotify, timerfd and pidfd', () => {
    assert.equal(parseFdInfo('eventfd-count:               1f\n').eventCount, 31);
    const epoll =
      'tfd:        3 events:       1f data:     7f7c00000003  pos:0 ino:11 sdev:10\ntfd:       12 events: 19 data: c\n';
    assert.deepEqual(parseFdInfo(epoll).epollTargets, [3, 12]);
    assert.equal(parseFdInfo('inotify wd:2 ino:1 sdev:2 mask:3\ninotify wd:1 ino:1 sdev:2 mask:3\n').watches, 2);
    assert.equal(parseFdInfo('fanotify flags:10 event-flags:0\nfanotify mnt_id:12 mflags:0 mask:38\n').watches, 1);
    const timer = 'clockid: 1\nticks: 0\nsettime flags: 00\nit_value: (3, 500000000)\nit_interval: (60, 0)\n';
    assert.deepEqual(parseFdInfo(timer).timer, { nextMs: 3500, intervalMs: 60_000 });
    assert.deepEqual([parseFdInfo('Pid:\t17\nNSpid:\t17\n').pid, parseFdInfo('Pid:\t-1\n').pid], [17, -1]);
  });
});

describe('parseLimits', () => {
  const text =
    'Limit                     Soft Limit           Hard Limit           Units     \n' +
    'Max cpu time              unlimited            unlimited            seconds   \n' +
    'Max open files            1024                 1048576              files     \n' +
    'Max nice priority         0                    0                    \n' +
    'Max realtime timeout      unlimited            18446744073709551615 us        \n';

  it('reads numbers, none and columns without a unit', () => {
    assert.deepEqual(
      parseLimits(text).map(({ name, soft, hard }) => [name, soft, hard]),
      [
        ['cpu', null, null],
        ['nofile', 1024, 1048576],
        ['nice', 0, 0],
        ['rttime', null, 18_446_744_073_709_551_615],
      ],
    );
  });

  it('knows the sixteen of setrlimit(2) and leaves out a line that is cut', () => {
    assert.equal(new Set(LIMITS.map(([name]) => name)).size, 16);
    assert.deepEqual(parseLimits('Max open files            1024                 10'), []);
    assert.deepEqual(parseLimits('Max open files            1024\n'), []);
  });
});

describe('parseEnviron', () => {
  it('splits at the first equals sign and keeps bytes that are no UTF-8', () => {
    assert.deepEqual(parseEnviron('A=1=2\0B=\0\xc3\xa9=\xff\n\0nothing\0=x\0'), [
      { name: 'A', value: '1=2' },
      { name: 'B', value: '' },
      { name: 'é', value: '\\xff\n' },
    ]);
  });

  it('masks by the name, and passwords within URLs', () => {
    const masked = (name: string, value: string): string => maskedValue({ name, value });
    for (const name of [
      'PGPASSWORD',
      'client_secret',
      'GITHUB_TOKEN',
      'AWS_ACCESS_KEY_ID',
      'MyCredentials',
      'SSH_PASSPHRASE',
    ])
      assert.equal(masked(name, 'x'), MASK, name);
    assert.equal(masked('API_KEY', ''), '');
    assert.equal(masked('PATH', '/usr/bin'), '/usr/bin');
    assert.equal(masked('DATABASE_URL', 'postgres://app:s3cret@db:5432/x'), `postgres://app:${MASK}@db:5432/x`);
    assert.equal(masked('URL', 'https://host:8080/a@b'), 'https://host:8080/a@b');
  });
});

describe('capabilitiesOf', () => {
  it('names the bits of a mask', () => {
    assert.deepEqual(capabilitiesOf('0000000000000000'), []);
    assert.deepEqual(capabilitiesOf('0000000000000400'), ['CAP_NET_BIND_SERVICE']);
    assert.deepEqual(capabilitiesOf('0000030000000001'), ['CAP_CHOWN', 'CAP_CHECKPOINT_RESTORE', 'CAP_41']);
    assert.equal(capabilitiesOf('none'), null);
  });

  it('tells what is missing of those that the kernel knows', () => {
    const held = capabilitiesOf('000001fffeffffff') ?? [];
    assert.deepEqual(lackedCapabilities(held, 40), ['CAP_SYS_RESOURCE']);
    assert.deepEqual(lackedCapabilities(held, 3), []);
    assert.equal(lackedCapabilities([], 40).length, 41);
  });
});

describe('parseNamespaceLink', () => {
  it('reads a link and refuses others', () => {
    assert.deepEqual(parseNamespaceLink('net:[4026531840]'), { kind: 'net', inode: 4026531840 });
    assert.equal(parseNamespaceLink('/proc/1/ns/net'), null);
  });
});

describe('the small files of a task', () => {
  it('reads schedstat, autogroup, wchan and the foreground group', () => {
    assert.deepEqual(parseSchedstat('600085 66259 1\n'), { ranNs: 600085, waitedNs: 66259, slices: 1 });
    assert.equal(parseSchedstat('0 0\n'), null);
    assert.deepEqual(parseAutogroup('/autogroup-25 nice -5\n'), { name: 'autogroup-25', nice: -5 });
    assert.equal(parseAutogroup(''), null);
    assert.deepEqual(['0', '', 'do_wait', 'poll.constprop.0', '<script>'].map(waitChannelOf), [
      null,
      null,
      'do_wait',
      'poll.constprop.0',
      null,
    ]);
    assert.equal(foregroundGroupOf('7 (a) 1 (b) S 1 7 7 34816 99 0'), 99);
    assert.equal(foregroundGroupOf('7 (a) S 1 7 7 0 -1 0'), null);
  });
});

const SMAPS =
  '55d7c44e2000-55d7c44e4000 r-xp 00002000 fe:00 260386                     /usr/bin/a b\\012c (deleted)\n' +
  'Size:                  8 kB\nKernelPageSize:        4 kB\nRss:                   8 kB\nPss:                   3 kB\n' +
  'Shared_Clean:          4 kB\nPrivate_Clean:         4 kB\nAnonHugePages:         0 kB\nSwap:                  1 kB\n' +
  'VmFlags: rd ex mr \n' +
  'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n' +
  'Size:                  4 kB\nRss:                   0 kB\nPrivate_Dirty:         0 kB\n' +
  '7f0000000000-7f0000002000 rw-s 00000000 00:01 77 \n' +
  'Size:                  8 kB\nPrivate_Hugetlb:       2048 kB\nTHPeligible:           0\nVmFlags: rd wr\n';

describe('memoryMaps', () => {
  it('reads heads, sizes and flags', () => {
    const [first, second, third] = [...memoryMaps(SMAPS)];
    assert.deepEqual(
      [first?.start, first?.permissions, first?.offset, first?.device, first?.inode, first?.pageBytes],
      ['55d7c44e2000', 'r-xp', '00002000', 'fe:00', '260386', 4096],
    );
    assert.equal(first?.path, '/usr/bin/a b\nc (deleted)');
    assert.deepEqual(
      [first?.sizeBytes, first?.residentBytes, first?.proportionalBytes, first?.sharedCleanBytes, first?.swapBytes],
      [8 * KIB, 8 * KIB, 3 * KIB, 4 * KIB, KIB],
    );
    assert.deepEqual(first?.flags, ['rd', 'ex', 'mr']);
    assert.deepEqual([second?.start, second?.path, second?.flags], ['ffffffffff600000', '[vsyscall]', []]);
    assert.deepEqual([third?.path, third?.privateHugetlbBytes], ['', 2048 * KIB]);
  });

  it('reads /proc/PID/maps as well, with the size of the addresses', () => {
    const [map] = [...memoryMaps('7f0000000000-7f0000003000 rw-p 00000000 00:00 0 \n')];
    assert.deepEqual([map?.sizeBytes, map?.residentBytes], [12 * KIB, 0]);
  });

  it('adds up', () => {
    const sum = [...memoryMaps(SMAPS)].reduce<typeof NO_SIZES>(sumOfSizes, NO_SIZES);
    assert.deepEqual([sum.sizeBytes, sum.residentBytes, uniqueBytes(sum)], [20 * KIB, 8 * KIB, 4 * KIB + 2048 * KIB]);
  });

  it('reads smaps_rollup, and nothing where there is none', () => {
    const rollup = parseSmapsRollup(
      '55d7c44e2000-7fff62b0f000 ---p 00000000 00:00 0                          [rollup]\nRss:   1732 kB\nPss:  312 kB\nPrivate_Dirty: 112 kB\nSwapPss: 5 kB\n',
    );
    assert.deepEqual(
      [rollup?.residentBytes, rollup?.proportionalBytes, rollup?.privateDirtyBytes, rollup?.swapProportionalBytes],
      [1732 * KIB, 312 * KIB, 112 * KIB, 5 * KIB],
    );
    assert.equal(parseSmapsRollup(''), null);
  });
});

describe('parsers of one process', () => {
  const lines = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...SMAPS.split('\n'), 'pos:\t1', 'Max open files 1 2', '1: POSIX ADVISORY WRITE 1 0:0:0 0 EOF'),
      ),
    )
    .map((parts) => parts.join('\n'));

  it('never throw, whatever they meet', () => {
    fc.assert(
      fc.property(lines, (text) => {
        for (const map of memoryMaps(text)) assert.ok(map.sizeBytes >= 0 && map.residentBytes >= 0);
        parseSmapsRollup(text);
        parseFdInfo(text);
        parseFileLocks(text);
        parseLimits(text);
        parseEnviron(text).forEach(maskedValue);
        parseSchedstat(text);
        parseAutogroup(text);
        waitChannelOf(text);
        foregroundGroupOf(text);
        capabilitiesOf(text);
        parseNamespaceLink(text);
      }),
      { numRuns: 300 },
    );
  });

  it('name every set of flags', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (flags) => {
        const { names } = openFlagsOf(flags, 'x86_64');
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });
});
