import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import * as readline from 'node:readline';
import type { ProcessEntry, ProcessesResult } from '../../../../../src/features/system/core/processes/schema';
import { processesTool } from '../../../../../src/features/system/processTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { projectPath } from '../../../../support/project';
import { temporaryFolder } from '../../../machine/support';
import { runContext } from '../core/control/fakeProcesses';

const PYTHON = '/usr/bin/python3';

/** See processes_oracle.py. */
export interface Told {
  readonly ppid: number | null;
  readonly name: string | null;
  readonly exe: string | null;
  readonly cwd: string | null;
  readonly status: string | null;
  readonly username: string | null;
  readonly uids: Readonly<Record<string, number>> | null;
  readonly gids: Readonly<Record<string, number>> | null;
  readonly create_time: number;
  readonly terminal: string | null;
  readonly cpu_times: Readonly<Record<string, number>> | null;
  readonly cpu_num: number | null;
  readonly memory_info: Readonly<Record<string, number>> | null;
  readonly memory_percent: number | null;
  readonly num_threads: number | null;
  readonly num_fds: number | null;
  readonly io_counters: Readonly<Record<string, number>> | null;
  readonly num_ctx_switches: Readonly<Record<string, number>> | null;
  readonly nice: number | null;
  readonly cpu_affinity: readonly number[] | null;
  readonly cmdline: readonly string[] | null;
  /** Process group, session, scheduling policy. */
  readonly ids: readonly [number, number, number] | null;
}

export interface OracleAnswer {
  readonly seconds: number;
  readonly processes: Readonly<Record<string, Told>>;
}

export interface Subjects {
  readonly pids: Readonly<Record<string, number>>;
  readonly tcp: number;
  readonly udp: number;
}

/** A Python program of this folder that answers lines with lines. */
export interface Conversation<T> {
  readonly pid: number;
  next(): Promise<T>;
  ask(): Promise<T>;
  end(): Promise<void>;
}

export function hasPsutil(): boolean {
  return spawnSync(PYTHON, ['-c', 'import psutil']).status === 0;
}

export function startPython<T>(
  file: string,
  words: readonly string[] = [],
  user: { readonly uid?: number; readonly gid?: number } = {},
): Conversation<T> {
  const script = projectPath('test', 'unit', 'features', 'system', 'truth', file);
  const child = spawn(PYTHON, [script, ...words], { ...user, cwd: '/' });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<T> => {
    const line: IteratorResult<string, unknown> = await lines.next();
    if (line.done === true) assert.fail(`${file} ended: ${complaints}`);
    return JSON.parse(line.value) as T;
  };
  return {
    pid: child.pid ?? 0,
    next,
    ask: () => {
      child.stdin.write('\n');
      return next();
    },
    end: () => ended(child),
  };
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<void> {
  const exit = once(child, 'exit');
  child.stdin.end();
  await exit;
}

/** The tool on this machine, and subjects that are hard to list. */
export interface Stage {
  list(input?: Readonly<Record<string, unknown>>): Promise<ProcessesResult>;
  live(): AsyncIterator<ProcessesResult>;
  subjects(): Subjects;
  folder(...names: readonly string[]): string;
}

export function stage(): Stage {
  let machine: LocalMachine | undefined;
  let started: Conversation<Subjects> | undefined;
  let subjects: Subjects | undefined;
  const folder = temporaryFolder();
  before(async function () {
    this.timeout(60_000);
    machine = createLocalMachine();
    started = startPython<Subjects>('processes_subjects.py', [folder()]);
    subjects = await started.next();
  });
  after(async () => {
    await started?.end();
    await machine?.dispose();
  });
  const run = (input: Readonly<Record<string, unknown>>, live: boolean): AsyncIterable<ProcessesResult> =>
    processesTool.run(processesTool.input.parse(input), { ...runContext(machine ?? assert.fail()), live });
  return {
    list: async (input = {}) => {
      let last: ProcessesResult | undefined;
      for await (const result of run(input, false)) last = result;
      return processesTool.result.parse(last);
    },
    live: () => run({}, true)[Symbol.asyncIterator](),
    subjects: () => subjects ?? assert.fail(),
    folder,
  };
}

export function byPid(result: ProcessesResult): ReadonlyMap<number, ProcessEntry> {
  return new Map(result.processes.map((entry) => [entry.pid, entry]));
}
