import * as fs from 'node:fs';

/** One line of the file that testReporter.ts writes while mocha runs, and tests of windows beside it. */
export type TestEvent =
  | { readonly kind: 'start'; readonly title: string }
  | {
      readonly kind: 'test';
      readonly title: string;
      readonly state: 'passed' | 'failed' | 'skipped';
      readonly elapsedMs: number;
      /** Of a failed test: message and stack. */
      readonly error?: string;
    }
  /** What the window showed in which the test before this line failed. */
  | { readonly kind: 'shown'; readonly text: string }
  | { readonly kind: 'end' };

export type TestResult = TestEvent & { readonly kind: 'test'; readonly shown?: string };

/** What a run of mocha came to, as far as its file tells. */
export interface TestRecord {
  readonly tests: readonly TestResult[];
  /** False when the process ended, or the time was up, before mocha came to its end. */
  readonly complete: boolean;
  /** The test that was running when the record broke off. */
  readonly unfinished: string | undefined;
}

/** Reads what has been written so far; a line that is only half there is left for the next time. */
export function readRecord(file: string): TestRecord {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const events = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TestEvent);
  const tests = testsOf(events);
  const last = events.at(-1);
  return {
    tests,
    complete: last?.kind === 'end',
    unfinished: last?.kind === 'start' ? last.title : undefined,
  };
}

function testsOf(events: readonly TestEvent[]): readonly TestResult[] {
  const tests: TestResult[] = [];
  for (const event of events) {
    const last = tests.at(-1);
    if (event.kind === 'test') tests.push(event);
    else if (event.kind === 'shown' && last !== undefined) {
      tests[tests.length - 1] = { ...last, shown: [last.shown, event.text].filter(Boolean).join('\n') };
    }
  }
  return tests;
}

export function countState(record: TestRecord, state: TestResult['state']): number {
  return record.tests.filter((test) => test.state === state).length;
}
