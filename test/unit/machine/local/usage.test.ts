import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { CancelledError } from '../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import { usageOf } from '../../../../src/machine/local/statfs';
import { isFailure, type FileFailure, type Usage } from '../../../../src/machine/machine';
import { eventually, helpersOf } from '../processes';
import { asOrdinaryUser, makeHangingFile, onLinux, onPosix, STUCK_WORKER, temporaryFolder } from '../support';

const signal = new AbortController().signal;
const BRIEF_MS = 500;

function codeOf(value: Usage | FileFailure | undefined): string | undefined {
  return isFailure(value) ? value.code : value?.kind;
}

describe('usageOf', () => {
  it('multiplies before it loses digits', () => {
    const statfs = {
      type: 0n,
      bsize: 4_096n,
      blocks: 2n ** 45n,
      bfree: 2n ** 44n,
      bavail: 3n,
      files: 2n ** 40n,
      ffree: 1n,
    };
    assert.deepEqual(usageOf(statfs), {
      kind: 'usage',
      totalBytes: 2 ** 57,
      freeBytes: 2 ** 56,
      availableBytes: 12_288,
      inodes: 2 ** 40,
      inodesFree: 1,
    });
  });
});

describe('LocalMachine.files.usage', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  before(() => (machine = createLocalMachine()));
  after(() => machine.dispose());

  it('gives the figures of statfs, each path once and in order', async () => {
    const usage = await machine.files.usage([inside(), '/', inside()], { signal });
    assert.deepEqual([...usage.keys()], [inside(), '/']);
    const expected = fs.statfsSync('/');
    const root = usage.get('/');
    assert.ok(root?.kind === 'usage');
    assert.equal(root.totalBytes, expected.blocks * expected.bsize);
    assert.equal(root.inodes, expected.files);
    assert.ok(root.availableBytes <= root.freeBytes && root.freeBytes <= root.totalBytes);
  });

  it('gives no rows for no paths', async () => {
    assert.equal((await machine.files.usage([], { signal })).size, 0);
  });

  it('makes a row of a path that is not there', async () => {
    const usage = await machine.files.usage([inside('none'), inside()], { signal });
    assert.deepEqual([...usage.values()].map(codeOf), ['missing', 'usage']);
  });

  onPosix('makes a row of a path that is denied', async () => {
    fs.mkdirSync(inside('closed', 'below'), { recursive: true });
    fs.chmodSync(inside('closed'), 0o000);
    const own = createLocalMachine();
    const usage = await asOrdinaryUser(() => own.files.usage([inside('closed', 'below')], { signal }));
    await own.dispose();
    fs.chmodSync(inside('closed'), 0o700);
    assert.deepEqual([...usage.values()].map(codeOf), ['denied']);
  });

  it('rejects with a CancelledError when it is cancelled', async () => {
    const controller = new AbortController();
    const usage = machine.files.usage([inside()], { signal: controller.signal });
    controller.abort();
    await assert.rejects(usage, CancelledError);
  });

  it('does not take a helper that cannot start for a mount that is missing', async () => {
    const { execPath } = process;
    process.execPath = inside('no-node');
    const own = createLocalMachine();
    const row = (await own.files.usage([inside()], { signal })).get(inside());
    process.execPath = execPath;
    await own.dispose();
    assert.deepEqual(row, {
      kind: 'failure',
      code: 'failed',
      message: 'the process that asks file systems could not run',
    });
  });

  onLinux('survives the end of its process', async () => {
    const own = createLocalMachine();
    await own.files.usage([inside()], { signal });
    const pids = helpersOf(process.pid, 'localWorker.js');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await eventually(() => helpersOf(process.pid, 'localWorker.js').length === 0);
    const usage = await own.files.usage([inside()], { signal });
    assert.equal(pids.length > 0, true);
    assert.deepEqual([...usage.values()].map(codeOf), ['usage']);
    await own.dispose();
  });
});

describe('LocalMachine.files.usage at mounts that hang', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  const gates: { release(): void }[] = [];
  const hanging = (name: string): string => {
    const file = makeHangingFile(inside(name));
    gates.push(file);
    return file.path;
  };
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    machine = createLocalMachine({ workerFile: STUCK_WORKER });
    await machine.files.usage([inside()], { signal });
  });
  afterEach(async () => {
    for (const gate of gates.splice(0)) gate.release();
    await machine.dispose();
  });
  const read = (paths: readonly string[]): ReturnType<LocalMachine['files']['usage']> =>
    machine.files.usage(paths, { signal, deadlineMs: BRIEF_MS });

  it('costs the row of the dead mount only', async () => {
    const usage = await read([inside(), hanging('hangs-a'), '/', hanging('hangs-b')]);
    assert.deepEqual([...usage.values()].map(codeOf), ['usage', 'timed-out', 'usage', 'timed-out']);
  });

  onLinux('sends no second process into a mount that has not answered', async () => {
    const path = hanging('hangs-again');
    await read([path, inside()]);
    const helpers = helpersOf(process.pid, 'stuckWorker.js').length;
    for (let round = 0; round < 5; round += 1) {
      const usage = await read([path, inside()]);
      assert.deepEqual([...usage.values()].map(codeOf), ['timed-out', 'usage']);
    }
    assert.equal(helpersOf(process.pid, 'stuckWorker.js').length, helpers);
  });

  it('asks it again when it has answered', async () => {
    const file = makeHangingFile(inside('hangs-a-while'));
    gates.push(file);
    assert.equal(codeOf((await read([file.path])).get(file.path)), 'timed-out');
    file.release();
    await eventually(async () => codeOf((await read([file.path])).get(file.path)) === 'usage');
  });

  it('stops asking when eight mounts hang, and says so', async () => {
    const paths = Array.from({ length: 8 }, (_value, index) => hanging(`hangs-${index}`));
    const usage = await read(paths);
    assert.deepEqual(
      [...usage.values()].map(codeOf),
      paths.map(() => 'timed-out'),
    );
    const more = (await read([inside()])).get(inside());
    assert.ok(isFailure(more));
    assert.match(more.message, /too many other mounts/);
    for (const gate of gates) gate.release();
    await eventually(async () => codeOf((await read([inside()])).get(inside())) === 'usage');
  });

  onLinux('ends the hanging processes when the machine is disposed', async () => {
    const usage = machine.files.usage([hanging('hangs-disposed')], { signal, deadlineMs: 60_000 });
    const rejected = assert.rejects(usage, CancelledError);
    await machine.dispose();
    await rejected;
    await eventually(() => helpersOf(process.pid, 'stuckWorker.js').length === 0);
  });
});
