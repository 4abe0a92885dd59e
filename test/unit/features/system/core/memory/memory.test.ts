import * as assert from 'node:assert/strict';
import { collectMemory, type MemoryInput } from '../../../../../../src/features/system/core/memory/collect';
import type { MemoryResult } from '../../../../../../src/features/system/core/memory/schema';
import { memoryTool } from '../../../../../../src/features/system/storageTools';
import type { Machine } from '../../../../../../src/machine/machine';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { DENIED, fakeClock, memoryMachine, type MemoryEntry } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';

const MIB = 2 ** 20;

function meminfo(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, mebibytes]) => `${name}:  ${mebibytes * 1024} kB\n`)
    .join('');
}

const USUAL = {
  MemTotal: 16_000,
  MemFree: 400,
  MemAvailable: 11_000,
  Buffers: 200,
  Cached: 10_500,
  SReclaimable: 500,
  SUnreclaim: 200,
  Slab: 700,
  SwapTotal: 2_000,
  SwapFree: 1_500,
  SwapCached: 10,
  Committed_AS: 9_000,
  CommitLimit: 10_000,
};

const FILES: Readonly<Record<string, MemoryEntry>> = {
  '/proc/meminfo': meminfo(USUAL),
  '/proc/vmstat': 'nr_free_pages 102400\npgmajfault 10\npswpin 5\npswpout 6\noom_kill 2\n',
  '/proc/uptime': '1000.00 2000.00\n',
  '/proc/pressure/memory':
    'some avg10=1.50 avg60=0.50 avg300=0.10 total=1000\nfull avg10=0.50 avg60=0.10 avg300=0.00 total=500\n',
  '/proc/swaps': 'Filename Type Size Used Priority\n/dev/zram0 partition 2048000 512000 100\n',
  '/sys/block/zram0/mm_stat': '524288000 104857600 110100480 0 0 0 0 0 0\n',
  '/proc/sys/vm/overcommit_memory': '0\n',
  '/proc/sys/vm/swappiness': '60\n',
  '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never\n',
  '/sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal:  8192000 kB\nNode 0 MemFree:  204800 kB\n',
  '/sys/devices/system/node/node1/meminfo':
    'Node 1 MemTotal:  8192000 kB\nNode 1 MemFree:  204800 kB\nNode 1 MemUsed:  7987200 kB\nNode 1 FilePages:  1024 kB\n',
  '/proc/buddyinfo': 'Node 0, zone   Normal  4 2 0 1 0 0 0 0 0 1 0\n',
  '/proc/slabinfo': DENIED,
  '/proc/self/cgroup': '0::/system.slice/app.service\n',
  '/proc/self/mountinfo': '30 20 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  '/sys/fs/cgroup/system.slice/memory.current': `${600 * MIB}\n`,
  '/sys/fs/cgroup/system.slice/memory.max': 'max\n',
  '/sys/fs/cgroup/system.slice/app.service/memory.current': `${500 * MIB}\n`,
  '/sys/fs/cgroup/system.slice/app.service/memory.max': `${512 * MIB}\n`,
  '/sys/fs/cgroup/system.slice/app.service/memory.high': 'max\n',
  '/sys/fs/cgroup/system.slice/app.service/memory.stat': `anon 1\ninactive_file ${100 * MIB}\n`,
  '/sys/fs/cgroup/system.slice/app.service/memory.events': 'low 0\nhigh 0\nmax 7\noom 1\noom_kill 3\n',
  '/sys/fs/cgroup/system.slice/app.service/cpu.stat':
    'usage_usec 5000000\nnr_periods 100\nnr_throttled 40\nthrottled_usec 2000000\n',
  '/sys/fs/cgroup/system.slice/app.service/cpu.max': '150000 100000\n',
  '/sys/fs/cgroup/system.slice/app.service/pids.current': '12\n',
  '/sys/fs/cgroup/system.slice/app.service/pids.max': 'max\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n',
  '/proc/1/stat': `1 (init) S 0 1 1 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 5 1000000 100 ${'0 '.repeat(30)}\n`,
  '/proc/1/status':
    'Name:\tinit\nUid:\t0\t0\t0\t0\nVmSize:\t  100000 kB\nVmRSS:\t   20480 kB\nRssAnon:\t   10240 kB\nVmSwap:\t    1024 kB\n',
  '/proc/1/cmdline': '/sbin/init\0',
  '/proc/1/smaps_rollup':
    '00400000-7fff [rollup]\nRss: 20480 kB\nPss: 15360 kB\nPrivate_Clean: 1024 kB\nPrivate_Dirty: 9216 kB\nShared_Dirty: 0 kB\nSwap: 1024 kB\nSwapPss: 1024 kB\n',
  '/proc/2/stat': `2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 ${'0 '.repeat(30)}\n`,
  '/proc/2/status': 'Name:\tkthreadd\nUid:\t0\t0\t0\t0\n',
};

async function collect(
  input: MemoryInput = {},
  more: Readonly<Record<string, MemoryEntry>> = {},
): Promise<MemoryResult> {
  return collectOn(memoryMachine({ ...FILES, ...more }), input);
}

async function collectOn(machine: Machine, input: MemoryInput): Promise<MemoryResult> {
  const { signal } = new AbortController();
  let last: MemoryResult | undefined;
  for await (const result of collectMemory(input, { machine, signal, live: false, clock: fakeClock() })) last = result;
  return memoryTool.result.parse(last);
}

const verdictOf = (result: MemoryResult): string => memoryTool.report(result).verdict;

describe('memory', () => {
  it('is fine although little is free, and says why', async () => {
    const result = await collect({ exact: true, groups: true });
    assert.deepEqual(result.findings, []);
    assert.match(
      verdictOf(result),
      /^Memory is fine: programs can still have 10\.7 GiB of 15\.6 GiB; only 400 MiB are free because 10\.9 GiB hold cached files, which are given up when needed; since the start/,
    );
    assertGolden('system/memory.md', printMarkdown(memoryTool.report(result), { locale: 'en', timeZone: 'UTC' }));
  });

  it('has its swap, nodes, zones and settings', async () => {
    const { swapDevices, nodes, zones, settings, slabs } = await collect();
    assert.deepEqual(swapDevices, [
      {
        path: '/dev/zram0',
        kind: 'zram',
        sizeBytes: 2_000 * MIB,
        usedBytes: 500 * MIB,
        usedPercent: 25,
        priority: 100,
        compressedBytes: 110_100_480,
      },
    ]);
    assert.deepEqual(
      nodes.map(({ id, usedBytes, fileBytes }) => [id, usedBytes, fileBytes]),
      [
        [0, 7_800 * MIB, null],
        [1, 7_800 * MIB, MIB],
      ],
    );
    assert.equal(zones[0]?.unusableHugePercent, 3);
    assert.deepEqual(settings, { overcommit: 'heuristic', swappiness: 60, transparentHugePages: 'madvise' });
    assert.deepEqual(slabs, []);
  });

  it('has its processes, with exact sizes where they are asked for', async () => {
    const { processes, totals } = await collect({ exact: true });
    assert.equal(processes.length, 1, 'no kernel threads');
    assert.equal(processes[0]?.residentBytes, 20 * MIB);
    assert.deepEqual(processes[0].exact, {
      proportionalBytes: 15 * MIB,
      uniqueBytes: 10 * MIB,
      dirtyBytes: 9 * MIB,
      swapProportionalBytes: MIB,
    });
    assert.equal(totals?.exactOf, 1);
    assert.equal((await collect()).processes[0]?.exact, null);
  });

  it('has the own control group, and all others when asked for', async () => {
    const { ownGroup, groups } = await collect({ groups: true });
    assert.equal(ownGroup?.path, '/system.slice/app.service');
    assert.equal(ownGroup.workingSetBytes, 400 * MIB);
    assert.equal(ownGroup.maxBytes, 512 * MIB);
    assert.deepEqual([ownGroup.oomKills, ownGroup.maxEvents, ownGroup.cpuMaxCores, ownGroup.pids], [3, 7, 1.5, 12]);
    assert.deepEqual(
      groups?.map(({ path, own, memoryBytes }) => [path, own, memoryBytes]),
      [
        ['/system.slice', false, 600 * MIB],
        ['/system.slice/app.service', true, 500 * MIB],
      ],
    );
    assert.equal((await collect()).groups, null);
  });

  it('joins the controllers of version 1 by their paths', async () => {
    const root = '/sys/fs/cgroup';
    const { groups } = await collect(
      { groups: true },
      {
        '/proc/self/cgroup': '5:cpuacct,cpu:/docker/x\n4:memory:/docker/x\n0::/\n',
        '/proc/self/mountinfo': `30 20 0:30 / ${root}/cpu,cpuacct rw - cgroup cgroup rw,cpu\n31 20 0:31 / ${root}/memory rw - cgroup cgroup rw,memory\n32 20 0:32 / ${root}/unified rw - cgroup2 cgroup2 rw\n`,
        [`${root}/memory/docker/x/memory.usage_in_bytes`]: '1000000\n',
        [`${root}/memory/docker/x/memory.limit_in_bytes`]: '9223372036854771712\n',
        [`${root}/memory/docker/x/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 4\n',
        [`${root}/cpu,cpuacct/docker/x/cpuacct.usage`]: '5000000000\n',
        [`${root}/cpu,cpuacct/docker/x/cpu.cfs_quota_us`]: '-1\n',
        [`${root}/unified/docker/x/cpu.stat`]: 'usage_usec 1\n',
      },
    );
    assert.deepEqual(
      groups?.map(({ path, version, memoryBytes, maxBytes, oomKills, cpuMaxCores }) => [
        path,
        version,
        memoryBytes,
        maxBytes,
        oomKills,
        cpuMaxCores,
      ]),
      [['/docker/x', 1, 1_000_000, null, 4, null]],
    );
  });
});

describe('memory that is short', () => {
  it('is told in plain words', async () => {
    const low = await collect({}, { '/proc/meminfo': meminfo({ ...USUAL, MemAvailable: 320, SwapFree: 100 }) });
    assert.equal(verdictOf(low), 'Only 2% of memory is available (320 MiB); swap is 95% full (100 MiB left).');
    assert.equal(memoryTool.report(low).status, 'error');
  });

  it('is told of a control group, when the machine is fine', async () => {
    const current = { '/sys/fs/cgroup/system.slice/app.service/memory.current': `${600 * MIB}\n` };
    const near = await collect({}, current);
    assert.equal(
      verdictOf(near),
      'The control group /system.slice/app.service has used 500 MiB of its limit of 512 MiB; the memory of the machine itself is fine.',
    );
  });

  it('is told of promises where they are kept', async () => {
    const full = { ...USUAL, Committed_AS: 9_900 };
    const files = { '/proc/meminfo': meminfo(full), '/proc/sys/vm/overcommit_memory': '2\n' };
    assert.match(verdictOf(await collect({}, files)), /^99% of the commit limit are promised/);
    assert.deepEqual((await collect({}, { '/proc/meminfo': meminfo(full) })).findings, []);
  });

  it('is not known where it cannot be read', async () => {
    const result = await collect({}, { '/proc/meminfo': DENIED });
    assert.equal(verdictOf(result), 'The memory of this machine could not be read.');
    assert.equal(memoryTool.report(result).status, 'unknown');
    assert.match(result.problems.join(), /permission denied/);
  });

  it('is an error for other systems', async () => {
    const machine = memoryMachine({}, { platform: 'win32', name: 'pc' });
    await assert.rejects(collectOn(machine, {}), { code: 'unsupported', message: /pc \(win32\)/ });
  });
});
