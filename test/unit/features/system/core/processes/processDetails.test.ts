import * as assert from 'node:assert/strict';
import { ProcessReader } from '../../../../../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES } from '../../../../../../src/features/system/core/processes/query';
import { processesResult, type ProcessesResult } from '../../../../../../src/features/system/core/processes/schema';
import { ExpectedError } from '../../../../../../src/lib/errors';
import type { Machine } from '../../../../../../src/machine/machine';
import { fakeClock, memoryMachine, type FixtureExec } from '../../../../../support/fixtureMachine';
import { fakeMachine, procEntries, type FakeMachine, type FakeProcess } from './fakeProc';

const LIMITS =
  'Limit                     Soft Limit           Hard Limit           Units     \n' +
  'Max cpu time              unlimited            unlimited            seconds   \n' +
  'Max open files            1024                 524288               files     \n';

const PROCESSES: readonly FakeProcess[] = [1, 20, 30, 40, 50].map((pid) => ({ pid, startTicks: pid, limits: LIMITS }));

/** As that of util-linux: a line each, until one has ended. */
const ioniceWithout =
  (...ended: readonly string[]) =>
  (command: readonly string[]): FixtureExec => {
    const pids = command.slice(2);
    const at = pids.findIndex((pid) => ended.includes(pid));
    const told = at < 0 ? pids : pids.slice(0, at);
    const stdout = told.map((pid) => (pid === '1' ? 'idle\n' : `best-effort: prio ${Number(pid) / 10}\n`)).join('');
    return at < 0 ? stdout : { stdout, exitCode: 1, stderr: 'ionice: ioprio_get failed: No such process\n' };
  };

async function read(machine: Machine): Promise<ProcessesResult> {
  const query = { ...ALL_PROCESSES, details: true, sort: 'pid' } as const;
  const reader = new ProcessReader(machine, fakeClock(), query);
  return processesResult.parse(await reader.read(new AbortController().signal));
}

function machineWith(
  exec: (command: readonly string[]) => FixtureExec,
  processes: readonly FakeProcess[] = PROCESSES,
): FakeMachine {
  return fakeMachine([procEntries(processes)], { exec });
}

const priorities = ({ processes }: ProcessesResult): readonly unknown[] =>
  processes.map(({ pid, details }) => [pid, details?.ioClass, details?.ioPriority]);

describe('details of all processes', () => {
  it('are asked of ionice by one run, and read in one round trip', async () => {
    const threadNames = ['main', ') x (', '\xff\nline'];
    const machine = machineWith(ioniceWithout(), [...PROCESSES, { pid: 70, startTicks: 7, threadNames, userTicks: 5 }]);
    const result = await read(machine);
    assert.deepEqual(machine.execs, ['ionice -p 1 20 30 40 50 70']);
    assert.equal(machine.batches.length, 2, 'the list, and the details');
    const details = result.processes.map((one) => one.details);
    assert.deepEqual(details[1], {
      ioClass: 'best-effort',
      ioPriority: 2,
      limits: [
        { name: 'cpu', unit: 'seconds', soft: null, hard: null },
        { name: 'nofile', unit: 'files', soft: 1024, hard: 524_288 },
      ],
      threads: null,
    });
    assert.deepEqual(
      details.at(-1)?.threads,
      ['main', ') x (', '\\xff\nline'].map((name, index) => ({ tid: 70 + index, name, userMs: 50, systemMs: 0 })),
    );
    assert.deepEqual(result.problems, []);
  });

  it('stay with their processes when some end meanwhile', async () => {
    const machine = machineWith(ioniceWithout('20', '40', '50'));
    const result = await read(machine);
    assert.deepEqual(machine.execs, ['ionice -p 1 20 30 40 50', 'ionice -p 30 40 50', 'ionice -p 50']);
    assert.deepEqual(priorities(result), [
      [1, 'idle', null],
      [20, null, null],
      [30, 'best-effort', 3],
      [40, null, null],
      [50, null, null],
    ]);
    assert.deepEqual(result.problems, []);
  });

  it('are not told of what ended, nor of another process with the same pid', async () => {
    const machine = machineWith(ioniceWithout('20'));
    const later = memoryMachine(
      procEntries([
        { pid: 1, startTicks: 1 },
        { pid: 30, startTicks: 9_000, limits: LIMITS },
      ]),
    );
    const { readMany } = machine.files;
    const changed: Machine = {
      ...machine,
      files: {
        ...machine.files,
        readMany: (items, options) =>
          (items.includes('/proc/1/limits') ? later.files.readMany : readMany)(items, options),
      },
    };
    const result = await read(changed);
    assert.deepEqual(priorities(result), [[1, 'idle', null]]);
    assert.equal(result.matched, 1);
  });

  it('say why there is no I/O priority, and have the rest all the same', async () => {
    const answers: Readonly<Record<string, FixtureExec | (() => never)>> = {
      'takes one process only': 'none: prio 0\n',
      'Function not implemented': { exitCode: 1, stderr: 'ionice: Function not implemented\nmore' },
      'ionice is not there': () => {
        throw new ExpectedError('not-found', 'ionice is not there');
      },
    };
    for (const [reason, answer] of Object.entries(answers)) {
      const machine = machineWith(() => (typeof answer === 'function' ? answer() : answer));
      const { processes, problems } = await read(machine);
      assert.equal(machine.execs.length, 1, reason);
      assert.match(problems.join(), new RegExp(`^I/O priorities are not known: .*${reason}[^\n]*$`));
      for (const { details } of processes) assert.deepEqual([details?.ioClass, details?.limits?.length], [null, 2]);
    }
  });

  it('end where processes end faster than ionice is asked', async () => {
    const many = Array.from({ length: 40 }, (_none, index): FakeProcess => ({ pid: 100 + index, startTicks: 1 }));
    const init = { pid: 1, startTicks: 1 };
    const machine = machineWith(ioniceWithout(...many.map(({ pid }) => String(pid))), [init, ...many]);
    const { problems } = await read(machine);
    assert.equal(machine.execs.length, 20);
    assert.match(problems.join(), /^I\/O priorities of 20 processes are not known/);
  });

  it('say that limits are denied', async () => {
    const { processes } = await read(machineWith(ioniceWithout(), [{ pid: 1, denied: true }]));
    assert.deepEqual(processes[0]?.details?.limits, null);
    assert.ok(processes[0]?.denied.includes('limits'));
  });
});
