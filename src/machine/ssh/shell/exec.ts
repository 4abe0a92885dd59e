import { untilAborted, withDeadline } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import { BoundedOutput, feed } from '../../local/output';
import type { ExecOptions, ExecResult } from '../../machine';
import { startCommand, type CommandHome, type RemoteCommand } from './command';
import { lateCommand, tooManyArguments } from './commandErrors';

const DEFAULT_DEADLINE_MS = 60_000;
const DEFAULT_MAX_BYTES = 16 * 1_048_576;

/** Machine.exec. Cancel and deadline end the process over there; the promise rejects when that is done. */
export async function execRemote(
  home: CommandHome,
  host: string,
  words: readonly string[],
  options: ExecOptions,
  closing: AbortSignal,
): Promise<ExecResult> {
  throwIfCancelled(options.signal);
  throwIfCancelled(closing);
  const program = words[0] ?? '';
  if (program === '') throw new Error('exec was called without a program');
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const deadline = withDeadline([options.signal, closing], deadlineMs);
  try {
    const env = { LC_ALL: 'C', ...options.env };
    const cwd = options.cwd === undefined ? {} : { cwd: options.cwd };
    const spec = { words, env, reads: options.stdin !== undefined, ...cwd };
    const command = await startCommand(home, host, spec, deadline.signal);
    const result = await untilEnd(command, options, deadline.signal);
    if (isTooLong(result)) throw tooManyArguments(host, program);
    return result;
  } catch (error) {
    if (deadline.fired === 'timed-out') throw lateCommand(host, program, deadlineMs);
    if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
    throw error;
  } finally {
    deadline.clear();
  }
}

async function untilEnd(command: RemoteCommand, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
  const result = collect(command, options);
  result.catch(() => undefined);
  try {
    return await untilAborted(result, signal);
  } catch (error) {
    await command.end();
    throw error;
  }
}

function collect(command: RemoteCommand, { stdin, maxBytes = DEFAULT_MAX_BYTES }: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const stdout = new BoundedOutput(command.stdout, maxBytes, reject);
    const stderr = new BoundedOutput(command.stderr, maxBytes, reject);
    if (stdin === undefined) command.stdin.end();
    else feed(command.stdin, stdin, reject);
    const read = [command.stdout, command.stderr].map(
      (stream) => new Promise<void>((done) => (stream.readableEnded ? done() : stream.once('close', done))),
    );
    Promise.all([command.ended, ...read]).then(([{ exitCode, signal }]) => {
      const truncated = stdout.truncated || stderr.truncated;
      const signalName = signal === null ? null : `SIG${signal}`;
      resolve({ exitCode, signal: signalName, stdout: stdout.bytes(), stderr: stderr.bytes(), truncated });
    }, reject);
  });
}

/** What sh says when the kernel refuses the arguments (E2BIG). */
function isTooLong({ exitCode, stderr }: ExecResult): boolean {
  if (exitCode === null || exitCode < 2 || exitCode > 127 || stderr.length > 1_000) return false;
  return /^(?:\S*sh|eval): .*: Argument list too long\s*$/s.test(Buffer.from(stderr).toString());
}
