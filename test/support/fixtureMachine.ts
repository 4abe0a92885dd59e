import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError, throwIfCancelled } from '../../src/lib/errors';
import type { Clock } from '../../src/features/system/core/clock';
import type { FileFailure, FileTexts, Machine, MachineFiles, Platform, Usage } from '../../src/machine/machine';
import { projectPath, projectText } from './project';

export interface FixtureOptions {
  readonly name?: string;
  readonly platform?: Platform;
  /** Paths that fail in spite of being in the folder. */
  readonly failures?: ReadonlyMap<string, FileFailure>;
  /** Paths with another text than in the folder. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** A machine whose /proc and /sys are files of the project. */
export interface FixtureMachine extends Machine {
  /** What was asked of it, in order: 'readMany', 'usage /,/boot', 'read /run/utmp'. */
  readonly calls: readonly string[];
  /** The patterns of the last readMany. */
  readonly lastPatterns: readonly string[];
}

export const MISSING: FileFailure = { kind: 'failure', code: 'missing', message: 'does not exist' };
export const DENIED: FileFailure = { kind: 'failure', code: 'denied', message: 'permission denied' };
export const TIMED_OUT: FileFailure = { kind: 'failure', code: 'timed-out', message: 'no answer within 2 s' };

/**
 * Serves test/fixtures/system/FOLDER: `0` holds every file, `1` those that are different at every later look at
 * /proc/stat, and usage.json the answers of statfs.
 */
export function fixtureMachine(folder: string, options: FixtureOptions = {}): FixtureMachine {
  const { name = 'local', platform = 'linux' } = options;
  const failures = options.failures ?? new Map<string, FileFailure>();
  const texts = options.texts ?? new Map<string, string>();
  const root = projectPath('test', 'fixtures', 'system', folder);
  const answers = JSON.parse(projectText('test', 'fixtures', 'system', folder, 'usage.json')) as Answers;
  const calls: string[] = [];
  let looks = 0;
  let lastPatterns: readonly string[] = [];
  const contentOf = (file: string): Buffer | undefined => {
    const text = texts.get(file);
    if (text !== undefined) return Buffer.from(text);
    const later = looks > 1 ? contentAt(root, '1', file) : undefined;
    return later ?? contentAt(root, '0', file);
  };
  const files: Partial<MachineFiles> = {
    async readMany(patterns, { signal }): Promise<FileTexts> {
      throwIfCancelled(signal);
      calls.push('readMany');
      lastPatterns = patterns;
      if (patterns.includes('/proc/stat')) looks++;
      const found = new Map<string, string | FileFailure>();
      for (const pattern of patterns) {
        for (const file of expanded(root, pattern)) {
          found.set(file, failures.get(file) ?? contentOf(file)?.toString('utf8') ?? MISSING);
        }
      }
      return Promise.resolve(found);
    },
    async read(file, { signal }): Promise<Uint8Array> {
      throwIfCancelled(signal);
      calls.push(`read ${file}`);
      const content = contentOf(file);
      if (failures.get(file) !== undefined) throw new ExpectedError('denied', `${file} may not be read`);
      if (content === undefined) throw new ExpectedError('missing', `${file} does not exist`);
      return Promise.resolve(content);
    },
    async usage(mountPoints, { signal }): Promise<ReadonlyMap<string, Usage | FileFailure>> {
      throwIfCancelled(signal);
      calls.push(`usage ${mountPoints.join()}`);
      return Promise.resolve(new Map(mountPoints.map((mountPoint) => [mountPoint, answerOf(answers[mountPoint])])));
    },
  };
  return {
    name,
    platform,
    calls,
    get lastPatterns() {
      return lastPatterns;
    },
    files: files as MachineFiles,
    exec: () => Promise.reject(new Error('a fixture runs no programs')),
    connect: () => Promise.reject(new Error('a fixture has no network')),
  };
}

type Answers = Readonly<Record<string, Usage | 'timed-out' | 'denied'>>;

function answerOf(answer: Answers[string] | undefined): Usage | FileFailure {
  if (answer === undefined) return MISSING;
  return answer === 'timed-out' ? TIMED_OUT : answer === 'denied' ? DENIED : answer;
}

function contentAt(root: string, step: string, file: string): Buffer | undefined {
  const place = path.join(root, step, file);
  return fs.existsSync(place) && fs.statSync(place).isFile() ? fs.readFileSync(place) : undefined;
}

/** A path without a star stands for itself, whether it is there or not. */
function expanded(root: string, pattern: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern];
  let found = [''];
  for (const segment of pattern.split('/').slice(1)) {
    found = found.flatMap((folder) =>
      matches(path.join(root, '0', folder), segment).map((name) => `${folder}/${name}`),
    );
  }
  return found.filter((file) => contentAt(root, '0', file) !== undefined);
}

function matches(folder: string, segment: string): readonly string[] {
  if (!segment.includes('*')) return [segment];
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) return [];
  const [before = '', after = ''] = segment.split('*');
  return fs
    .readdirSync(folder)
    .filter((name) => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after))
    .sort();
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
