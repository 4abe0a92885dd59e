import * as path from 'node:path';
import { ensureBrowser } from './browser';
import { bundle } from './bundle';
import type { CommandContext } from './command';
import { ensureEditor } from './editorInstall';
import { runHostTests } from './hostRun';
import { checkImports } from './imports';
import { runMocha, summary } from './mochaRun';
import { inProject } from './project';
import { say, Trouble } from './terminal';
import { countState, type TestRecord, type TestResult } from './testRecord';
import { ensurePeers } from './peers';
import { makeVsix } from './vsix';

export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Those that failed, of a step that is a run of tests. */
  readonly failures: readonly TestResult[];
  /** '214 passed', 'no problem in 180 files'. */
  readonly text: string;
}

/** A part of `npm test`. It prints what failed in it, and throws Trouble when it could not even run. */
export interface Step {
  readonly name: string;
  run(context: CommandContext): Promise<StepResult>;
}

/** In the order in which they run. */
export const steps: readonly Step[] = [
  { name: 'types', run: checkTypes },
  { name: 'lint', run: lint },
  { name: 'imports', run: ({ signal }) => checkImportRule(signal) },
  { name: 'unit', run: runUnitTests },
  { name: 'page', run: runPageTests },
  { name: 'package', run: runPackageTests },
  { name: 'host', run: runInHost },
  { name: 'browser', run: runBrowserTests },
];

const clean = (text: string): StepResult => ({ passed: 0, failed: 0, failures: [], text });

async function runTool(context: CommandContext, args: readonly string[]): Promise<void> {
  const { exitCode, output } = await context.processes.run(process.execPath, args, { signal: context.signal });
  if (exitCode !== 0) throw new Trouble(output.trimEnd());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function checkTypes(context: CommandContext): Promise<StepResult> {
  const compiler = 'node_modules/typescript/bin/tsc';
  await Promise.all(['.', 'src/webview'].map((project) => runTool(context, [compiler, '-p', project])));
  return clean('both projects');
}

async function lint(context: CommandContext): Promise<StepResult> {
  const cache = ['--cache', '--cache-location', 'out/eslint', '--cache-strategy', 'content'];
  await runTool(context, ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', ...cache, '.']);
  const formatted = ['{src,test}/**/*.{ts,tsx,mjs,cjs,css}', '*.js'];
  await runTool(context, ['node_modules/prettier/bin/prettier.cjs', '--list-different', ...formatted]).catch(
    (error: unknown) => {
      throw new Trouble(`Not formatted (npm run format mends it):\n${messageOf(error)}`);
    },
  );
  return clean('eslint and prettier');
}

async function checkImportRule(signal: AbortSignal): Promise<StepResult> {
  signal.throwIfAborted();
  const { violations, modules } = await checkImports(inProject());
  if (violations.length > 0) throw new Trouble(violations.join('\n'));
  return clean(`${modules} modules`);
}

function resultOf(record: TestRecord): StepResult {
  const failures = record.tests.filter(({ state }) => state === 'failed');
  return { passed: countState(record, 'passed'), failed: failures.length, failures, text: summary(record) };
}

async function runUnitTests(context: CommandContext): Promise<StepResult> {
  await ensurePeers(context);
  const folder = context.makeFolder('coverage');
  const record = await runMocha(context, {
    folder: 'test/unit',
    timeoutMs: 10_000,
    env: { NODE_V8_COVERAGE: path.join(folder, 'raw') },
  });
  await printCoverage(context, folder);
  return resultOf(record);
}

/** A summary to read, no gate, over what needs neither VS Code nor a browser. */
async function printCoverage(context: CommandContext, folder: string): Promise<void> {
  const c8 = ['node_modules/c8/bin/c8.js', 'report', '--temp-directory', path.join(folder, 'raw')];
  const elsewhere = ['build/**', 'webview/**', 'editor/**', 'surfaces/**', 'extension.ts', 'features/*/editor/**'];
  const { output } = await context.processes.run(
    process.execPath,
    [
      ...[...c8, '--reporter', 'text-summary', '--reports-dir', folder],
      ...['--all', '--src', 'src', '--exclude-after-remap', '--include', 'src/**'],
      ...elsewhere.flatMap((place) => ['--exclude', `src/${place}`]),
    ],
    { signal: context.signal },
  );
  const figures = [...output.matchAll(/^(Lines|Branches|Functions)\s*: ([\d.]+)%/gm)];
  say(`  coverage: ${figures.map(([, what, percent]) => `${what?.toLowerCase()} ${percent} %`).join(', ')}`);
}

/** The page by itself in a browser, without VS Code. */
async function runPageTests(context: CommandContext): Promise<StepResult> {
  const env = { OPSDECK_BROWSER: await ensureBrowser(context) };
  await bundle('production');
  return resultOf(await runMocha(context, { folder: 'test/page', timeoutMs: 60_000, env, lines: true }));
}

/** What is in the VSIX and what is not. */
async function runPackageTests(context: CommandContext): Promise<StepResult> {
  const env = { OPSDECK_VSIX: await makeVsix(context) };
  return resultOf(await runMocha(context, { folder: 'test/package', timeoutMs: 10_000, env, lines: true }));
}

/** Inside the extension host of a real VS Code. */
async function runInHost(context: CommandContext): Promise<StepResult> {
  const browserProgram = await ensureBrowser(context);
  const editor = await ensureEditor(context);
  return resultOf(await runHostTests(context, { editor, browserProgram, vsix: await makeVsix(context) }));
}

/** A real VS Code, seen through a browser. */
async function runBrowserTests(context: CommandContext): Promise<StepResult> {
  const browser = await ensureBrowser(context);
  const editor = await ensureEditor(context);
  const env = { OPSDECK_BROWSER: browser, OPSDECK_EDITOR: editor.version, OPSDECK_VSIX: await makeVsix(context) };
  return resultOf(await runMocha(context, { folder: 'test/editor/browser', timeoutMs: 120_000, env, lines: true }));
}
