import * as assert from 'node:assert/strict';
import { CancelledError } from '../../../../../../src/lib/errors';
import { collectProcesses } from '../../../../../../src/features/system/core/processes/collect';
import { ProcessReader } from '../../../../../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES, type ProcessQuery } from '../../../../../../src/features/system/core/processes/query';
import {
  processesResult,
  type ProcessEntry,
  type ProcessesResult,
} from '../../../../../../src/features/system/core/processes/schema';
import { fakeClock, memoryMachine } from '../../../../../support/fixtureMachine';
import { fakeMachine, inParts, procEntries, type FakeMachine, type FakeProcess } from './fakeProc';

const signal = new AbortController().signal;

const INIT: FakeProcess = {
  pid: 1,
  comm: 'systemd',
  parentPid: 0,
  commandLine: ['/sbin/init'],
  exe: '/usr/lib/systemd/systemd',
};

const WORKER: FakeProcess = {
  pid: 77,
  comm: 'a) b',
  state: 'R',
  userTicks: 150,
  systemTicks: 50,
  startTicks: 12_345,
  threads: 3,
  uid: 33,
  commandLine: ['./a) b', '\xff', ''],
  exe: '/opt/a) b (deleted)',
  cwd: '/gone (deleted)',
  readBytes: 4096,
  cgroup: '0::/system.slice/x.service\n',
  fds: ['/dev/null', 'socket:[9]', 'pipe:[3]'],
};

const WORKER_ENTRY: ProcessEntry = {
  pid: 77,
  parentPid: 1,
  groupId: 77,
  sessionId: 77,
  name: 'a) b',
  commandLine: ['./a) b', '\\xff', ''],
  exactMemory: null,
  details: null,
  executable: '/opt/a) b',
  executableDeleted: true,
  workingFolder: '/gone',
  workingFolderDeleted: true,
  kernelThread: false,
  state: 'running',
  user: 'www-data',
  uids: { real: 33, effective: 33, saved: 33 },
  gids: { real: 33, effective: 33, saved: 33 },
  startTicks: 12_345,
  startedAtMs: 1_795_000_000_000 + 123_450,
  terminal: 'pts/0',
  cpu: {
    percent: null,
    userMs: 1500,
    systemMs: 500,
    childrenUserMs: 30,
    childrenSystemMs: 40,
    ioWaitMs: 70,
    number: 1,
  },
  memory: {
    residentBytes: 409_600,
    virtualBytes: 8_192_000,
    sharedBytes: 300 * 1024,
    textBytes: 16 * 1024,
    dataBytes: 48 * 1024,
    swapBytes: 12 * 1024,
    percent: 0,
  },
  majorFaults: 2,
  minorFaults: 100,
  threads: 3,
  fileDescriptors: 3,
  io: {
    readBytes: 4096,
    writeBytes: 0,
    readCharacters: 10,
    writeCharacters: 20,
    readCalls: 1,
    writeCalls: 2,
    readBytesPerSecond: null,
    writeBytesPerSecond: null,
  },
  contextSwitches: { voluntary: 5, involuntary: 6 },
  nice: 5,
  priority: 20,
  schedulingPolicy: 'batch',
  affinity: '0-3',
  oomScore: 666,
  oomScoreAdjust: -500,
  controlGroup: '/system.slice/x.service',
  container: null,
  unit: 'x.service',
  denied: [],
};

async function readings(
  machine: FakeMachine,
  count: number,
  query: Partial<ProcessQuery> = {},
): Promise<ProcessesResult[]> {
  const clock = fakeClock();
  const reader = new ProcessReader(machine, clock, { ...ALL_PROCESSES, ...query });
  const results: ProcessesResult[] = [];
  for (let done = 0; done < count; done++) {
    results.push(processesResult.parse(await reader.read(signal)));
    clock.advance(1000);
  }
  return results;
}

async function once(processes: readonly FakeProcess[], query: Partial<ProcessQuery> = {}): Promise<ProcessesResult> {
  const [result] = await readings(fakeMachine([procEntries([INIT, ...processes])]), 1, query);
  return result ?? assert.fail();
}

const pids = (result: ProcessesResult | undefined): readonly number[] => result?.processes.map((one) => one.pid) ?? [];

describe('reading all processes', () => {
  it('makes an entry of the files of a process', async () => {
    const [, result] = await readings(fakeMachine([procEntries([INIT, WORKER])]), 2);
    assert.deepEqual(
      result?.processes.find((one) => one.pid === 77),
      WORKER_ENTRY,
    );
    assert.deepEqual([result.total, result.threads, result.states], [2, 4, { running: 1, sleeping: 1 }]);
    assert.deepEqual(result.problems, []);
  });

  it('takes one round trip, and has the rates between two', async () => {
    const busy = (userTicks: number, readBytes: number): FakeProcess => ({ pid: 9, userTicks, readBytes, threads: 2 });
    const machine = fakeMachine([
      procEntries([INIT, busy(100, 1000)], { uptimeSeconds: 50.25 }),
      procEntries([INIT, busy(340, 9000)], { uptimeSeconds: 52.25 }),
    ]);
    const [first, second] = await readings(machine, 2);
    assert.equal(machine.batches.length, 2);
    assert.deepEqual(machine.execs, [], 'no child process');
    assert.deepEqual(
      first?.processes.map((one) => one.cpu.percent),
      [null, null],
    );
    const nine = second?.processes.find((one) => one.pid === 9);
    assert.equal(nine?.cpu.percent, 120, 'by the clock of the machine, of one CPU');
    assert.deepEqual([nine.io?.readBytesPerSecond, nine.io?.writeBytesPerSecond], [4000, 0]);
    assert.deepEqual(pids(second), [9, 1], 'the busiest first');
  });

  it('goes by its own clock where the uptime has no fractions', async () => {
    const machine = fakeMachine([
      procEntries([{ ...INIT, userTicks: 0 }], { uptimeSeconds: 50 }),
      procEntries([{ ...INIT, userTicks: 50 }], { uptimeSeconds: 50 }),
    ]);
    assert.equal((await readings(machine, 2))[1]?.processes[0]?.cpu.percent, 50);
  });

  it('does not take a process for an earlier one with its pid', async () => {
    const machine = fakeMachine([
      procEntries([INIT, { pid: 9, startTicks: 5, userTicks: 10, comm: 'old', commandLine: ['old'] }]),
      procEntries([INIT, { pid: 9, startTicks: 6, userTicks: 90, comm: 'old', commandLine: ['old', 'anew'] }]),
    ]);
    const nine = (await readings(machine, 2))[1]?.processes.find((one) => one.pid === 9);
    assert.equal(nine?.cpu.percent, null);
    assert.deepEqual(nine.commandLine, ['old', 'anew']);
  });

  it('reads what seldom changes of new processes and changed programs only', async () => {
    const shell: FakeProcess = { pid: 9, comm: 'sh', commandLine: ['sh'] };
    const machine = fakeMachine([
      procEntries([INIT, shell]),
      procEntries([INIT, shell]),
      procEntries([INIT, { ...shell, commandLine: ['unseen'] }, { pid: 10, comm: 'new', commandLine: ['new'] }]),
      procEntries([INIT, { ...shell, comm: 'top', commandLine: ['top'] }]),
    ]);
    const results = await readings(machine, 7);
    const commands = results.map((result) => result.processes.find((one) => one.pid === 9)?.commandLine[0]);
    assert.deepEqual(commands, ['sh', 'sh', 'sh', 'top', 'top', 'top', 'top']);
    assert.equal(results[2]?.processes.find((one) => one.pid === 10)?.name, 'new');
    const rounds = machine.batches.map(({ paths }) => paths.filter((path) => path.endsWith('/cmdline')));
    assert.deepEqual(rounds, [
      ['/proc/[0-9]*/cmdline'],
      [],
      [],
      ['/proc/10/cmdline'],
      [],
      ['/proc/9/cmdline'],
      [],
      ['/proc/[0-9]*/cmdline'],
      [],
    ]);
  });

  it('finds the same where the files come part by part', async () => {
    const steps = [
      procEntries([INIT, WORKER, { pid: 9, userTicks: 10, denied: true }], { uptimeSeconds: 50.25 }),
      procEntries([INIT, { ...WORKER, userTicks: 250, readBytes: 9_999 }, { pid: 9, userTicks: 20, denied: true }], {
        uptimeSeconds: 52.25,
      }),
      procEntries([INIT, { ...WORKER, comm: 'other', commandLine: ['other'] }, { pid: 12, ended: true }, { pid: 13 }], {
        uptimeSeconds: 54.25,
      }),
    ];
    for (const old of [false, true]) {
      const machine = (): FakeMachine =>
        fakeMachine(old ? [procEntries([INIT, WORKER, { pid: 9, fds: ['/a', '/b'] }], { old })] : steps);
      const whole = await readings(machine(), 6);
      for (const files of [1, 3, 7, 1_000]) {
        assert.deepEqual(await readings(inParts(machine(), files), 6), whole, `${files} files a part`);
      }
    }
  });

  it('has the rates of the time that has passed, also where a file hung and all was read twice', async () => {
    const at = (uptimeSeconds: number, userTicks: number): ReturnType<typeof procEntries> =>
      procEntries([{ ...INIT, userTicks }], { uptimeSeconds });
    const steps = [at(50.25, 0), at(50.25, 0), at(52.25, 0), at(54.25, 100), at(56.25, 150), at(56.25, 150)];
    const twice = new ProcessReader(inParts(fakeMachine(steps), 3, 2), fakeClock(), ALL_PROCESSES);
    await twice.read(signal);
    const second = await twice.read(signal);
    assert.equal(second.processes[0]?.cpu.percent, 25, '150 ticks in the 6 s from 50.25 to 56.25');
  });

  it('does not make an entry anew of a process of which nothing has changed', async () => {
    const idle: FakeProcess = { pid: 9, userTicks: 50 };
    const step = (uptimeSeconds: number, userTicks: number): ReturnType<typeof procEntries> =>
      procEntries([INIT, idle, { ...WORKER, userTicks }], { uptimeSeconds });
    const steps = [step(1.5, 150), step(2.5, 150), step(3.5, 150), step(4.5, 151), step(5.5, 151)];
    const reader = new ProcessReader(inParts(fakeMachine(steps), 5), fakeClock(), ALL_PROCESSES);
    const results: ProcessesResult[] = [];
    for (let done = 0; done < steps.length; done++) results.push(await reader.read(signal));
    const of = (pid: number, at: number): ProcessEntry | undefined =>
      results[at]?.processes.find((one) => one.pid === pid);
    assert.equal(of(9, 2), of(9, 1));
    assert.equal(of(9, 4), of(9, 1));
    assert.equal(of(77, 2), of(77, 1));
    assert.notEqual(of(77, 3), of(77, 2));
    assert.equal(of(77, 3)?.cpu.userMs, 1_510);
    assert.equal(of(77, 2)?.cpu.userMs, 1_500, 'what was told before is not written over');
    assert.equal(of(77, 3)?.memory, of(77, 2)?.memory, 'parts that are the same are shared');
    assert.notEqual(of(77, 4), of(77, 3), 'the rate has ended');
    assert.equal(of(77, 4)?.cpu.percent, 0);
  });

  it('asks old kernels once more, and then as they need it', async () => {
    const machine = fakeMachine([procEntries([INIT, { pid: 9, fds: ['/a', '/b'] }], { old: true })]);
    const results = await readings(machine, 2);
    for (const result of results) {
      const nine = result.processes.find((one) => one.pid === 9);
      assert.equal(nine?.fileDescriptors, 2);
      assert.deepEqual(
        [nine.memory.residentBytes, nine.memory.sharedBytes, nine.memory.dataBytes],
        [204_800, 81_920, 163_840],
      );
    }
    assert.deepEqual(
      machine.batches.map(({ paths }) => paths.includes('/proc/9/fd')),
      [false, true, false],
    );
  });

  it('drops what ends while it is read', async () => {
    const result = await once([{ pid: 8, ended: true }, { pid: 9 }]);
    assert.deepEqual(pids(result).toSorted(), [1, 9]);
    assert.equal(result.total, 2);
    const limited = await once([{ pid: 9, ended: true, userTicks: 9 }], { limit: 1 });
    assert.deepEqual([pids(limited), limited.total], [[], 1], 'after it was chosen');
  });

  it('says what is denied, and leaves kernel threads alone', async () => {
    const thread: FakeProcess = { pid: 2, comm: 'kthreadd', parentPid: 0, flags: 0x200040, denied: true };
    const result = await once([thread, { pid: 9, denied: true, exe: '/bin/x' }]);
    const byPid = new Map(result.processes.map((one) => [one.pid, one]));
    assert.deepEqual(byPid.get(9)?.denied, ['exe', 'cwd', 'io', 'fds']);
    assert.deepEqual([byPid.get(9)?.executable, byPid.get(9)?.io, byPid.get(9)?.fileDescriptors], [null, null, null]);
    assert.equal(byPid.get(2)?.kernelThread, true);
    assert.deepEqual(byPid.get(2)?.denied, ['io', 'fds']);
    assert.deepEqual(byPid.get(1)?.denied, []);
  });

  it('asks the name service once for users that are not in /etc/passwd', async () => {
    const exec = (): string => 'ldapuser:*:5001:5001::/home/l:/bin/sh\n';
    const machine = fakeMachine([procEntries([INIT, { pid: 9, uid: 5001 }, { pid: 10, uid: 5002 }])], { exec });
    const results = await readings(machine, 2);
    for (const result of results) {
      const users = new Map(result.processes.map((one) => [one.pid, one.user]));
      assert.deepEqual([users.get(1), users.get(9), users.get(10)], ['root', 'ldapuser', '5002']);
    }
    assert.deepEqual(machine.execs, ['getent passwd 5001 5002']);
  });

  it('shows numbers where there is no name service', async () => {
    const result = await once([{ pid: 9, uid: 5001 }]);
    assert.equal(result.processes.find((one) => one.pid === 9)?.user, '5001');
  });

  it('says when only own processes can be seen, and what else is missing', async () => {
    const { '/proc/meminfo': _, ...entries } = procEntries([{ pid: 9 }]);
    const [result] = await readings(fakeMachine([entries]), 1);
    assert.equal(result?.problems.length, 2);
    assert.match(result.problems.join('\n'), /meminfo.*does not exist[^]*hidepid/);
    assert.equal(result.processes[0]?.memory.percent, null);
  });
});

describe('a live list of processes', () => {
  async function run(live: boolean, count: number): Promise<{ results: number; sleeps: readonly number[] }> {
    const clock = fakeClock();
    const machine = fakeMachine([procEntries([INIT])]);
    let results = 0;
    for await (const { machine: name } of collectProcesses({ machine, query: ALL_PROCESSES, signal, live, clock })) {
      assert.equal(name, 'local');
      if (++results === count) break;
    }
    return { results, sleeps: clock.sleeps };
  }

  it('is complete with the second result, half a second later', async () => {
    assert.deepEqual(await run(false, 9), { results: 2, sleeps: [500] });
  });

  it('goes on while somebody looks', async () => {
    assert.deepEqual(await run(true, 4), { results: 4, sleeps: [500, 200, 200] });
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const machine = fakeMachine([procEntries([INIT])]);
    const results = collectProcesses({
      machine,
      query: ALL_PROCESSES,
      signal: controller.signal,
      live: true,
      clock: fakeClock(),
    });
    await results.next();
    controller.abort();
    await assert.rejects(results.next(), CancelledError);
  });

  it('says what it needs where it does not work', async () => {
    for (const [machine, pattern] of [
      [memoryMachine({}), /\/proc, which cannot be read/],
      [memoryMachine({}, { platform: 'freebsd', name: 'bsd1' }), /bsd1 \(freebsd\) cannot be listed/],
      [memoryMachine({}, { platform: 'darwin', name: 'mac1' }), /mac1 \(darwin\) cannot be listed/],
    ] as const) {
      const results = collectProcesses({ machine, query: ALL_PROCESSES, signal, live: false, clock: fakeClock() });
      await assert.rejects(results.next(), { code: 'unsupported', message: pattern });
    }
  });
});
