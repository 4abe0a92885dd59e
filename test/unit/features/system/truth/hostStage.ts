import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { Tool } from '../../../../../src/tool/tool';
import { resultOf } from '../core/hostSupport';

export const PYTHON = '/usr/bin/python3';

/** In the C locale and UTC. Exit codes are left to the caller's eye on the text. */
export function output(program: string, ...words: readonly string[]): string {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const found = spawnSync(program, words, { encoding: 'utf8', env, maxBuffer: 2 ** 26 });
  assert.equal(found.error, undefined, `${program} is needed`);
  return found.stdout;
}

/** What Python prints as JSON with psutil at hand; undefined where no Python has it. */
export function psutil(expression: string): unknown {
  const found = spawnSync(PYTHON, ['-c', `import psutil, json\nprint(json.dumps(${expression}))`], {
    encoding: 'utf8',
  });
  if (found.error !== undefined || /No module named/.test(found.stderr)) return undefined;
  assert.equal(found.status, 0, found.stderr);
  return JSON.parse(found.stdout) as unknown;
}

export function near(actual: number | null | undefined, expected: number, tolerance: number, what: string): void {
  assert.ok(
    typeof actual === 'number' && Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual}, the system says ${expected}`,
  );
}

export interface HostStage {
  /** A folder of the test. */
  readonly folder: string;
  run<Input, Result>(tool: Tool<Input, Result>, input?: unknown): Promise<Result>;
  /** Python that prints one line and ends with its standard input, so that nothing is left over of killed tests. */
  start(code: string): Promise<{ readonly pid: number; readonly line: string }>;
}

/** A machine, a folder and processes for the tests of one block. */
export function hostStage(): HostStage {
  let machine: LocalMachine | undefined;
  let folder = '';
  const started: ChildProcess[] = [];
  before(() => {
    machine = createLocalMachine();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-host-'));
  });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await machine?.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    run: (tool, input = {}) => resultOf(tool, machine ?? assert.fail(), input),
    async start(code) {
      const child = spawn(PYTHON, ['-c', `${code}\nimport sys\nsys.stdin.read()`], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      started.push(child);
      const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const first: IteratorResult<string, unknown> = await lines.next();
      assert.ok(first.done !== true && child.pid !== undefined, 'Python ended');
      return { pid: child.pid, line: first.value };
    },
  };
}
