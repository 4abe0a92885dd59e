import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError, throwIfCancelled } from '../../src/lib/errors';
import type { Clock } from '../../src/features/system/core/clock';
import type {
  ExecOptions,
  ExecResult,
  FileFailure,
  Machine,
  MachineFiles,
  MachineProcesses,
  Platform,
  ReadItem,
  RunningCommand,
  StartOptions,
  Usage,
} from '../../src/machine/machine';
import { FixtureFiles, type FixtureStore, type PathVerbs } from './fixtureFiles';
import { type Content } from './fixtureTree';
import { projectPath, projectText } from './project';

export interface FixtureOptions {
  readonly name?: string;
  readonly platform?: Platform;
  /** Default 4242. */
  readonly ownPid?: number | null;
  /** Paths that fail in spite of being in the folder; a folder's failure holds for its names. */
  readonly failures?: ReadonlyMap<string, FileFailure>;
  /** Paths with another text than in the folder, or that are not in it. One with a slash at its end is an empty folder. */
  readonly texts?: ReadonlyMap<string, Content>;
  /** Symbolic links and their targets. Reading through one gives the text at its target, if there is one. */
  readonly links?: ReadonlyMap<string, Content>;
  /** What stat tells of a path, in the nine words of ReadWhat; otherwise they are made up from its content. */
  readonly stats?: ReadonlyMap<string, string>;
  /** Answers of statfs, by mount point, besides those of usage.json. */
  readonly usage?: ReadonlyMap<string, Usage | FileFailure>;
  /** Runs a program; without it none does. What it throws, exec throws. */
  readonly exec?: (command: readonly string[], options: ExecOptions) => FixtureExec | Promise<FixtureExec>;
  /** Starts a program; without it none does. */
  readonly start?: (command: readonly string[], options: StartOptions) => RunningCommand | Promise<RunningCommand>;
  /** Instead of merely noting the call: what these throw is thrown. */
  readonly processes?: Partial<MachineProcesses>;
}

/** A string is stdout; what is not given is exit code 0 and no output. */
export type FixtureExec = string | { readonly exitCode?: number; readonly stdout?: string; readonly stderr?: string };

/** A machine whose /proc and /sys are files of the project, or of the test. The verbs of one path work in memory. */
export interface FixtureMachine extends Machine {
  /** What was asked of it, in order: 'readMany', 'usage /,/boot', 'exec ss -tan', 'start tail -f x', 'signal 7 15', 'setNice 7 5'. */
  readonly calls: readonly string[];
  /** The paths of the last readMany. */
  readonly lastPatterns: readonly string[];
  /** The same with what was wanted of them. */
  readonly lastItems: readonly ReadItem[];
}

export const MISSING: FileFailure = { kind: 'failure', code: 'missing', message: 'does not exist' };
export const DENIED: FileFailure = { kind: 'failure', code: 'denied', message: 'permission denied' };
export const TIMED_OUT: FileFailure = { kind: 'failure', code: 'timed-out', message: 'no answer within 2 s' };

/**
 * Serves test/fixtures/system/FOLDER: `0` holds every file, `1` those that are different at every later look at
 * /proc/stat, and usage.json (if there) the answers of statfs.
 */
export function fixtureMachine(folder: string, options: FixtureOptions = {}): FixtureMachine {
  const answers = path.join('test', 'fixtures', 'system', folder, 'usage.json');
  const known = fs.existsSync(projectPath(answers)) ? (JSON.parse(projectText(answers)) as Answers) : {};
  const usage = new Map(Object.entries(known).map(([mountPoint, answer]) => [mountPoint, answerOf(answer)]));
  for (const [mountPoint, answer] of options.usage ?? []) usage.set(mountPoint, answer);
  return machineOf(projectPath('test', 'fixtures', 'system', folder), { ...options, usage });
}

/** A text; bytes; a failure; or a link and what stat tells of it, one or both. */
export type MemoryEntry = Content | FileFailure | { readonly link?: Content; readonly stat?: string };

/** A machine that has only these files, by their paths. */
export function memoryMachine(
  entries: Readonly<Record<string, MemoryEntry>>,
  options: FixtureOptions = {},
): FixtureMachine {
  const texts = new Map(options.texts);
  const links = new Map(options.links);
  const stats = new Map(options.stats);
  const failures = new Map(options.failures);
  for (const [file, entry] of Object.entries(entries)) {
    if (typeof entry === 'string' || entry instanceof Uint8Array) texts.set(file, entry);
    else if ('kind' in entry) failures.set(file, entry);
    else {
      if (entry.link !== undefined) links.set(file, entry.link);
      if (entry.stat !== undefined) stats.set(file, entry.stat);
    }
  }
  return machineOf(null, { ...options, texts, links, stats, failures });
}

function machineOf(root: string | null, options: FixtureOptions): FixtureMachine {
  const { name = 'local', platform = 'linux', ownPid = 4242 } = options;
  const calls: string[] = [];
  let lastItems: readonly ReadItem[] = [];
  const store = storeOf(root, options);
  const verbs = new FixtureFiles(store);
  const files: MachineFiles = {
    ...pathVerbs(verbs),
    async readMany(items, { signal, encoding }) {
      throwIfCancelled(signal);
      calls.push('readMany');
      lastItems = items;
      return Promise.resolve(verbs.tree.readMany(items, encoding ?? 'utf8'));
    },
    async read(file, { signal }): Promise<Uint8Array> {
      throwIfCancelled(signal);
      calls.push(`read ${file}`);
      const content = verbs.tree.content(file);
      if (store.failures.get(file) !== undefined) throw new ExpectedError('denied', `${file} may not be read`);
      if (content === undefined) throw new ExpectedError('missing', `${file} does not exist`);
      return Promise.resolve(content);
    },
    async usage(mountPoints, { signal }): Promise<ReadonlyMap<string, Usage | FileFailure>> {
      throwIfCancelled(signal);
      calls.push(`usage ${mountPoints.join()}`);
      return Promise.resolve(new Map(mountPoints.map((one) => [one, options.usage?.get(one) ?? MISSING])));
    },
    walk: noTrees,
    hashMany: noTrees,
    compareMany: noTrees,
  };
  return {
    name,
    platform,
    ownPid,
    calls,
    get lastItems() {
      return lastItems;
    },
    get lastPatterns() {
      return lastItems.map((item) => (typeof item === 'string' ? item : item.path));
    },
    files,
    async exec(command, execOptions) {
      throwIfCancelled(execOptions.signal);
      calls.push(`exec ${command.join(' ')}`);
      if (options.exec === undefined) throw new Error('a fixture runs no programs');
      return execResult(await options.exec(command, execOptions));
    },
    async start(command, startOptions) {
      throwIfCancelled(startOptions.signal);
      calls.push(`start ${command.join(' ')}`);
      if (options.start === undefined) throw new Error('a fixture runs no programs');
      return options.start(command, startOptions);
    },
    connect: () => Promise.reject(new Error('a fixture has no network')),
    processes: notedProcesses(calls, options.processes),
  };
}

function storeOf(root: string | null, { texts, links, stats, failures }: FixtureOptions): FixtureStore {
  return {
    root,
    texts: new Map(texts),
    links: new Map(links),
    stats: new Map(stats),
    failures: new Map(failures),
  };
}

/** The methods of a class are no properties of its own. */
function pathVerbs(verbs: FixtureFiles): PathVerbs {
  return {
    list: (...all) => verbs.list(...all),
    stat: (...all) => verbs.stat(...all),
    resolve: (...all) => verbs.resolve(...all),
    readLink: (...all) => verbs.readLink(...all),
    stream: (...all) => verbs.stream(...all),
    writeStream: (...all) => verbs.writeStream(...all),
    write: (...all) => verbs.write(...all),
    makeFolder: (...all) => verbs.makeFolder(...all),
    makeLink: (...all) => verbs.makeLink(...all),
    hardLink: (...all) => verbs.hardLink(...all),
    rename: (...all) => verbs.rename(...all),
    remove: (...all) => verbs.remove(...all),
    change: (...all) => verbs.change(...all),
  };
}

function notedProcesses(calls: string[], processes?: Partial<MachineProcesses>): MachineProcesses {
  return {
    async signal(pid, signalNumber, signal) {
      throwIfCancelled(signal);
      calls.push(`signal ${pid} ${signalNumber}`);
      await processes?.signal?.(pid, signalNumber, signal);
    },
    async setNice(pid, nice, signal) {
      throwIfCancelled(signal);
      calls.push(`setNice ${pid} ${nice}`);
      await processes?.setNice?.(pid, nice, signal);
    },
  };
}

function noTrees(): never {
  throw new Error('a fixture has no trees');
}

type Answers = Readonly<Record<string, Usage | 'timed-out' | 'denied'>>;

function answerOf(answer: Answers[string]): Usage | FileFailure {
  return answer === 'timed-out' ? TIMED_OUT : answer === 'denied' ? DENIED : answer;
}

function execResult(answer: FixtureExec): ExecResult {
  const { exitCode = 0, stdout = '', stderr = '' } = typeof answer === 'string' ? { stdout: answer } : answer;
  return { exitCode, signal: null, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr), truncated: false };
}

/** 23 November 2026, 12:00 UTC. */
const START_MS = Date.UTC(2026, 10, 23, 12);

export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
  /** What was slept, in order, in milliseconds. */
  readonly sleeps: readonly number[];
}

/** Stands still unless somebody sleeps or moves it. */
export function fakeClock(): FakeClock {
  const sleeps: number[] = [];
  let passedMs = 0;
  return {
    sleeps,
    nowMs: () => START_MS + passedMs,
    monotonicMs: () => passedMs,
    advance: (milliseconds) => {
      passedMs += milliseconds;
    },
    sleep: (milliseconds, signal) => {
      throwIfCancelled(signal);
      sleeps.push(milliseconds);
      passedMs += milliseconds;
      return Promise.resolve();
    },
  };
}
