import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { forbidden, layers } from './importRule';
import { inProject } from './project';
import { Trouble } from './terminal';

export interface ImportCheck {
  /** How many source files were read. */
  readonly modules: number;
  /** 'src/a.ts → src/b.ts (name of the rule)', sorted. */
  readonly violations: readonly string[];
}

interface Cruise {
  readonly read: readonly string[];
  readonly violations: readonly string[];
}

/**
 * Checks src/ of a project against importRule.ts; imports of types only count too. A source file that the checker did
 * not read, or that stands where no rule applies, is a violation: a checker that sees nothing finds nothing.
 */
export async function checkImports(root: string): Promise<ImportCheck> {
  const cruise = await runCruise(root);
  const read = new Set(cruise.read);
  const sources = sourceFiles(root);
  const places = layers.map((layer) => new RegExp(layer.path));
  const violations = [
    ...cruise.violations,
    ...sources.filter((file) => !read.has(file)).map((file) => `${file} was not read`),
    ...sources
      .filter((file) => !places.some((place) => place.test(file)))
      .map((file) => `${file} stands where no rule applies`),
  ];
  return { modules: sources.filter((file) => read.has(file)).length, violations: violations.sort() };
}

async function runCruise(root: string): Promise<Cruise> {
  const child = spawn(process.execPath, [inProject('src', 'build', 'cruise.mjs'), root], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(forbidden));
  const [output, [exitCode]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (exitCode !== 0) throw new Trouble('dependency-cruiser failed, see its message above.');
  return JSON.parse(output) as Cruise;
}

function sourceFiles(root: string): readonly string[] {
  return fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
    .map((file) => `src/${file.split(path.sep).join('/')}`);
}
