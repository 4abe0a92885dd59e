import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import type { ExecOptions, ExecResult } from '../../../../src/machine/machine';
import { eventually, isRunning } from '../processes';
import { onPosix, temporaryFolder } from '../support';

const machine = createLocalMachine();
const signal = new AbortController().signal;

function node(script: string, options: Partial<ExecOptions> = {}, ...args: readonly string[]): Promise<ExecResult> {
  return machine.exec([process.execPath, '-e', script, ...args], { signal, ...options });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function expected(code: string, text: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ExpectedError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, text);
    return true;
  };
}

describe('LocalMachine.exec', () => {
  const inside = temporaryFolder();

  it('gives exit code, stdout and stderr apart', async () => {
    const result = await node('console.log("out"); console.error("err"); process.exit(3)');
    assert.deepEqual([result.exitCode, result.signal, result.truncated], [3, null, false]);
    assert.deepEqual([textOf(result.stdout), textOf(result.stderr)], ['out\n', 'err\n']);
  });

  it('hands arguments on as they are, through no shell', async () => {
    const args = ['$HOME', 'a b', '"; exit 1', '*', ''];
    const result = await node('console.log(JSON.stringify(process.argv.slice(1)))', {}, ...args);
    assert.deepEqual(JSON.parse(textOf(result.stdout)), args);
  });

  it('sets LC_ALL=C unless told otherwise, adds to the environment, and runs in a folder', async () => {
    process.env['OPSDECK_TEST_INHERITED'] = 'yes';
    const script =
      'const e = process.env; console.log([e.LC_ALL, e.OPSDECK_TEST_INHERITED, e.MORE, process.cwd()].join("|"))';
    const first = await node(script, { env: { MORE: 'more' }, cwd: inside() });
    const second = await node(script, { env: { LC_ALL: 'C.UTF-8' }, cwd: inside() });
    delete process.env['OPSDECK_TEST_INHERITED'];
    assert.equal(textOf(first.stdout), `C|yes|more|${inside()}\n`);
    assert.equal(textOf(second.stdout), `C.UTF-8|yes||${inside()}\n`);
  });

  it('gives stdin, or none', async () => {
    const script = 'process.stdin.pipe(process.stdout)';
    const content = 'x'.repeat(1_000_000);
    assert.equal(textOf((await node(script, { stdin: content })).stdout), content);
    assert.equal(textOf((await node(script, { stdin: new Uint8Array([104, 105]) })).stdout), 'hi');
    assert.equal(textOf((await node(script)).stdout), '');
  });

  it('takes a program that does not read its stdin', async () => {
    const result = await node('process.stdin.destroy(); process.exit(0)', { stdin: Buffer.alloc(10_000_000) });
    assert.equal(result.exitCode, 0);
  });

  it('drops output beyond maxBytes, and lets the program go on', async () => {
    const script =
      'process.stdout.write("o".repeat(500000)); process.stderr.write("e".repeat(9)); process.exitCode = 4';
    const result = await node(script, { maxBytes: 10 });
    assert.deepEqual([result.exitCode, result.truncated], [4, true]);
    assert.deepEqual([textOf(result.stdout), textOf(result.stderr)], ['oooooooooo', 'eeeeeeeee']);
    const exact = await node('process.stdout.write("0123456789")', { maxBytes: 10 });
    assert.equal(exact.truncated, false);
  });

  it('says that a program is not installed, and which folder is missing', async () => {
    const options = { signal };
    await assert.rejects(
      machine.exec(['opsdeck-no-such-program'], options),
      expected('not-found', /^opsdeck-no-such-program is not installed on this machine/),
    );
    await assert.rejects(
      machine.exec([inside('none')], options),
      expected('not-found', /does not exist on this machine/),
    );
    await assert.rejects(node('', { cwd: inside('gone') }), expected('missing', /The folder .*gone/));
  });

  onPosix('says what may not be run, and which arguments are too many', async () => {
    fs.writeFileSync(inside('no-program'), 'text', { mode: 0o644 });
    await assert.rejects(machine.exec([inside('no-program')], { signal }), expected('denied', /may not be run/));
    await assert.rejects(node('', {}, 'x'.repeat(10_000_000)), expected('too-large', /arguments/));
    await assert.rejects(node('', {}, 'nul\0'), expected('invalid-input', /could not be started/));
  });

  it('does not start after a cancel', async () => {
    const script = `require("fs").writeFileSync(${JSON.stringify(inside('started'))}, "")`;
    await assert.rejects(node(script, { signal: AbortSignal.abort() }), CancelledError);
    assert.equal(fs.existsSync(inside('started')), false);
  });

  onPosix('tells the signal that ended a program', async () => {
    const result = await machine.exec(['sh', '-c', 'kill -USR1 $$'], { signal });
    assert.deepEqual([result.exitCode, result.signal], [null, 'SIGUSR1']);
  });
});

describe('LocalMachine.exec, cancelled', () => {
  const inside = temporaryFolder();
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  /** Runs a shell script that writes pids into $1, cancels it when they are there, and gives the pids. */
  async function cancelWhenWritten(script: string, count: number): Promise<readonly number[]> {
    const file = inside(`pids-${Math.random()}`);
    fs.writeFileSync(file, '');
    const pids = (): readonly number[] => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
    const controller = new AbortController();
    const running = machine.exec(['sh', '-c', script, 'sh', file], { signal: controller.signal });
    await Promise.race([running, eventually(() => pids().length === count)]);
    controller.abort();
    await assert.rejects(running, CancelledError);
    return pids();
  }

  it('ends the program and what it has started', async () => {
    const pids = await cancelWhenWritten('sleep 60 & echo $! >> "$1"; echo $$ >> "$1"; wait', 2);
    assert.deepEqual(pids.map(isRunning), [false, false]);
  });

  it('forces a program that ignores SIGTERM, with its children', async () => {
    const script = 'trap "" TERM; sh -c "sleep 60; sleep 60" & echo $! >> "$1"; echo $$ >> "$1"; wait; sleep 60';
    const pids = await cancelWhenWritten(script, 2);
    assert.deepEqual(pids.map(isRunning), [false, false]);
  });

  it('forces a grandchild that ignores SIGTERM when its parent has obeyed', async () => {
    const pids = await cancelWhenWritten('(trap "" TERM; sleep 60; sleep 60) & echo $! >> "$1"; wait', 1);
    assert.deepEqual(pids.map(isRunning), [false]);
  });

  it('lets a program tidy up at SIGTERM', async () => {
    const script = `trap 'echo tidied > "$1.done"; exit' TERM; echo $$ >> "$1"; while :; do sleep 0.05; done`;
    await cancelWhenWritten(script, 1);
    assert.equal(fs.readdirSync(inside()).filter((name) => name.endsWith('.done')).length, 1);
  });

  it('ends at the deadline with an error that names program and seconds', async () => {
    const running = machine.exec(['sleep', '60'], { signal, deadlineMs: 50 });
    await assert.rejects(running, expected('timed-out', /^sleep had not ended after 0\.05 s on this machine/));
  });

  it('does not wait for a daemon that holds the pipe, nor end it', async () => {
    const result = await machine.exec(['sh', '-c', 'sleep 60 & echo $!'], { signal });
    const pid = Number(textOf(result.stdout));
    assert.equal(result.exitCode, 0);
    assert.equal(isRunning(pid), true);
    process.kill(pid, 'SIGKILL');
  });

  it('ends what runs when the machine is disposed', async () => {
    const closing = createLocalMachine();
    const running = closing.exec(['sh', '-c', 'echo $$ > "$1"; sleep 60', 'sh', inside('pid')], { signal });
    const rejected = assert.rejects(running, CancelledError);
    await eventually(() => fs.existsSync(inside('pid')) && fs.readFileSync(inside('pid'), 'utf8').endsWith('\n'));
    await closing.dispose();
    assert.equal(isRunning(Number(fs.readFileSync(inside('pid'), 'utf8'))), false);
    await rejected;
    await assert.rejects(closing.exec(['true'], { signal }), CancelledError);
  });
});
