import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import * as readline from 'node:readline';
import { projectPath } from '../../../../support/project';

const PYTHON = '/usr/bin/python3';

/** A program that answers each line with one. */
export interface Conversation {
  readonly pid: number;
  next(): Promise<string>;
  ask(line: string): Promise<string>;
  end(): Promise<void>;
}

export function converse(program: string, words: readonly string[]): Conversation {
  const child: ChildProcessWithoutNullStreams = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { done, value } = (await lines.next()) as IteratorResult<string, undefined>;
    if (done === true) throw new Error(`${words.join(' ')} ended: ${complaints}`);
    return value;
  };
  return {
    pid: child.pid ?? assert.fail(),
    next,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

/** A Python program of this folder. */
export function script(name: string, ...words: readonly string[]): Conversation {
  return converse(PYTHON, [projectPath('test', 'unit', 'features', 'system', 'truth', name), ...words]);
}

export function hasPsutil(): boolean {
  return spawnSync(PYTHON, ['-c', 'import psutil']).status === 0;
}

export function hasProgram(...command: readonly [string, ...string[]]): boolean {
  return spawnSync(command[0], command.slice(1)).status === 0;
}

/** Standard output; a failure fails the test. */
export function output(program: string, ...words: readonly string[]): string {
  const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 2 ** 26 } as const;
  const found = spawnSync(program, words, options);
  assert.equal(found.status, 0, `${program} ${words.join(' ')}: ${found.stderr}`);
  return found.stdout;
}

/** A shell in a network namespace of its own, which ends with it. */
export function namespaced(...steps: readonly string[]): Conversation {
  return converse('unshare', ['-n', 'sh', '-ec', steps.join('\n')]);
}

/** Whether the tests may make network namespaces. */
export function mayUnshare(): boolean {
  return hasProgram('unshare', '-n', 'true');
}
