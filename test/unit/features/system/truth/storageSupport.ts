import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { Tool } from '../../../../../src/tool/tool';
import { lastOf } from '../core/files/run';

export const PYTHON = '/usr/bin/python3';
export const onLinuxAsRoot = process.platform === 'linux' && process.getuid?.() === 0 ? it : it.skip;

/** Standard output; exit codes are left to the caller's eye on the text: lsof and df say 1 for odd reasons. */
export function output(program: string, ...words: readonly string[]): string {
  const found = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 2 ** 26,
  });
  assert.equal(found.error, undefined, `${program} is needed`);
  return found.stdout;
}

/** What Python prints as JSON with psutil at hand; undefined where no Python has it. */
export function psutil(expression: string): unknown {
  const found = spawnSync(PYTHON, ['-c', `import psutil, json\nprint(json.dumps(${expression}))`], {
    encoding: 'utf8',
  });
  if (/No module named/.test(found.stderr)) return undefined;
  assert.equal(found.status, 0, found.stderr);
  return JSON.parse(found.stdout) as unknown;
}

export function near(
  actual: number | null | undefined,
  expected: number | undefined,
  tolerance: number,
  what: string,
): void {
  assert.ok(
    typeof actual === 'number' && expected !== undefined && Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual}, the system says ${expected}`,
  );
}

export interface Stage {
  /** A folder of the test, with symbolic links followed. */
  readonly folder: string;
  run<Input, Result>(tool: Tool<Input, Result>, input: Input): Promise<Result>;
  /** Starts a program and waits for its first line. It ends with the block of tests. */
  start(program: string, ...words: readonly string[]): Promise<{ readonly pid: number; readonly line: string }>;
}

/** A machine, a folder and processes for the tests of one block, which is skipped where there is no Linux. */
export function stage(): Stage {
  let machine: LocalMachine | undefined;
  let folder = '';
  const started: ChildProcess[] = [];
  before(function () {
    if (process.platform !== 'linux') this.skip();
    machine = createLocalMachine();
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-storage-')));
  });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await machine?.dispose();
    if (folder !== '') fs.rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    run: (tool, input) => lastOf(tool, input, machine ?? assert.fail()),
    async start(program, ...words) {
      // Where this process writes its errors to a file, the child is not to have that one open too.
      const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/' });
      child.stderr.pipe(process.stderr, { end: false });
      started.push(child);
      const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const first: IteratorResult<string, unknown> = await lines.next();
      assert.ok(first.done !== true && child.pid !== undefined, `${program} ended`);
      return { pid: child.pid, line: first.value };
    },
  };
}

/** Python that ends with its standard input, so that nothing is left over when the tests are killed. */
export function python(code: string): readonly [string, string, string] {
  return [PYTHON, '-c', `import sys, os\n${code}\nprint(os.getpid(), flush=True)\nsys.stdin.read()`];
}
