import * as fs from 'node:fs';
import { paint, say } from './terminal';
import { readRecord, type TestRecord, type TestResult } from './testRecord';

/** No test may be silent for longer; each has its own, shorter time-out. */
const silenceMs = 300_000;

export interface FollowOptions {
  /** The file that testReporter.ts writes. */
  readonly file: string;
  /** Print a line for each test, not only for those that failed. */
  readonly lines: boolean;
  /** Settles when the process in which mocha runs has ended. */
  readonly ended: Promise<unknown>;
  /** How long the process may go on after mocha's end. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

export interface Followed {
  readonly record: TestRecord;
  /** Whether the process ended within the grace. */
  readonly ended: boolean;
}

/** Prints the results of a running mocha as they come, until it has ended or there is no hope that it will. */
export async function followTests(options: FollowOptions): Promise<Followed> {
  let ended = false;
  void options.ended.then(() => (ended = true));
  let printed = 0;
  let size = 0;
  let changedMs = Date.now();
  for (;;) {
    options.signal.throwIfAborted();
    // Asked before the file is read: what is there after the end is all there will be.
    const last = ended;
    const record = readRecord(options.file);
    for (const test of record.tests.slice(printed)) {
      if (options.lines || test.state === 'failed') say(describeTest(test));
    }
    printed = record.tests.length;
    const newSize = fs.existsSync(options.file) ? fs.statSync(options.file).size : 0;
    if (newSize !== size) changedMs = Date.now();
    size = newSize;
    const patienceMs = record.complete ? options.graceMs : silenceMs;
    if (last || Date.now() - changedMs >= patienceMs) return { record, ended: last };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The line of a test; of one that failed, with its error below. */
export function describeTest(test: TestResult): string {
  if (test.state === 'passed') return `  ${paint('green', '✓')} ${test.title} ${paint('dim', `${test.elapsedMs} ms`)}`;
  if (test.state === 'skipped') return `  ${paint('yellow', '-')} ${test.title}`;
  const error = (test.error ?? '').replaceAll('\n', '\n      ');
  return `  ${paint('red', '✗')} ${test.title}\n      ${error}`;
}

/** Says the failed tests once more at the end, where whoever has but the end of a long output finds them. */
export function sayFailures(failed: readonly TestResult[]): void {
  for (const [index, test] of failed.entries()) {
    // The first failure is often the cause of the others.
    const lines = index < 3 ? 25 : 3;
    const told = [...(test.error ?? '').split('\n'), ...(test.shown ?? '').split('\n')].filter((line) => line !== '');
    say(describeTest({ ...test, error: told.slice(0, lines).join('\n') }));
  }
}
