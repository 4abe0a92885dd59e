import * as assert from 'node:assert/strict';
import type { Systeminformation } from 'systeminformation';
import { ElsewhereProcesses, type Library } from '../../../../../../src/features/system/core/processes/elsewhere';
import { ALL_PROCESSES } from '../../../../../../src/features/system/core/processes/query';
import { processesResult, type ProcessesResult } from '../../../../../../src/features/system/core/processes/schema';
import { fakeClock, memoryMachine } from '../../../../../support/fixtureMachine';

const signal = new AbortController().signal;

/** As the package tells a process of a Mac. */
const SSHD: Systeminformation.ProcessesProcessData = {
  pid: 4711,
  parentPid: 1,
  name: 'sshd',
  cpu: 12.34,
  cpuu: 0,
  cpus: 0,
  mem: 0.25,
  priority: 31,
  memVsz: 4000,
  memRss: 2000,
  nice: 0,
  started: '2026-11-20 08:30:00',
  state: 'blocked',
  tty: '??',
  user: 'root',
  command: 'sshd',
  params: '-D -e',
  path: '/usr/sbin',
};

function library(...lists: readonly (readonly Partial<Systeminformation.ProcessesProcessData>[])[]): Library {
  let calls = 0;
  return {
    processes: () => {
      const rows = lists[Math.min(calls++, lists.length - 1)] ?? [];
      const list = rows.map((row) => ({ ...SSHD, ...row }));
      return Promise.resolve({ all: list.length, running: 0, blocked: 0, sleeping: 0, unknown: 0, list });
    },
  };
}

async function twice(platform: 'darwin' | 'win32', from: Library): Promise<readonly ProcessesResult[]> {
  const source = new ElsewhereProcesses(memoryMachine({}, { platform }), fakeClock(), ALL_PROCESSES, from);
  return [processesResult.parse(await source.read(signal)), processesResult.parse(await source.read(signal))];
}

describe('processes of macOS and Windows', () => {
  it('have what the system tells, and null for the rest', async () => {
    const [result] = await twice('darwin', library([{}]));
    const [sshd] = result?.processes ?? [];
    assert.deepEqual([sshd?.pid, sshd?.name, sshd?.user, sshd?.state], [4711, 'sshd', 'root', 'disk-sleep']);
    assert.deepEqual(sshd?.commandLine, ['sshd -D -e']);
    assert.equal(sshd.executable, '/usr/sbin/sshd');
    assert.deepEqual([sshd.cpu.percent, sshd.cpu.userMs], [12.3, null]);
    assert.deepEqual([sshd.memory.residentBytes, sshd.memory.virtualBytes], [2000 * 1024, 4000 * 1024]);
    assert.equal(sshd.startedAtMs, new Date(2026, 10, 20, 8, 30).getTime());
    assert.deepEqual([sshd.terminal, sshd.io, sshd.threads, sshd.nice], [null, null, null, 0]);
    assert.ok(result);
    assert.deepEqual([result.total, result.threads, result.states], [1, null, { 'disk-sleep': 1 }]);
    assert.equal(result.problems.length, 1);
  });

  it('keep their start where it wavers by a second, not where the pid was given anew', async () => {
    const results = await twice('darwin', library([{}], [{ started: '2026-11-20 08:30:01' }]));
    assert.equal(results[1]?.processes[0]?.startTicks, results[0]?.processes[0]?.startTicks);
    const anew = await twice('darwin', library([{}], [{ started: '2026-11-20 09:00:00' }]));
    assert.notEqual(anew[1]?.processes[0]?.startTicks, anew[0]?.processes[0]?.startTicks);
  });

  it('of Windows have CPU use from the second look on, and neither nice nor users', async () => {
    const windows = { cpu: 50, user: '', path: 'C:\\Windows\\x.exe', command: '"C:\\Windows\\x.exe" /a', params: '' };
    const [first, second] = await twice('win32', library([windows, { pid: 0 }]));
    assert.equal(first?.processes.length, 1, 'the idle process is none');
    assert.equal(first.processes[0]?.cpu.percent, null);
    assert.ok((second?.processes[0]?.cpu.percent ?? 0) >= 50);
    assert.deepEqual([second?.processes[0]?.nice, second?.processes[0]?.user], [null, '?']);
    assert.equal(second?.processes[0]?.executable, 'C:\\Windows\\x.exe');
  });

  it('do without rubbish', async () => {
    const rubbish = { cpu: NaN, mem: -1, memRss: NaN, memVsz: -5, started: '', state: 'odd', parentPid: -1, path: '' };
    const [result] = await twice('darwin', library([rubbish]));
    const [one] = result?.processes ?? [];
    assert.deepEqual(
      [one?.cpu.percent, one?.memory.residentBytes, one?.startedAtMs, one?.state],
      [null, 0, null, 'unknown'],
    );
  });

  it('say what cannot be asked, and why it failed', async () => {
    const machine = memoryMachine({}, { platform: 'darwin' });
    const asked = new ElsewhereProcesses(machine, fakeClock(), { ...ALL_PROCESSES, port: 80 }, library([]));
    await assert.rejects(asked.read(signal), { code: 'unsupported', message: /port/ });
    const broken: Library = { processes: () => Promise.reject(new Error('spawn E2BIG')) };
    const failed = new ElsewhereProcesses(machine, fakeClock(), ALL_PROCESSES, broken);
    await assert.rejects(failed.read(signal), { code: 'failed', message: /spawn E2BIG/ });
  });
});
