import * as path from 'node:path';
import type { CommandContext } from './command';
import { describeTest, followTests } from './follow';
import { inProject, listFiles } from './project';
import { say, tail, Trouble } from './terminal';
import { countState, type TestRecord, type TestResult } from './testRecord';

export interface MochaOptions {
  /** Its test sources are the tests: what was compiled from a source that is gone does not run. */
  readonly folder: string;
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Print a line for each test, not only for those that failed. */
  readonly lines?: boolean;
}

export const reporter = inProject('out', 'src', 'build', 'testReporter.js');

/** The compiled tests of a folder, from the project. */
export function compiledTests(folder: string): readonly string[] {
  return listFiles(folder, (file) => /\.test\.tsx?$/.test(file)).map((file) => `out/${file.replace(/\.tsx?$/, '.js')}`);
}

/** Runs a folder of tests in Node, printing as it goes; throws Trouble when it comes to no proper end. */
export async function runMocha(context: CommandContext, options: MochaOptions): Promise<TestRecord> {
  const tests = compiledTests(options.folder);
  if (tests.length === 0) throw new Trouble(`There is no test in ${options.folder}.`);
  const file = path.join(context.makeFolder('results'), 'results.jsonl');
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--no-package', '--forbid-only', '--ui', 'bdd'];
  const running = context.processes.start(
    process.execPath,
    [...mocha, '--timeout', `${options.timeoutMs}`, '--reporter', reporter, ...grepArguments(), ...tests],
    { env: { NODE_OPTIONS: '--enable-source-maps', OPSDECK_RESULTS: file, ...options.env } },
  );
  const { record, ended } = await followTests({
    file,
    lines: options.lines ?? false,
    ended: running.ended,
    graceMs: 10_000,
    signal: context.signal,
  }).finally(() => running.stop());
  if (!record.complete) throw new Trouble(brokenOff(record, running.output()));
  if (ended) return record;
  const problem = leftOpen(options.folder);
  say(describeTest(problem));
  return { ...record, tests: [...record.tests, problem] };
}

function grepArguments(): readonly string[] {
  const grep = process.env['OPSDECK_GREP'];
  return grep === undefined ? [] : ['--grep', grep];
}

/** Why a record that broke off did so. */
export function brokenOff(record: TestRecord, output: string): string {
  const during = record.unfinished === undefined ? '' : ` during "${record.unfinished}"`;
  return `mocha did not come to its end${during}. The last output:\n${tail(output, 40)}`;
}

/** Work that a test left running is a failure too. */
function leftOpen(folder: string): TestResult {
  const error = 'Every test has ended, but something they left open kept the process alive.';
  return { kind: 'test', title: `${folder} ends by itself`, state: 'failed', elapsedMs: 0, error };
}

/** 12 passed, 1 failed, 2 skipped: without what there is none of. */
export function summary(record: TestRecord): string {
  const skipped = countState(record, 'skipped');
  const failed = countState(record, 'failed');
  return [
    `${countState(record, 'passed')} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
}
