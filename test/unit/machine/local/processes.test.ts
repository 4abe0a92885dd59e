import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as os from 'node:os';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import { eventually } from '../processes';
import { asOrdinaryUser, onLinux, onPosix } from '../support';
import * as fs from 'node:fs';

const signal = new AbortController().signal;
/** Larger than pid_max can be. */
const NO_PID = 2 ** 22 + 1;
const SIGTERM = os.constants.signals.SIGTERM;

/** An ExpectedError with this code whose message names the process. */
function expected(code: string, pid: number): (error: unknown) => boolean {
  return (error) => error instanceof ExpectedError && error.code === code && error.message.includes(String(pid));
}

describe('LocalMachine.processes', () => {
  const { processes, ownPid } = createLocalMachine();
  const started: ChildProcess[] = [];
  const sleeper = async (options: { detached?: boolean; uid?: number } = {}): Promise<number> => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', ...options });
    started.push(child);
    await once(child, 'spawn');
    return child.pid ?? assert.fail();
  };
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('belong to a machine that knows its own process', () => {
    assert.equal(ownPid, process.pid);
  });

  onPosix('get signals by their numbers', async () => {
    const pid = await sleeper();
    const ended = once(started[0] ?? assert.fail(), 'exit');
    await processes.signal(pid, 0, signal);
    await processes.signal(pid, SIGTERM, signal);
    assert.deepEqual(await ended, [null, 'SIGTERM']);
    await assert.rejects(processes.signal(pid, SIGTERM, signal), expected('missing', pid));
  });

  onPosix('get them as a group by a negative number', async () => {
    const pid = await sleeper({ detached: true });
    const ended = once(started[0] ?? assert.fail(), 'exit');
    await processes.signal(-pid, SIGTERM, signal);
    assert.deepEqual(await ended, [null, 'SIGTERM']);
  });

  onLinux('are stopped and go on', async () => {
    const pid = await sleeper();
    const state = (): string => /\) (\S)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';
    await processes.signal(pid, os.constants.signals.SIGSTOP, signal);
    await eventually(() => state() === 'T');
    await processes.signal(pid, os.constants.signals.SIGCONT, signal);
    await eventually(() => state() !== 'T');
  });

  onPosix('get another nice value', async () => {
    const pid = await sleeper();
    await processes.setNice(pid, 7, signal);
    assert.equal(os.getPriority(pid), 7);
  });

  it('are never all processes, nor the own group', async () => {
    for (const pid of [0, -1, 1.5, Number.NaN]) {
      await assert.rejects(processes.signal(pid, 0, signal), expected('invalid-input', pid));
      await assert.rejects(processes.setNice(pid, 0, signal), expected('invalid-input', pid));
    }
    await assert.rejects(processes.setNice(-2, 0, signal), expected('invalid-input', -2));
  });

  onPosix('refuse signals and nice values that do not exist', async () => {
    const pid = await sleeper();
    for (const number of [-9, 1.5, 999]) {
      await assert.rejects(processes.signal(pid, number, signal), expected('invalid-input', pid));
    }
    for (const nice of [-21, 20, 0.5]) {
      await assert.rejects(processes.setNice(pid, nice, signal), expected('invalid-input', pid));
    }
  });

  onPosix('are missing where no process has the number', async () => {
    await assert.rejects(processes.signal(NO_PID, 0, signal), expected('missing', NO_PID));
    await assert.rejects(processes.setNice(NO_PID, 5, signal), expected('missing', NO_PID));
    await assert.rejects(processes.signal(NO_PID, 0, signal), /on this machine.*Refresh the process list/);
  });

  onPosix('are denied to another user', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const pid = await sleeper({ uid: 65_533 });
    await asOrdinaryUser(async () => {
      await assert.rejects(processes.signal(pid, SIGTERM, signal), expected('denied', pid));
      await assert.rejects(processes.setNice(pid, 5, signal), expected('denied', pid));
      // setpriority(2) says EACCES, not EPERM, where only the value is not allowed.
      await assert.rejects(processes.setNice(process.pid, -5, signal), expected('denied', process.pid));
    });
  });

  it('are left alone by what was cancelled before', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(processes.signal(process.pid, SIGTERM, controller.signal), CancelledError);
    await assert.rejects(processes.setNice(process.pid, 19, controller.signal), CancelledError);
  });
});
