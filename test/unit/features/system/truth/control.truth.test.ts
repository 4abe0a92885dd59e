import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlResult } from '../../../../../src/features/system/core/control/schema';
import {
  affinityTool,
  ioniceTool,
  limitTool,
  niceTool,
  resumeTool,
  signalTool,
  suspendTool,
  terminateTool,
} from '../../../../../src/features/system/controlTools';
import { ExpectedError } from '../../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { AnyChangeTool, RunContext } from '../../../../../src/tool/tool';
import { eventually, isRunning } from '../../../machine/processes';
import { asOrdinaryUser } from '../../../machine/support';
import { last, runContext } from '../core/control/fakeProcesses';

const onLinuxAsRoot = process.platform === 'linux' && process.getuid?.() === 0 ? it : it.skip;
const PYTHON = '/usr/bin/python3';

function output(program: string, ...words: readonly string[]): string {
  const found = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  assert.equal(found.status, 0, `${program} ${words.join(' ')}: ${found.stderr}`);
  return found.stdout.trim();
}

/** What psutil says of a process, by an expression on `p`; undefined where no Python has it. */
function psutil(pid: number, expression: string): string | undefined {
  const code = `import psutil; p = psutil.Process(${pid}); print(${expression})`;
  const found = spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** The tests' own processes. Each leads a process group, which is ended with all that it has forked after its test. */
function children(): {
  sleeper(options?: { readonly uid?: number }): Promise<number>;
  python(code: string): Promise<{ readonly pid: number; readonly lines: readonly string[] }>;
} {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const { pid = assert.fail() } of started.splice(0)) endGroup(pid);
  });
  const start = async (program: string, words: readonly string[]): Promise<ChildProcess> => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    started.push(child);
    await once(child, 'spawn');
    return child;
  };
  return {
    async sleeper({ uid } = {}) {
      const words = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, '--clear-groups'];
      const [program = '', ...rest] = [...words, 'sleep', '300'];
      const { pid = assert.fail() } = await start(program, rest);
      await eventually(() => / \(sleep\) S /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')));
      return pid;
    },
    /** Waits for the line 'ready'. */
    async python(code) {
      const child = await start(PYTHON, ['-u', '-c', code]);
      let text = '';
      child.stdout?.on('data', (part) => (text += String(part)));
      await eventually(() => /^ready.*\n/m.test(text));
      const { pid = assert.fail() } = child;
      return {
        pid,
        get lines() {
          return text.trimEnd().split('\n');
        },
      };
    },
  };
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const outcomes = ({ processes }: ControlResult): readonly string[] => processes.map((row) => row.outcome);

/** CAP_SYS_RESOURCE, see capabilities(7): root in a container may be without it. */
function mayRaiseLimits(): boolean {
  const [, mask = '0'] = /CapEff:\t([0-9a-f]+)/.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return ((BigInt(`0x${mask}`) >> 24n) & 1n) === 1n;
}

function startTicksOf(pid: number): number {
  return Number(
    fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19],
  );
}

describe('control of real processes (Linux only)', () => {
  const { sleeper, python } = children();
  let machine: LocalMachine | undefined;
  before(function () {
    if (process.platform !== 'linux') return this.skip();
    machine = createLocalMachine();
  });
  after(() => machine?.dispose());

  const here = (): RunContext => runContext(machine ?? assert.fail());
  const done = async (tool: AnyChangeTool, typed: unknown): Promise<ControlResult> => {
    const context = here();
    const plan = await tool.plan(tool.input.parse(typed), context);
    return tool.result.parse(await last(tool.run(plan.input, context))) as ControlResult;
  };
  const undo = async (tool: AnyChangeTool, by: AnyChangeTool, result: ControlResult): Promise<ControlResult> => {
    const [change] = tool.changes(result);
    return done(by, change?.undo?.input);
  };
  const only = (result: ControlResult): ControlResult['processes'][number] => {
    assert.equal(result.processes.length, 1);
    return result.processes[0] ?? assert.fail();
  };

  it('plans with the start time and the user that ps tells', async () => {
    const pid = await sleeper();
    const plan = await terminateTool.plan(terminateTool.input.parse({ pid }), here());
    assert.equal(plan.input.startTicks, startTicksOf(pid));
    assert.ok(
      plan.details.includes(`User: ${output('ps', '-o', 'ruser=', '-p', String(pid))}`),
      plan.details.join('\n'),
    );
    assert.ok(plan.details.includes('Command: sleep 300'));
    const started = plan.details.find((line) => line.startsWith('Started: ')) ?? '';
    const seconds = Date.parse(output('ps', '-o', 'lstart=', '-p', String(pid)));
    const shown = Date.parse(started.slice('Started: '.length));
    // ps and we each round the time of the boot.
    assert.ok(Math.abs(shown - seconds) <= 2_000, `${started}, ps says ${new Date(seconds).toString()}`);
  });

  it('suspends and resumes, as ps and psutil see it', async () => {
    const pid = await sleeper();
    const stopped = await done(suspendTool, { pid });
    assert.deepEqual([only(stopped).before, only(stopped).after], ['sleeping', 'stopped']);
    assert.equal(output('ps', '-o', 'state=', '-p', String(pid)), 'T');
    assert.equal(psutil(pid, 'p.status()') ?? 'stopped', 'stopped');
    const resumed = await undo(suspendTool, resumeTool, stopped);
    // It may be on its way back to sleep.
    assert.match(only(resumed).after ?? '', /^(sleeping|running)$/);
    assert.match(output('ps', '-o', 'state=', '-p', String(pid)), /[SR]/);
    await undo(resumeTool, suspendTool, resumed);
    assert.equal(output('ps', '-o', 'state=', '-p', String(pid)), 'T');
  });

  it('sets nice, as ps sees it, and takes it back', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const pid = await sleeper();
    const before = output('ps', '-o', 'ni=', '-p', String(pid));
    const raised = await done(niceTool, { pid, nice: 13 });
    assert.deepEqual([only(raised).before, only(raised).after], [before.trim(), '13']);
    assert.equal(output('ps', '-o', 'ni=', '-p', String(pid)), '13');
    assert.equal(psutil(pid, 'p.nice()') ?? '13', '13');
    await undo(niceTool, niceTool, raised);
    assert.equal(output('ps', '-o', 'ni=', '-p', String(pid)), before);
  });

  it('sets the I/O class, as ionice sees it, and takes it back', async () => {
    const pid = await sleeper();
    const seen = (): string => output('ionice', '-p', String(pid));
    await done(ioniceTool, { pid, class: 'best-effort', level: 6 });
    assert.equal(seen(), 'best-effort: prio 6');
    const idle = await done(ioniceTool, { pid, class: 'idle' });
    assert.deepEqual([only(idle).before, only(idle).after], ['best-effort 6', 'idle']);
    assert.equal(seen(), 'idle');
    assert.match(psutil(pid, 'p.ionice().ioclass.value') ?? '3', /3/);
    await undo(ioniceTool, ioniceTool, idle);
    assert.equal(seen(), 'best-effort: prio 6');
    const none = await done(ioniceTool, { pid, class: 'none' });
    assert.equal(only(none).after, 'none');
  });

  it('sets the CPUs, as taskset sees it, reports what was cut, and takes it back', async () => {
    const pid = await sleeper();
    const seen = (): string => output('taskset', '-cp', String(pid)).replace(/^.*: /, '');
    const before = seen();
    const first = before.split(/[-,]/)[0] ?? '';
    const pinned = await done(affinityTool, { pid, cpus: `${first},1000` });
    assert.deepEqual(
      [only(pinned).before, only(pinned).after],
      [fs.readFileSync('/proc/self/status', 'utf8').match(/Cpus_allowed_list:\t(.*)/)?.[1], first],
    );
    assert.match(only(pinned).message ?? '', /got .* of/);
    assert.equal(seen(), first);
    assert.equal(psutil(pid, 'p.cpu_affinity()') ?? `[${first}]`, `[${first}]`);
    await undo(affinityTool, affinityTool, pinned);
    assert.equal(seen(), before);
    const impossible = await done(affinityTool, { pid, cpus: '1000' });
    assert.deepEqual(outcomes(impossible), ['failed']);
    await done(affinityTool, { pid, cpus: first });
    await done(affinityTool, { pid, cpus: 'all' });
    assert.equal(seen(), before);
  });

  it('sets the CPUs of all threads', async () => {
    const { pid } = await python(
      'import threading,time\nthreading.Thread(target=time.sleep,args=(300,),daemon=True).start()\nprint("ready")\ntime.sleep(300)',
    );
    const lists = (): readonly string[] =>
      fs
        .readdirSync(`/proc/${pid}/task`)
        .map(
          (tid) =>
            fs.readFileSync(`/proc/${pid}/task/${tid}/status`, 'utf8').match(/Cpus_allowed_list:\t(.*)/)?.[1] ?? '',
        );
    const before = lists()[0] ?? '';
    const first = before.split(/[-,]/)[0] ?? '';
    const one = await done(affinityTool, { pid, cpus: first });
    assert.deepEqual(lists(), [first, before]);
    await undo(affinityTool, affinityTool, one);
    const both = await done(affinityTool, { pid, cpus: first, threads: true });
    assert.deepEqual(lists(), [first, first]);
    await undo(affinityTool, affinityTool, both);
    assert.deepEqual(lists(), [before, before]);
  });

  it('sets limits, as prlimit sees it, and takes them back', async () => {
    const pid = await sleeper();
    const seen = (): string =>
      output('prlimit', '--pid', String(pid), '--nofile', '--raw', '--noheadings', '-o', 'SOFT,HARD').replace(
        /\s+/,
        ':',
      );
    const before = seen();
    const softer = await done(limitTool, { pid, resource: 'nofile', soft: '64' });
    assert.equal(seen(), `64:${before.split(':')[1]}`);
    assert.deepEqual([only(softer).before, only(softer).after], [before, seen()]);
    assert.equal(psutil(pid, 'p.rlimit(psutil.RLIMIT_NOFILE)[0]') ?? '64', '64');
    await undo(limitTool, limitTool, softer);
    assert.equal(seen(), before);
    const cpu = await done(limitTool, { pid, resource: 'cpu', hard: '7777', soft: '7000' });
    assert.equal(only(cpu).after, '7000:7777');
    const back = await undo(limitTool, limitTool, cpu);
    if (!mayRaiseLimits()) {
      assert.deepEqual(outcomes(back), ['denied']);
      assert.match(only(back).message ?? '', /CAP_SYS_RESOURCE/);
      return;
    }
    assert.match(fs.readFileSync(`/proc/${pid}/limits`, 'utf8'), /Max cpu time +unlimited +unlimited/);
  });

  it('sends any signal, also a real-time one', async () => {
    const child = await python(
      'import signal,time\nfor n in (10, signal.SIGRTMIN + 3): signal.signal(n, lambda n, f: print("got", n))\nprint("ready")\nwhile True: time.sleep(300)',
    );
    const { pid } = child;
    const read = await python('print("ready")\nimport time\ntime.sleep(300)');
    const usr1 = await done(signalTool, { pid, signal: 'USR1' });
    const realtime = await done(signalTool, { pid, signal: 'SIGRTMIN+3' });
    assert.deepEqual([...outcomes(usr1), ...outcomes(realtime)], ['done', 'done']);
    await eventually(() => child.lines.length === 3);
    assert.deepEqual(child.lines.slice(1), ['got 10', 'got 37']);
    const ending = await done(signalTool, { pid: read.pid, signal: '1' });
    assert.deepEqual(outcomes(ending), ['ended']);
    assert.ok(!isRunning(read.pid));
  });

  it('terminates what ends by itself, also when it is stopped', async () => {
    const pid = await sleeper();
    await done(suspendTool, { pid });
    const result = await done(terminateTool, { pid });
    assert.deepEqual(outcomes(result), ['ended']);
    assert.ok(!isRunning(pid));
  });

  it('kills what ignores SIGTERM after the grace time', async () => {
    const { pid } = await python(
      'import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("ready")\ntime.sleep(300)',
    );
    const plan = await terminateTool.plan(terminateTool.input.parse({ pid, graceSeconds: 0.3 }), here());
    assert.ok(plan.details.some((line) => line.includes('ignores SIGTERM')));
    const result = await last(terminateTool.run(plan.input, here()));
    assert.deepEqual(outcomes(result), ['killed']);
    assert.ok(!isRunning(pid));
  });

  it('terminates a tree with grandchildren, and what they fork on SIGTERM', async () => {
    const code = `
import os, signal, sys, time
def grandchild():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(300)
    os._exit(0)
def child():
    pid = os.fork()
    if pid == 0: grandchild()
    def fork_again(n, f):
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            time.sleep(300)
        os._exit(0)
    signal.signal(signal.SIGTERM, fork_again)
    os.write(pipe[1], b"%d %d" % (os.getpid(), pid))
    time.sleep(300)
    os._exit(0)
pipe = os.pipe()
if os.fork() == 0: child()
print("ready", os.read(pipe[0], 100).decode())
time.sleep(300)`;
    const tree = await python(code);
    const group = tree.pid;
    const plan = await terminateTool.plan(
      terminateTool.input.parse({ pid: tree.pid, graceSeconds: 0.5, tree: true }),
      here(),
    );
    assert.match(plan.question, /2 descendants/);
    const result = await last(terminateTool.run(plan.input, here()));
    assert.equal(result.processes.length, 4, JSON.stringify(result.processes));
    assert.deepEqual([...outcomes(result)].sort(), ['ended', 'ended', 'ended', 'killed']);
    const left = spawnSync('ps', ['-o', 'pid=,state=', '-g', String(group)], { encoding: 'utf8' }).stdout;
    assert.doesNotMatch(left, /[RSDT]/);
  });

  it('kills a tree that forks all the time', async () => {
    // A bound, so that nothing is left to fork on where the test fails.
    const code = `
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready")
for count in range(100):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    time.sleep(0.05)
time.sleep(60)`;
    const { pid } = await python(code);
    await delay(200);
    const result = await done(signalTool, { pid, signal: 'KILL', tree: true });
    assert.ok(result.processes.length >= 3);
    assert.ok(
      outcomes(result).every((outcome) => outcome === 'killed'),
      JSON.stringify(result.processes),
    );
    const left = spawnSync('ps', ['-o', 'state=', '-g', String(pid)], { encoding: 'utf8' }).stdout;
    assert.doesNotMatch(left, /[RSDT]/);
  });

  it('suspends and resumes a process group', async () => {
    const { pid } = await python('import os,time\npid=os.fork()\nif pid: print("ready", pid)\ntime.sleep(300)');
    const states = (): string => output('ps', '-o', 'state=', '-g', String(pid)).replace(/\s+/g, '');
    const stopped = await done(signalTool, { pid, signal: 'STOP', group: true });
    assert.equal(stopped.processes.length, 2);
    assert.equal(states(), 'TT');
    await done(signalTool, { pid, signal: 'CONT', group: true });
    await eventually(() => states() === 'SS');
  });

  it('refuses pid 1, its own process and its parent, a thread and a zombie', async () => {
    const refused = async (pid: number, pattern: RegExp): Promise<void> => {
      const plan = terminateTool.plan(terminateTool.input.parse({ pid, tree: true }), here());
      await assert.rejects(plan, (error) => error instanceof ExpectedError && pattern.test(error.message));
    };
    await refused(1, /keeps the machine running/);
    await refused(process.pid, /Opsdeck itself/);
    await refused(process.ppid, /Opsdeck itself runs under/);
    const { pid } = await python(
      'import os,threading,time\nthreading.Thread(target=time.sleep,args=(300,),daemon=True).start()\npid=os.fork()\nif pid == 0: os._exit(0)\nprint("ready", pid)\ntime.sleep(300)',
    );
    const thread =
      fs
        .readdirSync(`/proc/${pid}/task`)
        .map(Number)
        .find((tid) => tid !== pid) ?? assert.fail();
    await refused(thread, new RegExp(`${thread} is a thread of process ${pid}`));
    const zombie = Number(output('ps', '-o', 'pid=', '--ppid', String(pid)));
    await refused(zombie, new RegExp(`already ended.*parent ${pid}`));
    const kernelThread = spawnSync('ps', ['-o', 'pid=', '--ppid', '2'], { encoding: 'utf8' })
      .stdout.trim()
      .split(/\s+/)[0];
    if (kernelThread !== undefined && kernelThread !== '') await refused(Number(kernelThread), /kernel/);
  });

  onLinuxAsRoot('is denied another user’s process, and says whose it is', async () => {
    // Not root's: in this process only the effective user changes, and the real one counts for signals too.
    const pid = await sleeper({ uid: 33 });
    const own = await sleeper({ uid: 65_534 });
    const user = output('ps', '-o', 'ruser=', '-p', String(pid));
    await asOrdinaryUser(async () => {
      const tools: readonly (readonly [AnyChangeTool, object])[] = [
        [suspendTool, {}],
        [terminateTool, {}],
        [niceTool, { nice: 19 }],
        [ioniceTool, { class: 'idle' }],
        [affinityTool, { cpus: '0' }],
        [limitTool, { resource: 'nofile', soft: '10' }],
      ];
      for (const [tool, input] of tools) {
        const result = await done(tool, { pid, ...input });
        assert.deepEqual(outcomes(result), ['denied'], JSON.stringify(result));
        assert.equal(only(result).message, `It belongs to ${user}: only root or ${user} may do this.`);
        assert.deepEqual(tool.changes(result), []);
      }
      const raised = await done(niceTool, { pid: own, nice: 15 });
      assert.deepEqual(outcomes(raised), ['done']);
      const lowered = await undo(niceTool, niceTool, raised);
      assert.deepEqual(outcomes(lowered), ['denied']);
      assert.match(only(lowered).message ?? '', /Only root may lower nice/);
    });
    assert.equal(output('ps', '-o', 'state=', '-p', String(pid)), 'S');
  });
});
