import * as fs from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Hook, Runner, Test } from 'mocha';
import type { TestEvent } from './testRecord';

/**
 * The mocha reporter of every run of the project, in Node and in the extension host: it writes each event as one line
 * of JSON to the file that OPSDECK_RESULTS names, where the runner reads it. A run that dies leaves what it had.
 */
class TestReporter {
  constructor(runner: Runner) {
    const file = process.env['OPSDECK_RESULTS'];
    if (file === undefined) throw new Error('OPSDECK_RESULTS names no file for the results.');
    const write = (event: TestEvent): void => fs.appendFileSync(file, `${JSON.stringify(event)}\n`);
    runner.on('test', (test) => write({ kind: 'start', title: test.fullTitle() }));
    runner.on('pass', (test) => write(resultOf(test, 'passed')));
    runner.on('pending', (test) => write(resultOf(test, 'skipped')));
    runner.on('fail', (test, error: unknown) => write({ ...resultOf(test, 'failed'), error: textOf(error) }));
    runner.on('end', () => write({ kind: 'end' }));
  }
}

function resultOf(test: Test | Hook, state: 'passed' | 'failed' | 'skipped'): TestEvent & { kind: 'test' } {
  return { kind: 'test', title: test.fullTitle(), state, elapsedMs: test.duration ?? 0 };
}

function textOf(error: unknown): string {
  return stripVTControlCharacters(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

// mocha takes what the module itself is.
export = TestReporter;
