import { runContextOf } from '../../../../../support/runContext';
import { ExpectedError, throwIfCancelled } from '../../../../../../src/lib/errors';
import type { ExecResult, Machine, Platform } from '../../../../../../src/machine/machine';
import type { RunContext } from '../../../../../../src/tool/tool';
import { memoryMachine } from '../../../../../support/fixtureMachine';

/** What a made-up process is; everything has a usual value. */
export interface FakeProcess {
  readonly pid: number;
  readonly parent?: number;
  readonly group?: number;
  readonly session?: number;
  readonly terminal?: number;
  readonly ticks?: number;
  readonly name?: string;
  readonly args?: readonly string[];
  readonly uid?: number;
  readonly state?: string;
  readonly nice?: number;
  readonly threads?: number;
  readonly flags?: number;
  /** Of a thread: its process. */
  readonly processPid?: number;
  readonly ignored?: string;
  readonly caught?: string;
  readonly cgroup?: string;
  readonly cpus?: string;
  readonly limits?: string;
}

export interface FakeOptions {
  readonly ownPid?: number | null;
  /** On whose behalf the tools run. Default 0. */
  readonly ownUid?: number;
  readonly platform?: Platform;
  /** Instead of what the kernel does by default. */
  readonly onSignal?: (world: FakeWorld, pid: number, signalNumber: number) => void;
  readonly onNice?: (world: FakeWorld, pid: number, nice: number) => void;
  readonly exec?: (world: FakeWorld, command: readonly string[]) => string | { readonly stderr: string };
  /** Called before each look at files, with how many there were. */
  readonly onRead?: (world: FakeWorld, reads: number) => void;
}

/** A machine with made-up processes, which signals end, stop and wake up. */
export interface FakeWorld {
  readonly machine: Machine;
  readonly processes: Map<number, FakeProcess>;
  /** 'signal 7 15', 'setNice 7 5', 'exec taskset …'. */
  readonly calls: string[];
  change(pid: number, change: Partial<FakeProcess>): void;
  /** What every signal does that nothing keeps from it. */
  obey(pid: number, signalNumber: number): void;
}

/** 23 November 2026, 12:00:00 UTC. */
const BOOT_SECONDS = Date.UTC(2026, 10, 23, 12) / 1_000;

export function fakeWorld(list: readonly FakeProcess[], options: FakeOptions = {}): FakeWorld {
  const { ownPid = 900, ownUid = 0, platform = 'linux' } = options;
  const processes = new Map(list.map((one) => [one.pid, one]));
  const calls: string[] = [];
  let reads = 0;
  const machine: Pick<Machine, 'name' | 'platform' | 'ownPid' | 'exec' | 'processes'> & {
    readonly files: Pick<Machine['files'], 'readMany'>;
  } = {
    name: 'web-1',
    platform,
    ownPid,
    files: {
      readMany(items, readOptions) {
        options.onRead?.(world, ++reads);
        return memoryMachine(textsOf(processes, ownUid)).files.readMany(items, readOptions);
      },
    },
    exec: (command, { signal }) => execIn(world, options, command, signal),
    processes: {
      async signal(pid, signalNumber, signal) {
        throwIfCancelled(signal);
        calls.push(`signal ${pid} ${signalNumber}`);
        if (!processes.has(pid)) throw new ExpectedError('missing', 'gone');
        if (options.onSignal === undefined) world.obey(pid, signalNumber);
        else options.onSignal(world, pid, signalNumber);
        return Promise.resolve();
      },
      async setNice(pid, nice, signal) {
        throwIfCancelled(signal);
        calls.push(`setNice ${pid} ${nice}`);
        if (options.onNice === undefined) world.change(pid, { nice });
        else options.onNice(world, pid, nice);
        return Promise.resolve();
      },
    },
  };
  const world: FakeWorld = {
    machine: machine as Machine,
    processes,
    calls,
    change: (pid, change) => {
      const one = processes.get(pid);
      if (one !== undefined) processes.set(pid, { ...one, ...change });
    },
    obey(pid, signalNumber) {
      if (signalNumber === 9 || signalNumber === 15 || signalNumber === 1) processes.delete(pid);
      if (signalNumber === 19) world.change(pid, { state: 'T' });
      if (signalNumber === 18) world.change(pid, { state: 'S' });
    },
  };
  return world;
}

async function execIn(
  world: FakeWorld,
  { exec }: FakeOptions,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ExecResult> {
  throwIfCancelled(signal);
  world.calls.push(`exec ${command.join(' ')}`);
  if (exec === undefined) throw new ExpectedError('not-found', `${command[0]} is not installed`);
  const answer = exec(world, command);
  const [stdout, stderr] = typeof answer === 'string' ? [answer, ''] : ['', answer.stderr];
  return Promise.resolve({
    exitCode: stderr === '' ? 0 : 1,
    signal: null,
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
    truncated: false,
  });
}

export function runContext(machine: Machine, signal = new AbortController().signal): RunContext {
  return runContextOf(machine, { signal });
}

export async function all<T>(results: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

export async function last<T>(results: AsyncIterable<T>): Promise<T> {
  const found = (await all(results)).at(-1);
  if (found === undefined) throw new Error('there was no result');
  return found;
}

function textsOf(processes: ReadonlyMap<number, FakeProcess>, ownUid: number): Record<string, string> {
  const texts: Record<string, string> = {
    '/proc/stat': `cpu  1 2 3 4\nbtime ${BOOT_SECONDS}\n`,
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/:/bin/false\nann:x:1000:1000::/:/bin/sh\n',
    '/proc/self/status': `Name:\tnode\nUid:\t${ownUid}\t${ownUid}\t${ownUid}\t${ownUid}\n`,
    '/sys/devices/system/cpu/present': '0-3\n',
  };
  for (const one of processes.values()) {
    const folder = `/proc/${one.pid}`;
    texts[`${folder}/stat`] = statText(one);
    texts[`${folder}/status`] = statusText(one);
    texts[`${folder}/task/${one.pid}/status`] = statusText(one);
    texts[`${folder}/cmdline`] = (one.args ?? []).map((argument) => `${argument}\0`).join('');
    texts[`${folder}/cgroup`] = `${one.cgroup ?? '0::/'}\n`;
    if (one.limits !== undefined) texts[`${folder}/limits`] = one.limits;
  }
  return texts;
}

function statText(one: FakeProcess): string {
  const { pid, name = 'work', state = 'S', parent = 1, group = pid, session = pid } = one;
  const kernelName = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const head = `${pid} (${kernelName}) ${state} ${parent} ${group} ${session} ${one.terminal ?? 0} -1 ${one.flags ?? 0}`;
  return `${head} 0 0 0 0 0 0 0 0 20 ${one.nice ?? 0} ${one.threads ?? 1} 0 ${one.ticks ?? 1000} 1000 10 0\n`;
}

function statusText({ pid, processPid = pid, uid = 1000, ignored, caught, cpus = '0-3' }: FakeProcess): string {
  const masks = `SigIgn:\t${ignored ?? '0000000000000000'}\nSigCgt:\t${caught ?? '0000000000000000'}\n`;
  return `Name:\tx\nTgid:\t${processPid}\nPid:\t${pid}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n${masks}Cpus_allowed_list:\t${cpus}\n`;
}
