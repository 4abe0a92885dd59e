import * as l10n from '@vscode/l10n';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as os from 'node:os';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { untilAborted } from '../../lib/deadline';
import { CancelledError, ExpectedError, throwIfCancelled } from '../../lib/errors';
import type { ExitStatus, RunningCommand, StartOptions } from '../machine';
import { errnoOf } from './errors';
import { startError } from './execErrors';
import { endGroup, HAS_GROUPS } from './processGroup';
import { terminalOf, type Terminal } from './terminal';

/** Machine.start. The signal, or the closing of the machine, ends the program with all that it has started. */
export async function startLocal(
  command: readonly string[],
  options: StartOptions,
  closing: AbortSignal,
): Promise<RunningCommand> {
  throwIfCancelled(options.signal);
  throwIfCancelled(closing);
  const [program, ...args] = command;
  if (program === undefined || program === '') throw new Error('start was called without a program');
  const terminal = options.terminal === undefined ? null : await terminalOf([program, ...args], options);
  const child = await started(terminal, [program, ...args], options);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error(`${program} has no streams`);
  // A program may end without reading all of its input: its exit code tells how that went.
  stdin.on('error', () => undefined);
  if (terminal !== null) stderr.resume();
  const errors = terminal === null ? stderr : Readable.from([]);
  return {
    stdin,
    stdout,
    stderr: errors,
    ended: endOf(child, terminal, [stdout, errors], [options.signal, closing]),
    resize: (size) => void terminal?.resize(child, size),
    async signal(name) {
      await send(child, terminal, name);
    },
  };
}

async function started(
  terminal: Terminal | null,
  command: readonly [string, ...string[]],
  options: StartOptions,
): Promise<ChildProcess> {
  const [program, ...args] = terminal?.command ?? command;
  try {
    const child = spawn(program, args, {
      shell: false,
      detached: HAS_GROUPS,
      windowsHide: true,
      env: { ...process.env, ...options.env, ...terminal?.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw await startError(command[0], options.cwd, error);
  }
}

async function endOf(
  child: ChildProcess,
  terminal: Terminal | null,
  streams: readonly Readable[],
  signals: readonly AbortSignal[],
): Promise<ExitStatus> {
  const exited = new Promise<ExitStatus>((resolve) => {
    child.once('exit', (exitCode, signal) =>
      resolve(terminal?.statusOf(exitCode) ?? { exitCode, signal: bare(signal) }),
    );
  });
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  if (signals.some((signal) => signal.aborted)) cancel();
  const read = streams.map((stream) => finished(stream, { writable: false }).catch(() => undefined));
  try {
    const [status] = await untilAborted(Promise.all([exited, ...read]), controller.signal);
    return status;
  } catch {
    await terminal?.end(child);
    await endGroup(child);
    for (const stream of streams) stream.destroy();
    throw new CancelledError('cancelled');
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', cancel);
  }
}

function bare(signal: NodeJS.Signals | null): string | null {
  return signal === null ? null : signal.slice('SIG'.length);
}

async function send(child: ChildProcess, terminal: Terminal | null, name: string): Promise<void> {
  const signal = `SIG${name}`;
  if (!isSignal(signal)) {
    const text = l10n.t('There is no signal {0} on this machine. Choose one such as TERM, INT or HUP.', name);
    throw new ExpectedError('invalid-input', text);
  }
  const pid = (await terminal?.pidOf(child)) ?? child.pid;
  if (pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -pid : pid, signal);
  } catch (error) {
    // It has ended: then there is nobody who would miss it.
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}

function isSignal(name: string): name is NodeJS.Signals {
  return name in os.constants.signals;
}
