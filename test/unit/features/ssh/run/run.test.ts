import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withoutStyles } from '../../../../../src/report/terminalSpans';
import type { RunResult } from '../../../../../src/features/ssh/core/run/schema';
import { runResult } from '../../../../../src/features/ssh/core/run/schema';
import { runTool } from '../../../../../src/features/ssh/runTools';
import { createLocalMachine } from '../../../../../src/machine/local';
import { runContextOf } from '../../../../support/runContext';
import { inputOf, runToEnd, type AnyInput } from './support';

describe('ssh.run on this machine', function () {
  this.timeout(60_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  const machine = createLocalMachine();
  after(() => machine.dispose());
  const run = (input: AnyInput): Promise<RunResult> => runToEnd(machine, input);
  const script = (text: string, more: AnyInput = {}): Promise<RunResult> => run({ script: text, ...more });

  it('keeps output and errors apart and tells the exit code', async () => {
    const result = await script('echo out; echo err >&2; exit 3');
    assert.deepEqual(runResult.parse(result), result);
    assert.equal(result.stdout, 'out\n');
    assert.equal(result.stderr, 'err\n');
    assert.deepEqual([result.exitCode, result.signal, result.state], [3, null, 'ended']);
    assert.deepEqual([result.stdoutBytes, result.stderrBytes, result.lines], [4, 4, 2]);
    assert.equal(result.machine, 'local');
  });

  it('tells the signal that ended it', async () => {
    const result = await script('kill -TERM $$');
    assert.deepEqual([result.exitCode, result.signal, result.state], [null, 'TERM', 'ended']);
  });

  it('gives arguments as they are, without a shell in between', async () => {
    const result = await run({ command: `printf '%s|' 'a b' '$HOME' "it's" '*' ''` });
    assert.equal(result.stdout, "a b|$HOME|it's|*||");
    assert.deepEqual(result.command, ['printf', '%s|', 'a b', '$HOME', "it's", '*', '']);
    assert.equal(result.script, null);
  });

  it('gives standard input, and its end where there is none', async () => {
    assert.equal((await run({ command: 'cat', stdin: 'ä 大\nno end' })).stdout, 'ä 大\nno end');
    assert.equal((await run({ command: 'cat' })).stdout, '');
    const unread = await run({ command: 'true', stdin: 'x'.repeat(1_000_000) });
    assert.equal(unread.exitCode, 0);
  });

  it('sets working folder and environment', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-run-'));
    const result = await script('pwd; printf "%s,%s" "$ONE" "$TWO"', { cwd: folder, env: 'ONE=1\n\nTWO=a=b c' });
    fs.rmdirSync(folder);
    assert.equal(result.stdout, `${fs.realpathSync(os.tmpdir())}/${path.basename(folder)}\n1,a=b c`);
    assert.equal(result.cwd, folder);
  });

  it('runs scripts by their interpreters', async function () {
    if (!fs.existsSync('/usr/bin/perl')) this.skip();
    const result = await script('print 6 * 7;\r\nprint "\\n";', { shell: 'perl' });
    assert.equal(result.stdout, '42\n');
    assert.deepEqual(result.command, ['perl', '-']);
  });

  it('says what to do when the program is not there', async () => {
    await assert.rejects(run({ command: 'no-such-program-here' }), { name: 'ExpectedError' });
    assert.equal((await script('no-such-program-here')).exitCode, 127);
  });

  it('keeps colours, the last state of a progress bar, and nothing else that a terminal obeys', async () => {
    const result = await script(
      `printf ' 1%%\\r99%%\\n\\033[31mred\\033[0m\\033]0;title\\007\\033[2J\\342\\200\\256x\\n'`,
    );
    assert.equal(result.stdout, '99%\n\u001b[31mred\u001b[0mx\n');
  });

  it('ends it when the time is over, with what it wrote until then', async () => {
    const result = await script('echo begun; sleep 60 & wait', { timeoutSeconds: 0.7 });
    assert.deepEqual([result.state, result.exitCode, result.stdout], ['timed-out', null, 'begun\n']);
  });

  it('ends what it started when it is cancelled', async () => {
    const controller = new AbortController();
    const context = runContextOf(machine, { signal: controller.signal, live: true });
    let pid = 0;
    let last: RunResult | undefined;
    for await (const result of runTool.run(inputOf({ script: 'sleep 61 & echo $!; wait' }), context)) {
      last = result;
      pid ||= Number(result.stdout);
      if (pid > 0) controller.abort();
    }
    assert.equal(last?.state, 'cancelled');
    assert.ok(await isGone(pid), `process ${pid} is there`);
  });

  it('ends it when nobody takes its results any more', async () => {
    const context = runContextOf(machine, { live: true });
    let pid = 0;
    for await (const result of runTool.run(inputOf({ script: 'sleep 62 & echo $!; wait' }), context)) {
      pid = Number(result.stdout);
      if (pid > 0) break;
    }
    assert.ok(pid > 0 && (await isGone(pid)), `process ${pid} is there`);
  });

  it('yields whole results while it runs, and the last one is the end', async () => {
    const results: RunResult[] = [];
    const text = 'for i in 1 2 3; do echo $i; read -t 5 x < /dev/null; sleep 0.3; done; exit 4';
    for await (const result of runTool.run(inputOf({ script: text }), runContextOf(machine, { live: true }))) {
      results.push(result);
    }
    assert.equal(results[0]?.state, 'running');
    assert.ok(results.length >= 3, `${results.length} results`);
    results.slice(1).forEach((result, index) => assert.ok(result.stdout.startsWith(results[index]?.stdout ?? '?')));
    assert.ok(results.slice(0, -1).every(({ state }) => state === 'running'));
    assert.deepEqual(
      [results.at(-1)?.state, results.at(-1)?.exitCode, results.at(-1)?.stdout],
      ['ended', 4, '1\n2\n3\n'],
    );
  });

  it('is not held up by a consumer that takes nothing, and stays small in a flood of 200 MB', async () => {
    const before = process.memoryUsage().rss;
    const context = runContextOf(machine, { live: true });
    const flood = `perl -e '$l = "x" x 99 . "\\n"; print $l x 1000 for 1 .. 2000'; echo the end`;
    let last: RunResult | undefined;
    for await (const result of runTool.run(inputOf({ script: flood }), context)) {
      last = result;
      await pause(400);
    }
    const grown = (process.memoryUsage().rss - before) / 1_048_576;
    console.log(`      ${last?.elapsedMs} ms for 200 MB; memory grew by ${grown.toFixed(0)} MiB`);
    assert.equal(last?.exitCode, 0);
    assert.equal(last?.stdoutBytes, 200_000_008);
    assert.equal(last?.lines, 2_000_001);
    assert.ok((last?.stdout.length ?? 0) <= 263_000);
    const text = withoutStyles(last?.stdout ?? '');
    assert.match(text, /^x{99}\n[^]*\n… \d+ bytes are left out here …\nx{99}\n[^]*\nthe end\n$/);
    assert.ok(grown < 300, `${grown} MiB`);
  });

  it('gives a terminal where it is asked for', async function () {
    if (process.platform !== 'linux') this.skip();
    const result = await run({ command: 'tty', terminal: true });
    assert.match(result.stdout, /^\/dev\/pts\/\d+\n/);
    const read = await run({ script: 'cat; echo done', terminal: true });
    assert.match(read.stdout, /done\n$/);
  });
});

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      process.kill(pid, 0);
      if (/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))) return true;
    } catch {
      return true;
    }
    await pause(50);
  }
  return false;
}
