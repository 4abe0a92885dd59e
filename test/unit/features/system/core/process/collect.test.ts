import * as assert from 'node:assert/strict';
import { collectProcess, type ProcessInput } from '../../../../../../src/features/system/core/process/collect';
import { processResult, type ProcessResult } from '../../../../../../src/features/system/core/process/schema/process';
import { report } from '../../../../../../src/features/system/report/process';
import type { Machine } from '../../../../../../src/machine/machine';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { fakeClock } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';
import { DENIED, fakeMachine, statText, type Texts } from './fakeProcess';

const PID = 4711;
const OWN = `/proc/${PID}`;

const STATUS =
  'Name:\tweb\nUmask:\t0027\nState:\tS (sleeping)\nTgid:\t4711\nPid:\t4711\nPPid:\t900\nTracerPid:\t0\nUid:\t33\t0\t0\t33\nGid:\t33\t33\t33\t33\n' +
  'Groups:\t4 33 \nNSpid:\t4711\t7\nVmPeak:\t  204800 kB\nVmSize:\t  102400 kB\nVmLck:\t       0 kB\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n' +
  'RssAnon:\t    6144 kB\nRssFile:\t    4096 kB\nRssShmem:\t       0 kB\nVmData:\t   20480 kB\nVmStk:\t     132 kB\nVmExe:\t     772 kB\nVmLib:\t    1500 kB\n' +
  'VmPTE:\t      56 kB\nVmSwap:\t       0 kB\nThreads:\t2\nSigQ:\t1/1000\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000400\nCapEff:\t0000000000000400\n' +
  'CapBnd:\t000001ffffffffff\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t3\nCpus_allowed_list:\t0-1\n' +
  'voluntary_ctxt_switches:\t10\nnonvoluntary_ctxt_switches:\t3\n';

const LIMITS =
  'Limit                     Soft Limit           Hard Limit           Units     \n' +
  'Max stack size            8388608              unlimited            bytes     \n' +
  'Max open files            6                    4096                 files     \n';

/** What it has open, and the tables that tell more of it. */
const FILES: Texts = {
  [`${OWN}/fd`]: ['0', '1', '2', '3', '4'].join('\0'),
  [`${OWN}/fd/0`]: '/dev/null',
  [`${OWN}/fd/1`]: '/var/log/web.log (deleted)',
  [`${OWN}/fd/2`]: 'pipe:[55]',
  [`${OWN}/fd/3`]: 'socket:[77]',
  [`${OWN}/fd/4`]: 'socket:[78]',
  '/proc/900/fd': '5',
  '/proc/900/fd/5': 'pipe:[55]',
  [`${OWN}/task/4711/fd/0`]: 'c 666 0 0:5 4 1 0 0 1795435200',
  [`${OWN}/task/4711/fd/1`]: 'f 640 5368709120 254:0 99 0 33 33 1795435200',
  [`${OWN}/fdinfo/0`]: 'pos:\t0\nflags:\t0100002\n',
  [`${OWN}/fdinfo/1`]: 'pos:\t5368709120\nflags:\t0102001\nlock:\t1: FLOCK  ADVISORY  WRITE 4711 fe:00:99 0 EOF\n',
  [`${OWN}/fdinfo/2`]: 'pos:\t0\nflags:\t01\n',
  [`${OWN}/fdinfo/3`]: 'pos:\t0\nflags:\t02\n',
  '/proc/locks': '4: FLOCK  ADVISORY  WRITE 4711 fe:00:99 0 EOF\n4: -> FLOCK  ADVISORY  WRITE 5000 fe:00:99 0 EOF\n',
  [`${OWN}/net/tcp`]:
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000002 00:00000000 00000000    33        0 77 1 0 100 0 0 10 0\n',
  [`${OWN}/net/unix`]:
    'Num       RefCount Protocol Flags    Type St Inode Path\n0000000000000000: 00000002 00000000 00010000 0001 01   78 /run/web sock\n',
};

/** A web server with a deleted log, a replaced program file and two sockets, as root sees it. */
function webServer(seconds: number): Texts {
  const busy = 100 + 25 * seconds;
  return {
    '/proc/uptime': `${(200.01 + seconds).toFixed(2)} 1.00\n`,
    '/proc/stat': 'cpu  1 0 0 0 0 0 0 0 0 0\nbtime 1795435200\n',
    '/proc/meminfo': 'MemTotal:        1048576 kB\nMemFree:          524288 kB\n',
    '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n',
    '/etc/group': 'adm:x:4:\nwww-data:x:33:\n',
    '/proc/sys/kernel/arch': 'x86_64\n',
    '/proc/sys/kernel/cap_last_cap': '40\n',
    '/proc/1/stat': statText(1, 'systemd', { parent: 0, start: 1 }),
    '/proc/1/status': 'Name:\tsystemd\nUid:\t0\t0\t0\t0\nThreads:\t1\n',
    '/proc/900/stat': statText(900, 'master', { start: 4000 }),
    '/proc/900/status': 'Name:\tmaster\nUid:\t0\t0\t0\t0\nVmRSS:\t    2048 kB\nThreads:\t1\n',
    '/proc/900/cmdline': 'master\0',
    '/proc/4800/stat': statText(4800, 'cgi ) x', { parent: PID, start: 6000, state: 'Z', threads: 0 }),
    // Its number was given anew: a child is not older than its parent.
    '/proc/4801/stat': statText(4801, 'other', { parent: PID, start: 10 }),
    [`${OWN}/stat`]: statText(PID, 'web', { parent: 900, userTicks: busy, threads: 2 }),
    [`${OWN}/status`]: STATUS,
    [`${OWN}/statm`]: '25600 2560 1024 193 0 5120 0\n',
    [`${OWN}/cmdline`]: '/usr/sbin/web\0-c\0/etc/my conf\0',
    [`${OWN}/io`]: `rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: ${4096 * seconds}\nwrite_bytes: 0\ncancelled_write_bytes: 0\n`,
    [`${OWN}/limits`]: LIMITS,
    [`${OWN}/cgroup`]: '0::/system.slice/web.service\n',
    [`${OWN}/wchan`]: 'ep_poll',
    [`${OWN}/schedstat`]: `1000000000 ${100_000_000 * (1 + seconds)} 50\n`,
    [`${OWN}/oom_score`]: '700\n',
    [`${OWN}/oom_score_adj`]: '-100\n',
    [`${OWN}/smaps`]:
      '00400000-00500000 r-xp 00000000 fe:00 11                     /usr/sbin/web (deleted)\nSize: 1024 kB\nRss: 512 kB\nPss: 512 kB\nPrivate_Clean: 512 kB\nVmFlags: rd ex\n' +
      '00600000-00700000 rw-p 00000000 00:00 0 \nSize: 1024 kB\nRss: 1024 kB\nPss: 1024 kB\nPrivate_Dirty: 1024 kB\nAnonymous: 1024 kB\nVmFlags: rd wr\n',
    [`${OWN}/exe`]: '/usr/sbin/web (deleted)',
    [`${OWN}/cwd`]: '/',
    [`${OWN}/root`]: '/',
    [`${OWN}/environ`]: 'LANG=C\0WEB_TOKEN=abc\0',
    [`${OWN}/ns`]: 'net\0mnt',
    [`${OWN}/ns/net`]: 'net:[2]',
    [`${OWN}/ns/mnt`]: 'mnt:[1]',
    '/proc/1/ns': 'net\0mnt',
    '/proc/1/ns/net': 'net:[1]',
    '/proc/1/ns/mnt': 'mnt:[1]',
    [`${OWN}/task/4711/stat`]: statText(PID, 'web', { userTicks: busy - 50 }),
    [`${OWN}/task/4712/stat`]: statText(4712, 'log (1)', { userTicks: 50, state: 'D' }),
    [`${OWN}/task/4712/wchan`]: 'folio_wait_bit_common',
    ...FILES,
  };
}

const USUAL: ProcessInput = { pid: PID, environment: true, reveal: false, maps: 'grouped' };

async function collected(
  machine: Machine,
  input: Partial<ProcessInput> = {},
  most = 2,
): Promise<readonly ProcessResult[]> {
  const results: ProcessResult[] = [];
  const options = { machine, signal: new AbortController().signal, live: most > 2, clock: fakeClock() };
  for await (const result of collectProcess({ ...USUAL, ...input }, options)) {
    results.push(result);
    if (results.length === most) break;
  }
  return results;
}

async function lastOf(machine: Machine, input: Partial<ProcessInput> = {}): Promise<ProcessResult> {
  return (await collected(machine, input)).at(-1) ?? assert.fail();
}

describe('collectProcess', () => {
  it('gives a result that keeps to its schema, and the report of it', async () => {
    const result = await lastOf(fakeMachine([webServer(0), webServer(1)]));
    assert.deepEqual(processResult.safeParse(result).error?.issues ?? [], []);
    assertGolden('system/process-web.md', printMarkdown(report(result), { locale: 'en', timeZone: 'UTC' }));
  });

  it('needs two round trips a reading', async () => {
    const machine = fakeMachine([webServer(0), webServer(1)]);
    await collected(machine);
    assert.equal(machine.batches(), 4);
  });

  it('measures between two readings', async () => {
    const [first, second] = await collected(fakeMachine([webServer(0), webServer(1)]));
    assert.deepEqual([first?.intervalSeconds, first?.process.cpu.percent], [null, null]);
    assert.deepEqual([second?.intervalSeconds, second?.process.cpu.percent], [1, 25]);
    assert.equal(second?.process.io?.readBytesPerSecond, 4096);
    assert.deepEqual(
      second?.threads.list.map(({ tid, name, cpuPercent }) => [tid, name, cpuPercent]),
      [
        [4711, 'web', 25],
        [4712, 'log (1)', 0],
      ],
    );
    assert.equal(second?.scheduling.waitedPercent, 10);
  });

  it('tells what stands out', async () => {
    const { findings, files, memory, security, effectiveUser, groups } = await lastOf(fakeMachine([webServer(0)]));
    assert.deepEqual(
      findings.map(({ kind, severity, subject, value }) => [kind, severity, subject, value]),
      [
        ['limitNear', 'warning', 'nofile', 83.3],
        ['deletedFiles', 'warning', '', 1],
        ['executableReplaced', 'info', '', null],
      ],
    );
    assert.deepEqual([files?.deleted, files?.deletedBytes], [1, 5_368_709_120]);
    assert.deepEqual(files?.list[1]?.locks[0]?.waiters, [5000]);
    assert.deepEqual(files?.list[2]?.peers, [{ pid: 900, name: 'master' }]);
    // Without smaps_rollup, of an old kernel, the maps are added up.
    assert.deepEqual([memory.source, memory.uniqueBytes], ['smaps', 1536 * 1024]);
    assert.deepEqual(
      security.namespaces.map(({ kind, differs }) => [kind, differs]),
      [
        ['net', true],
        ['mnt', false],
      ],
    );
    assert.deepEqual([effectiveUser, groups.map(({ name }) => name)], ['root', ['adm', 'www-data']]);
  });

  it('leaves out a child that is older than its parent', async () => {
    const { relatives } = await lastOf(fakeMachine([webServer(0)]));
    assert.deepEqual(
      [relatives.children.map(({ pid }) => pid), relatives.parents.map(({ pid }) => pid)],
      [[4800], [900, 1]],
    );
  });

  it('masks secrets unless they are to be revealed, and leaves out what is not asked for', async () => {
    const masked = await lastOf(fakeMachine([webServer(0)]));
    assert.deepEqual([masked.environment?.masked, JSON.stringify(masked).includes('abc')], [1, false]);
    const shown = await lastOf(fakeMachine([webServer(0)]), { reveal: true });
    assert.equal(shown.environment?.variables[1]?.value, 'abc');
    const without = await lastOf(fakeMachine([webServer(0)]), { environment: false, maps: 'none' });
    assert.deepEqual([without.environment, without.maps?.groups ?? []], [null, []]);
  });

  it('keeps the last result of a process that ends, also where its number was given anew', async () => {
    for (const later of [{}, { ...webServer(1), [`${OWN}/stat`]: statText(PID, 'new', { start: 9000 }) }]) {
      const results = await collected(fakeMachine([webServer(0), later]), {}, 9);
      assert.equal(results.length, 2);
      assert.deepEqual([results[1]?.process.name, results[1]?.ended === null], ['web', false]);
    }
  });

  it('refuses what is not there, and a number that was given anew', async () => {
    await assert.rejects(lastOf(fakeMachine([{}])), { name: 'ExpectedError', code: 'missing' });
    await assert.rejects(lastOf(fakeMachine([webServer(0)]), { startTicks: 1 }), { code: 'pid-reused' });
    const mac = { ...fakeMachine([webServer(0)]), platform: 'darwin' as const };
    await assert.rejects(lastOf(mac), { name: 'ExpectedError', code: 'unsupported' });
  });

  it('takes the number of a thread for its process', async () => {
    const thread = {
      '/proc/4712/stat': statText(4712, 'log', { start: 5001 }),
      '/proc/4712/status': 'Name:\tlog\nTgid:\t4711\nPid:\t4712\n',
    };
    const machine = fakeMachine([{ ...webServer(0), ...thread }]);
    const result = await lastOf(machine, { pid: 4712, startTicks: 5001 });
    assert.deepEqual([result.thread, result.process.pid], [4712, PID]);
  });

  it('says what may not be seen and who could see it', async () => {
    const hidden = ['exe', 'cwd', 'root', 'io', 'fd', 'environ', 'smaps', 'smaps_rollup', 'ns'];
    const denied = Object.fromEntries(hidden.map((name) => [`${OWN}/${name}`, DENIED]));
    const result = await lastOf(fakeMachine([{ ...webServer(0), ...denied }], ''));
    assert.deepEqual(processResult.safeParse(result).error?.issues ?? [], []);
    assertGolden('system/process-denied.md', printMarkdown(report(result), { locale: 'en', timeZone: 'UTC' }));
  });

  it('counts what it does not show', async () => {
    const texts: Record<string, string> = {};
    const names = Array.from({ length: 2_500 }, (_, fd) => String(fd));
    for (const name of names) texts[`${OWN}/fd/${name}`] = name === '2400' ? '/gone (deleted)' : `/file/${name}`;
    const machine = fakeMachine([{ ...webServer(0), ...texts, [`${OWN}/fd`]: names.join('\0') }] as readonly Texts[]);
    const result = await lastOf(machine);
    assert.deepEqual([result.files?.total, result.files?.list.length], [2_500, 2_000]);
    assert.ok(
      result.files?.list.some(({ fd, deleted }) => fd === 2400 && deleted),
      'deleted ones are kept',
    );
    assert.match(printMarkdown(report(result), { locale: 'en' }), /500 more are not shown/);
  });
});
