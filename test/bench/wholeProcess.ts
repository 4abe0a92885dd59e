import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { projectPath } from '../support/project';

export interface ProcessRun {
  readonly exitCode: number | null;
  readonly out: string;
  /** The most memory that it had resident. */
  readonly peakBytes: number;
  /** From the cancel to its end; NaN without one. */
  readonly endedAfterMs: number;
}

/** The command line in a process of its own; as by Ctrl-C cancelled after a while. Linux only. */
export async function wholeProcess(words: readonly string[], cancelAfterMs?: number): Promise<ProcessRun> {
  const child = spawn(process.execPath, [projectPath('out', 'src', 'cli.js'), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  let peakBytes = 0;
  let cancelledAt = Number.NaN;
  child.stdout.on('data', (part) => (out += String(part)));
  const look = setInterval(() => {
    const status = readIfThere(`/proc/${child.pid}/status`);
    peakBytes = Math.max(peakBytes, 1_024 * Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0));
  }, 20);
  const cancel = (): void => {
    cancelledAt = performance.now();
    child.kill('SIGINT');
  };
  const timer = cancelAfterMs === undefined ? undefined : setTimeout(cancel, cancelAfterMs);
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  const endedAfterMs = performance.now() - cancelledAt;
  clearInterval(look);
  clearTimeout(timer);
  return { exitCode, out, peakBytes, endedAfterMs };
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
