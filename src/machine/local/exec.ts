import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { settlesWithin, untilAborted, withDeadline } from '../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../lib/errors';
import { lateProcess, startError } from './execErrors';
import { BoundedOutput, feed } from './output';
import { endGroup, HAS_GROUPS } from './processGroup';
import type { ExecOptions, ExecResult } from '../machine';

const DEFAULT_DEADLINE_MS = 60_000;
const DEFAULT_MAX_BYTES = 16 * 1_048_576;
/** What a process has written is there when it ends; a daemon that it leaves behind may hold the pipe for ever. */
const PIPE_WAIT_MS = 1_000;

/**
 * Machine.exec. Cancel, deadline and the closing of the machine end the process with all that it has started in its
 * group; the promise rejects when that is done.
 */
export async function execLocal(
  command: readonly string[],
  options: ExecOptions,
  closing: AbortSignal,
): Promise<ExecResult> {
  throwIfCancelled(options.signal);
  throwIfCancelled(closing);
  const [program, ...args] = command;
  if (program === undefined || program === '') throw new Error('exec was called without a program');
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const deadline = withDeadline([options.signal, closing], deadlineMs);
  try {
    return await untilEnd(await start(program, args, options), options, deadline.signal);
  } catch (error) {
    if (deadline.fired === 'timed-out') throw lateProcess(program, deadlineMs);
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw error;
  } finally {
    deadline.clear();
  }
}

async function start(program: string, args: readonly string[], options: ExecOptions): Promise<ChildProcess> {
  const settings: SpawnOptions = {
    shell: false,
    detached: HAS_GROUPS,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', ...options.env },
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  };
  try {
    const child = spawn(program, args, settings);
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw await startError(program, options.cwd, error);
  }
}

async function untilEnd(child: ChildProcess, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
  const result = collect(child, options);
  try {
    return await untilAborted(result, signal);
  } catch (error) {
    await endGroup(child);
    throw error;
  } finally {
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.stdin?.destroy();
  }
}

function collect(child: ChildProcess, options: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    const stdout = new BoundedOutput(child.stdout, maxBytes, reject);
    const stderr = new BoundedOutput(child.stderr, maxBytes, reject);
    feed(child.stdin, options.stdin, reject);
    child.on('error', reject);
    const closed = new Promise<void>((done) => child.once('close', () => done()));
    child.once('exit', (exitCode, signal) => {
      void settlesWithin(closed, PIPE_WAIT_MS).then(() => {
        const truncated = stdout.truncated || stderr.truncated;
        resolve({ exitCode, signal, stdout: stdout.bytes(), stderr: stderr.bytes(), truncated });
      });
    });
  });
}
