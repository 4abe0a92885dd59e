import * as assert from 'node:assert/strict';
import { parseByteSize } from '../../../../../../src/features/system/core/processes/byteSize';
import { ProcessReader } from '../../../../../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES, type ProcessQuery } from '../../../../../../src/features/system/core/processes/query';
import type { ProcessesResult } from '../../../../../../src/features/system/core/processes/schema';
import { fakeClock, type FixtureOptions } from '../../../../../support/fixtureMachine';
import { fakeMachine, procEntries, type FakeHost, type FakeMachine, type FakeProcess } from './fakeProc';

const signal = new AbortController().signal;

const PROCESSES: readonly FakeProcess[] = [
  {
    pid: 1,
    comm: 'systemd',
    parentPid: 0,
    commandLine: ['/sbin/init'],
    exe: '/usr/lib/systemd/systemd',
    startTicks: 1,
  },
  {
    pid: 10,
    comm: 'nginx',
    commandLine: ['nginx: master process'],
    exe: '/usr/sbin/nginx',
    startTicks: 10,
    userTicks: 4,
  },
  {
    pid: 11,
    comm: 'nginx',
    parentPid: 10,
    commandLine: ['nginx: worker process'],
    exe: '/usr/sbin/nginx',
    uid: 33,
    startTicks: 11,
    residentKibibytes: 4000,
    userTicks: 500,
  },
  {
    pid: 20,
    comm: 'python3',
    commandLine: ['python3', 'Manage.py'],
    exe: '/usr/bin/python3',
    startTicks: 20,
    threads: 9,
    fds: ['/dev/null', '/var/log/app.log', 'socket:[70]'],
    userTicks: 40,
  },
  {
    pid: 21,
    comm: 'MainThread',
    parentPid: 20,
    commandLine: ['app'],
    exe: '/usr/bin/node',
    cwd: '/srv/nginx.d',
    startTicks: 21,
    readBytes: 9999,
  },
];

const PORTS = '  sl  local\n   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0 0 70 1\n';

async function select(
  query: Partial<ProcessQuery>,
  host: FakeHost = {},
  options: FixtureOptions = {},
  processes = PROCESSES,
): Promise<{ result: ProcessesResult; pids: readonly number[]; machine: FakeMachine }> {
  const machine = fakeMachine([procEntries(processes, host)], options);
  const result = await new ProcessReader(machine, fakeClock(), { ...ALL_PROCESSES, ...query }).read(signal);
  return { result, pids: result.processes.map((one) => one.pid), machine };
}

const pidsOf = async (
  query: Partial<ProcessQuery>,
  host?: FakeHost,
  options?: FixtureOptions,
): Promise<readonly number[]> => (await select(query, host, options)).pids;

describe('which processes a query chooses', () => {
  it('by a part of name, command line or program', async () => {
    assert.deepEqual(await pidsOf({ name: 'NGINX', sort: 'pid' }), [10, 11]);
    assert.deepEqual(await pidsOf({ name: 'manage.py' }), [20]);
    assert.deepEqual(await pidsOf({ name: 'bin/node' }), [21]);
    assert.deepEqual(await pidsOf({ name: '=nginx', sort: 'pid' }), [10, 11]);
    assert.deepEqual(await pidsOf({ name: '=ngin' }), []);
    assert.deepEqual(await pidsOf({ name: '=/usr/bin/node' }), [21]);
    assert.deepEqual(await pidsOf({ name: '=python3 Manage.py' }), [20]);
    assert.deepEqual(await pidsOf({ name: '=' }), [], 'a part, like any other');
  });

  it('by user, memory and several of them at once', async () => {
    assert.deepEqual(await pidsOf({ user: 'www-data' }), [11]);
    assert.deepEqual(await pidsOf({ user: '33' }), [11]);
    assert.deepEqual(await pidsOf({ memoryOverBytes: 1_000_000 }), [11]);
    assert.deepEqual(await pidsOf({ memoryOverBytes: 4_096_000 }), [], 'more than, not as much as');
    assert.deepEqual(await pidsOf({ user: 'root', name: 'nginx' }), [10]);
  });

  it('by port, also in other network namespaces', async () => {
    assert.deepEqual(await pidsOf({ port: 8080 }, { more: { '/proc/net/tcp': PORTS } }), [20]);
    assert.deepEqual(await pidsOf({ port: 8081 }, { more: { '/proc/net/tcp': PORTS } }), []);
    const inContainer = PROCESSES.map((one) => (one.pid === 20 ? { ...one, netNamespace: '7' } : one));
    const more = { '/proc/self/ns/net': { link: 'net:[4026531840]' }, '/proc/20/net/udp6': PORTS };
    const { pids, machine } = await select({ port: 8080 }, { more }, {}, inContainer);
    assert.deepEqual(pids, [20]);
    assert.deepEqual(
      machine.batches.map(({ paths }) => paths.filter((path) => path.endsWith('net/tcp'))),
      [['/proc/net/tcp'], ['/proc/20/net/tcp'], []],
    );
  });

  it('by file: open, mapped, as program, as folder, under another name', async () => {
    assert.deepEqual(await pidsOf({ file: '/var/log/app.log' }), [20]);
    assert.deepEqual(await pidsOf({ file: '/usr/sbin/nginx', sort: 'pid' }), [10, 11]);
    assert.deepEqual(await pidsOf({ file: '/srv/nginx.d' }), [21]);
    assert.deepEqual(await pidsOf({ file: '/usr/sbin' }), []);
    const maps = '7f00-7f10 r-xp 00000000 08:01 123                        /usr/lib/libc.so.6\n';
    const mapped = await select({ file: '/usr/lib/libc.so.6' }, {}, {}, [{ pid: 1, maps }, { pid: 2 }]);
    assert.deepEqual(mapped.pids, [1]);
    const exec = (): string => '/var/log/app.log\n';
    assert.deepEqual(await pidsOf({ file: '/log/app.log' }, {}, { exec }), [20], 'by a link');
    assert.deepEqual(
      await pidsOf({ file: '/', sort: 'pid' }),
      [1, 10, 11, 20],
      'the root folder of each does not count',
    );
  });

  it('keeps the parents when a tree is asked for', async () => {
    const { result, pids } = await select({ name: 'worker', tree: true, sort: 'pid' });
    assert.deepEqual(pids, [1, 10, 11]);
    assert.deepEqual([result.ancestors.toSorted(), result.matched], [[1, 10], 1]);
  });

  it('does not go round in circles', async () => {
    const circle = [
      { pid: 1, parentPid: 2, comm: 'a' },
      { pid: 2, parentPid: 1, comm: 'b' },
    ];
    assert.deepEqual((await select({ name: 'a', tree: true, sort: 'pid' }, {}, {}, circle)).pids, [1, 2]);
  });
});

describe('in which order', () => {
  it('everything can be sorted', async () => {
    const orders = { memory: 11, threads: 20, started: 21, fds: 20, io: 21, cpu: 11, pid: 1 } as const;
    for (const [sort, first] of Object.entries(orders)) {
      const { pids } = await select({ sort: sort as keyof typeof orders });
      assert.equal(pids[0], first, sort);
      assert.equal(pids.length, 5, sort);
    }
    const { result } = await select({ sort: 'name' });
    assert.deepEqual(
      result.processes.map((one) => one.name),
      ['app', 'nginx', 'nginx', 'python3', 'systemd'],
    );
  });

  it('the first few are read in full, of the others only what is needed to choose', async () => {
    const { result, machine } = await select({ sort: 'memory', limit: 2 });
    assert.deepEqual(
      result.processes.map((one) => one.pid),
      [11, 1],
    );
    assert.deepEqual([result.total, result.matched], [5, 5]);
    assert.deepEqual(
      result.processes.map((one) => [one.name, one.affinity, one.fileDescriptors, one.oomScore]),
      [
        ['nginx', '0-3', 1, 666],
        ['systemd', '0-3', 1, 666],
      ],
    );
    const [first, second] = machine.batches.map(({ paths }) => paths.filter((path) => /\/proc\/[[0-9]/.test(path)));
    assert.deepEqual(first, ['/proc/[0-9]*/stat', '/proc/[0-9]*/io', '/proc/[0-9]*/status']);
    assert.ok(second?.every((path) => path.startsWith('/proc/11/') || path.startsWith('/proc/1/')));
  });
});

describe('a size as a person writes it', () => {
  it('is understood as du understands it', () => {
    const sizes: Readonly<Record<string, number | null>> = {
      '500M': 500 * 2 ** 20,
      '2GiB': 2 ** 31,
      '2gb': 2e9,
      '1.5 G': 1.5 * 2 ** 30,
      ' 4096 ': 4096,
      '10kB': 10_000,
      '10K': 10_240,
      '7B': 7,
      '0': 0,
      '1T': 2 ** 40,
      '': null,
      M: null,
      '5 iB': null,
      '-1M': null,
      '1e9': null,
      '5MM': null,
    };
    for (const [text, bytes] of Object.entries(sizes)) assert.equal(parseByteSize(text), bytes, text);
  });
});
