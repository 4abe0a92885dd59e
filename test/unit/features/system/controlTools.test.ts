import * as assert from 'node:assert/strict';
import { printMarkdown } from '../../../../src/report/markdown';
import { reportSchema } from '../../../../src/report/schema';
import { ExpectedError } from '../../../../src/lib/errors';
import { controlResult, type ControlResult } from '../../../../src/features/system/core/control/schema';
import {
  affinityTool,
  ioniceTool,
  limitTool,
  niceTool,
  resumeTool,
  signalTool,
  suspendTool,
  terminateTool,
} from '../../../../src/features/system/controlTools';
import type { AnyChangeTool, ChangeTool } from '../../../../src/tool/tool';
import { fieldsOf } from '../../../../src/tool/fields';
import { assertGolden } from '../../../support/golden';
import {
  fakeWorld,
  last,
  runContext,
  type FakeOptions,
  type FakeProcess,
  type FakeWorld,
} from './core/control/fakeProcesses';

const INIT: FakeProcess = { pid: 1, parent: 0, uid: 0, name: 'systemd', ticks: 1 };
/** Opsdeck, and what it runs under. */
const OWN: readonly FakeProcess[] = [
  { pid: 800, name: 'sshd', uid: 0, ticks: 500 },
  { pid: 900, parent: 800, group: 850, session: 850, ticks: 600, name: 'node' },
];
const NGINX: FakeProcess = {
  pid: 4711,
  name: 'nginx',
  uid: 0,
  ticks: 36_000,
  args: ['nginx: master process /usr/sbin/nginx -g daemon off;'],
  cgroup: '0::/system.slice/nginx.service',
};

function world(list: readonly FakeProcess[], options?: FakeOptions): FakeWorld {
  return fakeWorld([INIT, ...OWN, ...list], options);
}

/** The way of every surface: what was typed, planned, and done with the plan's input. */
async function planned<Input>(
  tool: ChangeTool<Input, ControlResult>,
  { machine }: FakeWorld,
  typed: unknown,
): Promise<{
  readonly question: string;
  readonly details: string;
  readonly confirm: string;
  run(): Promise<ControlResult>;
}> {
  const plan = await tool.plan(tool.input.parse(typed), runContext(machine));
  return {
    question: plan.question,
    details: plan.details.join('\n'),
    confirm: plan.confirm,
    run: async () => controlResult.parse(await last(tool.run(plan.input, runContext(machine)))),
  };
}

async function done<Input>(
  tool: ChangeTool<Input, ControlResult>,
  on: FakeWorld,
  typed: unknown,
): Promise<ControlResult> {
  return (await planned(tool, on, typed)).run();
}

function refusal(code: string, pattern: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ExpectedError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    return true;
  };
}

const outcomes = ({ processes }: ControlResult): Readonly<Record<number, string>> =>
  Object.fromEntries(processes.map((row) => [row.pid, row.outcome]));

/** Every golden of this file in the same form. */
function assertReport(name: string, tool: AnyChangeTool, result: ControlResult): void {
  const report = reportSchema.parse(tool.report({ ...result, takenAtMs: 0, elapsedMs: 0 }));
  assertGolden(`system/control-${name}.md`, printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
}

const ALL_TOOLS: Readonly<Record<string, readonly [AnyChangeTool, object]>> = {
  signal: [signalTool, { signal: 'HUP' }],
  terminate: [terminateTool, {}],
  suspend: [suspendTool, {}],
  resume: [resumeTool, {}],
  nice: [niceTool, { nice: 5 }],
  ionice: [ioniceTool, { class: 'idle' }],
  affinity: [affinityTool, { cpus: '0' }],
  limit: [limitTool, { resource: 'nofile', soft: '10' }],
};
const SENDERS = ['signal', 'terminate', 'suspend', 'resume'];
const ENDERS = ['signal', 'terminate', 'suspend'];

describe('what control refuses', () => {
  for (const [name, [tool, input]] of Object.entries(ALL_TOOLS)) {
    const refuses = async (on: FakeWorld, pid: number, code: string, pattern: RegExp): Promise<void> => {
      const typed: unknown = tool.input.parse({ pid, ...input });
      await assert.rejects(tool.plan(typed, runContext(on.machine)), refusal(code, pattern));
      await assert.rejects(last(tool.run(typed, runContext(on.machine))), refusal(code, pattern));
      assert.deepEqual(on.calls, []);
    };

    it(`${name}: pid 1 and Opsdeck itself`, async () => {
      await refuses(world([]), 1, 'refused', /Process 1 on web-1/);
      await refuses(world([]), 900, 'refused', /Opsdeck itself/);
    });

    it(`${name}: what is not there, has ended or is a thread`, async () => {
      await refuses(world([]), 77, 'missing', /no process 77 on web-1/);
      await refuses(world([{ pid: 77, parent: 800, state: 'Z' }]), 77, 'refused', /already ended.*parent 800/);
      await refuses(world([{ pid: 78, processPid: 77 }]), 78, 'refused', /78 is a thread of process 77/);
    });

    it(`${name}: a pid that another process has got between plan and run`, async () => {
      const on = world([{ pid: 77, ticks: 2_000 }]);
      const exec = { exec: () => 'none: prio 0\n' };
      const asked = fakeWorld([...on.processes.values()], exec);
      const plan = await tool.plan(tool.input.parse({ pid: 77, ...input }), runContext(asked.machine));
      assert.equal((plan.input as { startTicks: number }).startTicks, 2_000);
      asked.calls.length = 0;
      asked.change(77, { ticks: 3_000, name: 'innocent' });
      await assert.rejects(last(tool.run(plan.input, runContext(asked.machine))), refusal('pid-reused', /77 on web-1/));
      assert.deepEqual(asked.calls, []);
    });

    it(`${name}: elsewhere than on Linux`, async () => {
      await refuses(world([], { platform: 'darwin' }), 77, 'unsupported', /web-1.*darwin.*Linux/);
    });

    if (SENDERS.includes(name)) {
      it(`${name}: threads of the kernel`, async () => {
        await refuses(world([{ pid: 77, parent: 2, flags: 0x200000 }]), 77, 'refused', /kernel: it ignores signals/);
      });
    }
    if (ENDERS.includes(name)) {
      it(`${name}: what Opsdeck runs under, and a tree that has it`, async () => {
        await refuses(world([]), 800, 'refused', /Opsdeck itself runs under/);
        const typed: unknown = tool.input.parse({ pid: 800, tree: true, ...input });
        await assert.rejects(last(tool.run(typed, runContext(world([]).machine))), refusal('refused', /Opsdeck/));
      });
    }
  }

  it('a process group that has Opsdeck in it', async () => {
    const on = world([{ pid: 850, group: 850 }]);
    const typed = signalTool.input.parse({ pid: 850, signal: 'TERM', group: true });
    await assert.rejects(signalTool.plan(typed, runContext(on.machine)), refusal('refused', /process group.*900/));
    const harmless = await done(signalTool, on, { pid: 850, signal: 'CONT', group: true });
    assert.deepEqual(outcomes(harmless), { 850: 'done' });
  });

  it('a pid that is reused between the last look and the signal of its turn', async () => {
    const on = world(
      [
        { pid: 50, ticks: 2_000 },
        { pid: 51, parent: 50, ticks: 2_001 },
      ],
      {
        onSignal: (at, pid, number) => {
          at.obey(pid, number);
          at.change(51, { ticks: 9_000, parent: 1, name: 'innocent' });
        },
      },
    );
    const result = await done(suspendTool, on, { pid: 50, tree: true });
    assert.deepEqual(outcomes(result), { 50: 'done', 51: 'refused' });
    assert.deepEqual(on.calls, ['signal 50 19']);
  });

  it('inputs that make no sense', () => {
    const bad: readonly (readonly [AnyChangeTool, object])[] = [
      [signalTool, { pid: 7, signal: 'SIGFOO' }],
      [signalTool, { pid: 7, signal: '0' }],
      [signalTool, { pid: 7, signal: 'TERM', group: true, tree: true }],
      [signalTool, { pid: -7, signal: 'TERM' }],
      [niceTool, { pid: 7, nice: 20 }],
      [affinityTool, { pid: 7, cpus: '3-1' }],
      [affinityTool, { pid: 7, cpus: '' }],
      [limitTool, { pid: 7, resource: 'nofile', soft: '-1' }],
      [limitTool, { pid: 7, resource: 'files', soft: '1' }],
    ];
    for (const [tool, input] of bad) assert.equal(tool.input.safeParse(input).success, false, JSON.stringify(input));
  });

  it('limits that cannot be, before anything is done', async () => {
    const limits = 'Limit\nMax open files            1024                 4096                 files     \n';
    const on = world([{ pid: 77, limits }]);
    const plan = (input: object): Promise<unknown> =>
      limitTool.plan(limitTool.input.parse({ pid: 77, resource: 'nofile', ...input }), runContext(on.machine));
    await assert.rejects(plan({ soft: '5000' }), refusal('invalid-input', /5000 is above 4096/));
    await assert.rejects(plan({ hard: '100' }), refusal('invalid-input', /1024 is above 100/));
    await assert.rejects(plan({}), refusal('invalid-input', /soft or hard/));
    assert.deepEqual(on.calls, []);
  });
});

describe('what control asks before it does anything', () => {
  it('names process, user, start and machine, and warns of the service that is started again', async () => {
    const on = world([NGINX, { pid: 4712, parent: 4711, ticks: 36_001, uid: 33 }]);
    const { question, details, confirm } = await planned(terminateTool, on, { pid: 4711 });
    assert.equal(question, 'Terminate nginx (PID 4711) on web-1?');
    assert.equal(confirm, 'Terminate');
    assert.match(details, /Process: nginx, PID 4711/);
    assert.match(details, /Command: nginx: master process/);
    assert.match(details, /User: root/);
    assert.match(details, /Started: .*2026/);
    assert.match(details, /Machine: web-1/);
    assert.match(details, /SIGKILL/);
    assert.match(details, /may be started again; to stop it for good: systemctl stop nginx\.service/);
    assert.match(details, /descendants \(1\) are not ended/);
    assert.deepEqual(on.calls, []);
  });

  it('lists ten of many descendants', async () => {
    const children = Array.from({ length: 13 }, (_, index) => ({ pid: 5000 + index, parent: 4711, ticks: 36_001 }));
    const { question, details } = await planned(terminateTool, world([NGINX, ...children]), { pid: 4711, tree: true });
    assert.equal(question, 'Terminate nginx (PID 4711) and its 13 descendants on web-1?');
    assert.match(details, /– 5009 work \(ann\)\n– 3 more/);
    assert.doesNotMatch(details, /5010/);
  });

  it('keeps hostile names on one line, with nothing hidden in them', async () => {
    const name = 'a\nUser: me\u001b[2J\u202e';
    const on = world([
      { pid: 77, name, args: ['a\nb', 'c\r\n\u2028d', ''] },
      { pid: 78, parent: 77, name, ticks: 2_000 },
    ]);
    const plan = await suspendTool.plan(suspendTool.input.parse({ pid: 77, tree: true }), runContext(on.machine));
    for (const line of [plan.question, plan.confirm, ...plan.details]) {
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    }
    assert.equal(plan.details.filter((line) => line.startsWith('User: ')).length, 1);
    const change = suspendTool.changes(await last(suspendTool.run(plan.input, runContext(on.machine))))[0];
    // eslint-disable-next-line no-control-regex -- as above
    assert.doesNotMatch(change?.what ?? '\n', /[\u0000-\u001f\u202e]/);
  });

  it('cuts long commands', async () => {
    const { details } = await planned(suspendTool, world([{ pid: 77, args: ['x'.repeat(5_000)] }]), { pid: 77 });
    assert.ok(Math.max(...details.split('\n').map((line) => line.length)) < 250);
  });

  it('says what a signal means for this very process', async () => {
    const line = async (signal: string, change: Partial<FakeProcess> = {}): Promise<string> =>
      (await planned(signalTool, world([{ pid: 77, ...change }]), { pid: 77, signal })).details;
    assert.match(await line('HUP'), /SIGHUP \(1\), which ends it/);
    assert.match(await line('HUP', { ignored: '0000000000000001' }), /which this process ignores/);
    assert.match(await line('HUP', { caught: '0000000000000001' }), /handles in its own way/);
    assert.match(await line('KILL', { ignored: 'ffffffffffffffff' }), /SIGKILL \(9\), which ends it/);
    assert.match(await line('WINCH'), /does nothing/);
    assert.match(await line('TERM', { terminal: 34816 }), /leads the session of its terminal/);
    assert.match(await line('TERM', { name: 'sshd-session' }), /serves SSH/);
    assert.doesNotMatch(await line('CONT', { name: 'sshd' }), /serves SSH/);
  });

  it('says what cannot be taken back without root', async () => {
    const limits = 'Limit\nMax open files            1024                 4096                 files     \n';
    const process = { pid: 77, limits, nice: 3, threads: 4 };
    const ann = { ownUid: 1000 };
    const limit = await planned(limitTool, world([process], ann), {
      pid: 77,
      resource: 'nofile',
      soft: '10',
      hard: '20',
    });
    assert.match(limit.details, /Limit nofile \(soft:hard\): 1024:4096 → 10:20\n.*cannot be undone/);
    const up = await planned(niceTool, world([process], ann), { pid: 77, nice: 10 });
    assert.match(up.details, /Nice: 3 → 10\nOnly root can take it back.*\n.*the others \(3\) keep/);
    const down = await planned(niceTool, world([process], ann), { pid: 77, nice: 0 });
    assert.match(down.details, /Only root may lower nice/);
    const other = await planned(niceTool, world([{ pid: 77, uid: 33 }], ann), { pid: 77, nice: 10 });
    assert.match(other.details, /belongs to www: without the rights of root/);
  });
});

describe('what control does', () => {
  it('sends a signal, and the journal has it', async () => {
    const on = world([{ pid: 77, caught: '0000000000000001' }], { onSignal: () => undefined });
    const result = await done(signalTool, on, { pid: 77, signal: 'hup' });
    assert.deepEqual(on.calls, ['signal 77 1']);
    assert.deepEqual(outcomes(result), { 77: 'done' });
    assert.deepEqual(signalTool.changes(result), [{ what: 'work (PID 77): SIGHUP sent', undo: null }]);
    assertReport('signal', signalTool, result);
  });

  it('suspends and resumes; each takes the other back', async () => {
    const on = world([{ pid: 77, ticks: 2_000 }]);
    const stopped = await done(suspendTool, on, { pid: 77 });
    assert.deepEqual(stopped.processes[0]?.after, 'stopped');
    const [change] = suspendTool.changes(stopped);
    assert.deepEqual(change?.undo, { tool: 'system.resume', input: { pid: 77, startTicks: 2_000 } });
    const again = await done(suspendTool, on, { pid: 77 });
    assert.deepEqual(suspendTool.changes(again), [], 'it was stopped before');
    const resumed = await done(resumeTool, on, change?.undo?.input);
    assert.equal(resumeTool.changes(resumed)[0]?.undo?.tool, 'system.suspend');
    const byName = await done(signalTool, on, { pid: 77, signal: 'STOP' });
    assert.equal(signalTool.changes(byName)[0]?.undo?.tool, 'system.resume');
    assertReport('suspend', suspendTool, stopped);
  });

  it('takes a tree back as a whole where it was stopped as a whole', async () => {
    const tree = [
      { pid: 50, ticks: 2_000 },
      { pid: 51, parent: 50, ticks: 2_001 },
    ];
    const on = world(tree);
    const whole = await done(suspendTool, on, { pid: 50, tree: true });
    assert.deepEqual(on.calls, ['signal 50 19', 'signal 51 19']);
    assert.deepEqual(suspendTool.changes(whole), [
      {
        what: 'work (PID 50) and its descendant: suspended',
        undo: { tool: 'system.resume', input: { pid: 50, startTicks: 2_000, tree: true } },
      },
    ]);
    on.calls.length = 0;
    await done(resumeTool, on, { pid: 50, tree: true });
    assert.deepEqual(on.calls, ['signal 51 18', 'signal 50 18'], 'children first');
    const partly = await done(suspendTool, world([tree[0] ?? INIT, { ...INIT, ...tree[1], state: 'T' }]), {
      pid: 50,
      tree: true,
    });
    assert.deepEqual(
      suspendTool.changes(partly).map(({ undo }) => undo?.input),
      [{ pid: 50, startTicks: 2_000 }],
    );
  });

  it('sets nice, and takes it back', async () => {
    const on = world([{ pid: 77, ticks: 2_000, nice: 3 }]);
    const result = await done(niceTool, on, { pid: 77, nice: 10 });
    const [row] = result.processes;
    assert.deepEqual([row?.outcome, row?.before, row?.after], ['done', '3', '10']);
    const [change] = niceTool.changes(result);
    assert.equal(change?.what, 'work (PID 77): Nice 3 → 10');
    await done(niceTool, on, change?.undo?.input);
    assert.deepEqual(on.calls, ['setNice 77 10', 'setNice 77 3']);
    on.change(77, { ticks: 5_000 });
    const undo = niceTool.input.parse(change?.undo?.input);
    await assert.rejects(niceTool.plan(undo, runContext(on.machine)), refusal('pid-reused', /77/));
    assertReport('nice', niceTool, result);
  });

  it('says who may lower nice, and whose process it is', async () => {
    const deny = (): never => {
      throw new ExpectedError('denied', 'no');
    };
    const own = await done(niceTool, world([{ pid: 77, nice: 10 }], { ownUid: 1000, onNice: deny }), {
      pid: 77,
      nice: 0,
    });
    assert.equal(own.processes[0]?.outcome, 'denied');
    assert.match(own.processes[0]?.message ?? '', /Only root may lower nice, from 10 to 0/);
    const other = await done(suspendTool, world([{ pid: 77, uid: 33 }], { ownUid: 1000, onSignal: deny }), { pid: 77 });
    assert.match(other.processes[0]?.message ?? '', /belongs to www: only root or www/);
    assert.deepEqual(suspendTool.changes(other), []);
    assertReport('denied', suspendTool, other);
  });

  it('sets I/O class by ionice, and takes it back', async () => {
    let value = 'best-effort: prio 6\n';
    const exec = (_: FakeWorld, command: readonly string[]): string => {
      if (command[1] === '-c') value = command[2] === '3' ? 'idle\n' : `best-effort: prio ${command[4]}\n`;
      return value;
    };
    const on = world([{ pid: 77 }], { exec });
    const result = await done(ioniceTool, on, { pid: 77, class: 'idle' });
    const [row] = result.processes;
    assert.deepEqual([row?.before, row?.after], ['best-effort 6', 'idle']);
    await done(ioniceTool, on, ioniceTool.changes(result)[0]?.undo?.input);
    assert.equal(value, 'best-effort: prio 6\n');
    assert.ok(on.calls.includes('exec ionice -c 2 -n 6 -p 77'));
  });

  it('needs ionice for that, and says so before anything is asked', async () => {
    const typed = ioniceTool.input.parse({ pid: 77, class: 'idle' });
    await assert.rejects(
      ioniceTool.plan(typed, runContext(world([{ pid: 77 }]).machine)),
      refusal('not-found', /ionice/),
    );
  });

  it('sets CPUs by taskset, and reports what the kernel made of it', async () => {
    const exec = (at: FakeWorld, command: readonly string[]): string => {
      at.change(77, { cpus: command.includes('0-3') ? '0-3' : '1' });
      return '';
    };
    const on = world([{ pid: 77 }], { exec });
    const result = await done(affinityTool, on, { pid: 77, cpus: '1, 60', threads: true });
    const [row] = result.processes;
    assert.deepEqual([row?.before, row?.after], ['0-3', '1']);
    assert.match(row?.message ?? '', /got 1 of 1,60/);
    assert.deepEqual(affinityTool.changes(result)[0]?.undo?.input, {
      pid: 77,
      startTicks: 1000,
      cpus: '0-3',
      threads: true,
    });
    await done(affinityTool, on, { pid: 77, cpus: 'all' });
    assert.deepEqual(on.calls, ['exec taskset -a -c -p 1,60 77', 'exec taskset -c -p 0-3 77']);
    assertReport('affinity', affinityTool, result);
  });

  it('sets a limit by prlimit, keeps the side that is not given, and takes it back', async () => {
    const limits = (pair: string): string => {
      const [soft = '', hard = ''] = pair.split(':');
      return `Limit\nMax open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files     \n`;
    };
    const exec = (at: FakeWorld, [, , , pair = '']: readonly string[]): string => {
      const asked = pair.replace('--nofile=', '');
      at.change(77, { limits: limits(asked.endsWith(':') ? `${asked}4096` : asked) });
      return '';
    };
    const on = world([{ pid: 77, limits: limits('1024:4096') }], { exec });
    const result = await done(limitTool, on, { pid: 77, resource: 'nofile', soft: '2048' });
    assert.deepEqual(on.calls, ['exec prlimit --pid 77 --nofile=2048:']);
    assert.deepEqual([result.processes[0]?.before, result.processes[0]?.after], ['1024:4096', '2048:4096']);
    const undo = limitTool.changes(result)[0]?.undo?.input;
    assert.deepEqual(undo, { pid: 77, startTicks: 1000, resource: 'nofile', soft: '1024', hard: '4096' });
    assertReport('limit', limitTool, result);
  });

  it('tells denied, gone and failed apart in what the programs say', async () => {
    const answers: Readonly<Record<string, string>> = {
      denied: "taskset: failed to set pid 77's affinity: Operation not permitted",
      missing: "taskset: failed to get pid 77's affinity: No such process",
      failed: "taskset: failed to set pid 77's affinity: Invalid argument",
    };
    for (const [outcome, stderr] of Object.entries(answers)) {
      const result = await done(affinityTool, world([{ pid: 77 }], { exec: () => ({ stderr }) }), {
        pid: 77,
        cpus: '1',
      });
      assert.equal(result.processes[0]?.outcome, outcome);
      assert.equal(affinityTool.report(result).status, 'error');
    }
  });
});

describe('the fields of control', () => {
  it('are plain, described and begin with the process', () => {
    for (const [name, [tool]] of Object.entries(ALL_TOOLS)) {
      const fields = fieldsOf(tool);
      assert.deepEqual(
        fields.slice(0, 2).map((field) => field.name),
        ['pid', 'startTicks'],
        name,
      );
      for (const field of fields) assert.ok(field.description.length > 10, `${name}.${field.name}`);
    }
    assert.equal(fieldsOf(limitTool).find((field) => field.name === 'resource')?.choices.length, 16);
  });
});
