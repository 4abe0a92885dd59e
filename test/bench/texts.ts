import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { unifiedText } from '../../src/features/compare/core/formats/unified';
import { compareTexts } from '../../src/features/compare/core/text/compareTexts';
import { PLAIN_OPTIONS } from '../../src/features/compare/core/text/options';
import { edited, Random } from '../unit/features/compare/random';
import type { BenchRow } from './row';
import { median } from './statistics';

const ROUNDS = 7;
const RATIO_BUDGET = 1.2;
const WARM_BUDGET_MS = 20;

/** Reads two lists of lines and times what Python finds in them, in process. */
const PYTHON = `import difflib, sys, time
left, right = (open(name, encoding='utf-8').readlines() for name in sys.argv[1:])
begun = time.perf_counter()
for line in difflib.unified_diff(left, right): pass
print((time.perf_counter() - begun) * 1000)`;

/** Two files compared and told in unified format, read from the disk each time, against whole processes of peers. */
export function benchTexts(): BenchRow[] {
  if (spawnSync('diff', ['--version']).error !== undefined) return [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-bench-'));
  try {
    return [
      // Twice as many lines of log as of anything that comes again, a third each changed, dropped and put in.
      rowOf(folder, '10,000 lines, 30 % edits', logLines(10_000), 0.3, { warmMs: WARM_BUDGET_MS }),
      rowOf(folder, '100,000 lines, 1 % edits', logLines(100_000), 0.01, { ratio: RATIO_BUDGET }),
      rowOf(folder, '100,000 lines, 30 % edits', logLines(100_000), 0.3, { ratio: RATIO_BUDGET }),
      rowOf(folder, '100,000 lines, 200 of them distinct, 10 % edits', fewLines(100_000, 200), 0.1, {
        ratio: RATIO_BUDGET,
        withoutPython: true,
      }),
    ];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

type MakeLines = (random: Random) => string[];

function logLines(count: number): MakeLines {
  return (random) =>
    random.list(count, (at) =>
      random.next() < 0.35
        ? `location /path/${random.below(count / 50)} {`
        : `2026-11-28T06:00:00 web${at % 40} nginx[${random.below(30_000)}]: request ${at} took ${random.below(900)} ms`,
    );
}

function fewLines(count: number, distinct: number): MakeLines {
  return (random) => random.list(count, () => `    value ${random.below(distinct)} of a table that repeats itself`);
}

interface Budget {
  readonly ratio?: number;
  readonly warmMs?: number;
  /** It would take a minute. */
  readonly withoutPython?: boolean;
}

function rowOf(folder: string, what: string, make: MakeLines, edits: number, budget: Budget): BenchRow {
  const random = new Random(1_128);
  const left = make(random);
  const right = edited(random, left, edits, (line) => `${line} ${random.below(1_000_000)}`);
  const files = [path.join(folder, 'left'), path.join(folder, 'right')] as const;
  fs.writeFileSync(files[0], `${left.join('\n')}\n`);
  fs.writeFileSync(files[1], `${right.join('\n')}\n`);
  const ours: number[] = [];
  const gnu: number[] = [];
  // Two rounds first, until the compiler has seen enough.
  for (let round = -2; round < ROUNDS; round++) {
    const oursMs = timed(() => compareFiles(files));
    const gnuMs = timed(() => spawnSync('diff', ['-u', ...files], { maxBuffer: 2 ** 30 }));
    if (round >= 0) [ours, gnu].forEach((list, at) => list.push(at === 0 ? oursMs : gnuMs));
  }
  const oursMs = median(ours);
  const gnuMs = median(gnu);
  const python = budget.withoutPython === true ? '' : pythonText(files);
  return {
    what: `compare two texts: ${what}`,
    ours: `${oursMs.toFixed(0)} ms`,
    peer: `diff -u ${gnuMs.toFixed(0)} ms${python}`,
    ratio: oursMs / gnuMs,
    budget: budget.ratio === undefined ? `≤ ${budget.warmMs} ms warm` : `≤ ${budget.ratio} × diff`,
    met: budget.ratio === undefined ? oursMs <= (budget.warmMs ?? Infinity) : oursMs <= budget.ratio * gnuMs,
  };
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function compareFiles([left, right]: readonly [string, string]): string {
  return unifiedText(
    compareTexts(
      { label: 'left', bytes: fs.readFileSync(left) },
      { label: 'right', bytes: fs.readFileSync(right) },
      PLAIN_OPTIONS,
    ),
  );
}

function pythonText(files: readonly [string, string]): string {
  const { error, status, stdout } = spawnSync('python3', ['-c', PYTHON, ...files], { encoding: 'utf8' });
  return error !== undefined || status !== 0 ? '' : `, Python's difflib ${Number(stdout).toFixed(0)} ms`;
}
