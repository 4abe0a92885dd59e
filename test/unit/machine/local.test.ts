import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { createLocalMachine, platformOf } from '../../../src/machine/local';
import { eventually, isRunning } from './processes';
import { makeHangingFile, onLinux, STUCK_WORKER, temporaryFolder } from './support';

const SCENARIO = path.join(__dirname, 'exitScenario.js');

/** Fails when the process has not exited after some seconds. */
async function runScenario(...args: readonly string[]): Promise<string> {
  const options = { timeout: 8_000, killSignal: 'SIGKILL' } as const;
  return (await promisify(execFile)(process.execPath, [SCENARIO, ...args], options)).stdout.trim();
}

describe('createLocalMachine', () => {
  const inside = temporaryFolder();

  it('names itself and the platform', () => {
    const machine = createLocalMachine();
    assert.equal(machine.name, 'local');
    assert.equal(machine.platform, platformOf(process.platform));
    assert.deepEqual(
      ['linux', 'darwin', 'win32', 'freebsd', 'aix'].map((name) => platformOf(name as NodeJS.Platform)),
      ['linux', 'darwin', 'win32', 'freebsd', 'other'],
    );
  });

  it('starts nothing before it is used', async () => {
    const before = process.getActiveResourcesInfo();
    const machine = createLocalMachine({ workerFile: '/there/is/no/such/worker.js' });
    assert.deepEqual(process.getActiveResourcesInfo(), before);
    await machine.dispose();
    await machine.dispose();
  });

  it('fails loudly when its worker is not there', async () => {
    const machine = createLocalMachine({ workerFile: '/there/is/no/such/worker.js' });
    await assert.rejects(machine.files.readMany(['/x'], { signal: new AbortController().signal }), /no.such.worker/);
    await machine.dispose();
  });

  it('does not keep the process from exiting', async () => {
    assert.equal(await runScenario(), 'string usage true 0');
  });

  onLinux(
    'does not keep the process from exiting while a mount hangs, and leaves nothing when it answers',
    async () => {
      const mount = makeHangingFile(inside('hangs-at-exit'));
      let pid: string | undefined;
      try {
        const [code, helper] = (await runScenario(mount.path, STUCK_WORKER)).split(' ');
        pid = helper;
        assert.equal(code, 'timed-out');
        assert.equal(isRunning(Number(pid)), true, 'the process in the mount is left behind');
      } finally {
        mount.release();
      }
      await eventually(() => !isRunning(Number(pid)));
    },
  );
});
