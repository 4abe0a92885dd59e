import * as assert from 'node:assert/strict';
import { ExpectedError } from '../../../../../../src/lib/errors';
import type { Control } from '../../../../../../src/features/system/core/control/act';
import { readAllowedScene } from '../../../../../../src/features/system/core/control/guard';
import type { ControlResult } from '../../../../../../src/features/system/core/control/schema';
import { sendSignal } from '../../../../../../src/features/system/core/control/send';
import { terminate } from '../../../../../../src/features/system/core/control/terminate';
import { report } from '../../../../../../src/features/system/report/control';
import { changesOf } from '../../../../../../src/features/system/report/control/changes';
import { fakeClock, type FakeClock } from '../../../../../support/fixtureMachine';
import { all, fakeWorld, type FakeOptions, type FakeProcess, type FakeWorld } from './fakeProcesses';

const INIT: FakeProcess = { pid: 1, parent: 0, uid: 0, ticks: 1 };
const TREE: readonly FakeProcess[] = [
  INIT,
  { pid: 50, ticks: 2_000, name: 'root' },
  { pid: 51, parent: 50, group: 50, ticks: 2_001 },
  { pid: 52, parent: 51, group: 50, ticks: 2_002 },
];

interface Run {
  readonly world: FakeWorld;
  readonly clock: FakeClock;
  readonly results: readonly ControlResult[];
  readonly final: ControlResult;
}

interface RunOptions extends FakeOptions {
  readonly graceMs?: number;
  readonly scope?: 'process' | 'tree';
  readonly signal?: AbortSignal;
  /** Called before each wait. */
  readonly onSleep?: (world: FakeWorld, sleeps: number) => void;
}

async function ended(list: readonly FakeProcess[], options: RunOptions = {}): Promise<Run> {
  const { graceMs = 2_000, scope = 'tree', signal = new AbortController().signal } = options;
  const world = fakeWorld(list, options);
  const clock = fakeClock();
  const sleep: FakeClock['sleep'] = async (milliseconds, by) => {
    options.onSleep?.(world, clock.sleeps.length);
    await clock.sleep(milliseconds, by);
  };
  const control: Control = { machine: world.machine, signal, clock: { ...clock, sleep } };
  const scene = await readAllowedScene(world.machine, { target: { pid: 50 }, intent: 'end', scope }, signal);
  const results = await all(terminate(control, scene, { scope, graceMs }));
  return { world, clock, results, final: results.at(-1) ?? assert.fail() };
}

const outcomes = ({ processes }: ControlResult): Readonly<Record<number, string>> =>
  Object.fromEntries(processes.map((row) => [row.pid, row.outcome]));

/** SIGTERM does nothing to these. */
const deaf =
  (...pids: readonly number[]): NonNullable<FakeOptions['onSignal']> =>
  (world, pid, signalNumber) => {
    if (signalNumber !== 15 || !pids.includes(pid)) world.obey(pid, signalNumber);
  };

describe('terminate', () => {
  it('asks parents first and has nothing to wait for when all end', async () => {
    const { world, final, clock } = await ended(TREE);
    assert.deepEqual(world.calls, ['signal 50 15', 'signal 51 15', 'signal 52 15']);
    assert.deepEqual(outcomes(final), { 50: 'ended', 51: 'ended', 52: 'ended' });
    assert.deepEqual(clock.sleeps, []);
    assert.equal(report(final).status, 'ok');
    assert.deepEqual(
      changesOf(final).map(({ undo }) => undo),
      [null, null, null],
    );
  });

  it('leaves descendants alone where the tree is not asked for', async () => {
    const { world } = await ended(TREE, { scope: 'process' });
    assert.deepEqual(world.calls, ['signal 50 15']);
  });

  it('kills after the grace time what ignores SIGTERM, and only that, stopped beforehand', async () => {
    const { world, clock, final } = await ended(TREE, { onSignal: deaf(51) });
    assert.deepEqual(world.calls.slice(3), ['signal 51 19', 'signal 51 9']);
    assert.deepEqual(outcomes(final), { 50: 'ended', 51: 'killed', 52: 'ended' });
    assert.equal(
      clock.sleeps.reduce((sum, one) => sum + one, 0),
      2_000,
    );
    assert.match(report(final).verdict, /3 processes on web-1: 2 ended, 1 killed/);
  });

  it('kills at once without a grace time', async () => {
    const { world, final } = await ended(TREE, { scope: 'process', graceMs: 0, onSignal: deaf(50) });
    assert.deepEqual(world.calls, ['signal 50 15', 'signal 50 9']);
    assert.deepEqual(outcomes(final), { 50: 'killed' });
  });

  it('lets a stopped process go on to meet its SIGTERM', async () => {
    const list = [INIT, { pid: 50, state: 'T' }];
    const onSignal: FakeOptions['onSignal'] = (world, pid, signalNumber) => {
      if (signalNumber === 18) world.obey(pid, 15);
    };
    const { world, final } = await ended(list, { onSignal });
    assert.deepEqual(world.calls, ['signal 50 15', 'signal 50 18']);
    assert.deepEqual(outcomes(final), { 50: 'ended' });
  });

  it('takes in what is forked meanwhile, also by a parent that has ended', async () => {
    const { world, final } = await ended(TREE, {
      onSignal: (at, pid, signalNumber) => {
        at.obey(pid, signalNumber);
        if (pid === 51 && signalNumber === 15) at.processes.set(60, { pid: 60, group: 50, ticks: 2_100 });
      },
    });
    assert.ok(world.calls.includes('signal 60 15'));
    assert.deepEqual(outcomes(final), { 50: 'ended', 51: 'ended', 52: 'ended', 60: 'ended' });
  });

  it('kills one that forks while it is killed', async () => {
    let next = 60;
    const fork = (at: FakeWorld): void => {
      // Only what is not stopped can fork, at every look.
      if (at.processes.get(50)?.state === undefined && at.processes.has(50) && next < 70) {
        at.processes.set(next, { pid: next, parent: 50, ticks: 2_000 + next });
        next++;
      }
    };
    const { final, world } = await ended(TREE.slice(0, 2), {
      graceMs: 500,
      onSignal: (at, pid, signalNumber) => {
        if (signalNumber !== 15) at.obey(pid, signalNumber);
      },
      onRead: fork,
    });
    assert.deepEqual([...world.processes.keys()], [1], 'nobody is left');
    assert.ok(final.processes.length > 3);
    assert.ok(final.processes.every((row) => row.outcome === 'killed'));
  });

  it('leaves nothing stopped when it cannot kill', async () => {
    let seen: FakeWorld | undefined;
    const broken = ended(TREE.slice(0, 3), {
      graceMs: 0,
      onSignal: (at, pid, signalNumber) => {
        if (signalNumber === 9) throw new Error('the connection is gone');
        if (signalNumber !== 15) at.obey(pid, signalNumber);
      },
      onRead: (at) => (seen = at),
    });
    await assert.rejects(broken, /connection is gone/);
    assert.deepEqual(
      [50, 51].map((pid) => seen?.processes.get(pid)?.state),
      ['S', 'S'],
    );
  });

  it('is not fooled by another process that gets the number', async () => {
    const { world, final } = await ended(TREE, {
      scope: 'process',
      onSignal: () => undefined,
      onSleep: (at, sleeps) => {
        if (sleeps === 3) at.change(50, { ticks: 9_000, name: 'innocent' });
      },
    });
    assert.deepEqual(world.calls, ['signal 50 15']);
    assert.deepEqual(outcomes(final), { 50: 'ended' });
  });

  it('says of a zombie who should ask for it', async () => {
    const { final } = await ended(TREE, {
      scope: 'process',
      onSignal: (at, pid) => at.change(pid, { state: 'Z', parent: 7 }),
    });
    assert.deepEqual(outcomes(final), { 50: 'ended' });
    assert.match(final.processes[0]?.message ?? '', /until its parent 7 asks/);
  });

  it('says why one is still there after SIGKILL', async () => {
    const { final } = await ended(TREE, { onSignal: (at, pid) => at.change(pid, { state: 'D' }) });
    assert.deepEqual(outcomes(final), { 50: 'failed', 51: 'failed', 52: 'failed' });
    assert.match(final.processes[0]?.message ?? '', /uninterruptible wait \(state D\)/);
    assert.equal(report(final).status, 'error');
  });

  it('does not kill what it was denied to end', async () => {
    const { world, final } = await ended(TREE, {
      onSignal: (at, pid, signalNumber) => {
        if (pid === 51) throw new ExpectedError('denied', 'no');
        at.obey(pid, signalNumber);
      },
    });
    assert.deepEqual(world.calls, ['signal 50 15', 'signal 51 15', 'signal 52 15']);
    assert.deepEqual(outcomes(final), { 50: 'ended', 51: 'denied', 52: 'ended' });
    assert.match(final.processes[1]?.message ?? '', /belongs to ann: only root or ann/);
    assert.equal(report(final).status, 'warning');
  });
});

describe('cancelling', () => {
  it('while the grace time runs leaves the rest alone and says what was done', async () => {
    const controller = new AbortController();
    const { world, final, results } = await ended(TREE, {
      signal: controller.signal,
      onSignal: deaf(51, 52),
      onSleep: (_, sleeps) => {
        if (sleeps === 2) controller.abort();
      },
    });
    assert.deepEqual(world.calls, ['signal 50 15', 'signal 51 15', 'signal 52 15']);
    assert.ok(final.cancelled);
    assert.deepEqual(outcomes(final), { 50: 'ended', 51: 'waiting', 52: 'waiting' });
    assert.equal(report(final).status, 'warning');
    assert.match(report(final).verdict, /then cancelled: 1 ended, 2 still there/);
    // A surface that drops what comes after the cancel has the same from the results before.
    assert.deepEqual(outcomes(results.at(-2) ?? assert.fail()), outcomes(final));
  });

  it('between two processes of a tree leaves the others alone', async () => {
    const controller = new AbortController();
    const world = fakeWorld(TREE, {
      onSignal: (at, pid, signalNumber) => {
        at.obey(pid, signalNumber);
        controller.abort();
      },
    });
    const control: Control = { machine: world.machine, signal: controller.signal, clock: fakeClock() };
    const order = { target: { pid: 50 }, intent: 'end', scope: 'tree' } as const;
    const scene = await readAllowedScene(world.machine, order, controller.signal);
    const results = await all(sendSignal(control, scene, { action: 'suspend', scope: 'tree', signalNumber: 19 }));
    assert.deepEqual(world.calls, ['signal 50 19']);
    assert.ok(results.at(-1)?.cancelled);
    assert.deepEqual(outcomes(results.at(-1) ?? assert.fail()), { 50: 'done' });
  });
});
