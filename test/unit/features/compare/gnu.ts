import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface TextPair {
  readonly left: string;
  readonly right: string;
}

/** Whether a program of that name can be run here. */
export function hasProgram(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program to its end in a folder, in the C locale. */
export function runIn(folder: string, program: string, args: readonly string[]): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', HOME: folder, TZ: 'UTC' },
  });
  if (error !== undefined) throw error;
  return { status, output: `${stdout}${stderr}` };
}

/** What one diff(1) says of many pairs with these options; '' where it says nothing. In the heads they are a and b. */
export function gnuDiff(folder: string, pairs: readonly TextPair[], options: readonly string[]): string[] {
  for (const side of ['left', 'right'] as const) {
    fs.rmSync(path.join(folder, side), { recursive: true, force: true });
    fs.mkdirSync(path.join(folder, side), { recursive: true });
    pairs.forEach((pair, at) => fs.writeFileSync(path.join(folder, side, fileName(at)), pair[side]));
  }
  const { status, output } = runIn(folder, 'diff', ['-r', ...options, 'left', 'right']);
  if (status === null || status > 1) throw new Error(output);
  const sections = new Map<string, string>();
  for (const section of output.split(/^(?=diff -)/m)) {
    const end = section.indexOf('\n');
    sections.set(section.slice(0, end).split('/').at(-1) ?? '', named(section.slice(end + 1)));
  }
  return pairs.map((_pair, at) => sections.get(fileName(at)) ?? '');
}

/** With a and b in its head instead of files with dates. */
function named(delta: string): string {
  return delta.replace(/^(\S{3}) left\/.*\n(\S{3}) right\/.*\n/, '$1 a\n$2 b\n');
}

function fileName(at: number): string {
  return `${at}`.padStart(5, '0');
}
