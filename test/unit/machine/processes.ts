import * as fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process runs; one that has ended and was not fetched by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** Waits until a condition holds; the test's own time limit is what ends it otherwise. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}

/** The running helper processes of a process: children whose command line has this text. Linux only. */
export function helpersOf(parentPid: number, text: string): readonly number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && textOf(name, 'cmdline').includes(text))
    .filter((name) =>
      textOf(name, 'stat')
        .replace(/^.*\) \S /s, '')
        .startsWith(`${parentPid} `),
    )
    .map(Number)
    .filter(isRunning);
}

function textOf(pid: string, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
