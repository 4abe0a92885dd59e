import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { untilAborted } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import type { ExitStatus, RunningCommand, StartOptions } from '../../machine';
import { startCommand, type CommandHome, type RemoteCommand } from './command';
import { isSignalName, unknownSignal } from './signalNames';

/** Machine.start. The signal ends the process over there, and `ended` rejects when that is done. */
export async function startRemote(
  home: CommandHome,
  host: string,
  words: readonly string[],
  options: StartOptions,
  closing: AbortSignal,
): Promise<RunningCommand> {
  throwIfCancelled(options.signal);
  throwIfCancelled(closing);
  if ((words[0] ?? '') === '') throw new Error('start was called without a program');
  const { cwd, terminal } = options;
  const spec = {
    words,
    env: options.env ?? {},
    reads: true,
    ...(cwd === undefined ? {} : { cwd }),
    ...(terminal === undefined ? {} : { terminal }),
  };
  const command = await startCommand(home, host, spec, options.signal);
  const stderr = terminal === undefined ? command.stderr : nothing(command.stderr);
  return {
    stdin: command.stdin,
    stdout: command.stdout,
    stderr,
    ended: endOf(command, [command.stdout, stderr], [options.signal, closing]),
    resize: (size) => command.channel.resize(size),
    async signal(name) {
      if (!isSignalName(name)) throw unknownSignal(name, host);
      await command.send(name);
    },
  };
}

/** With a terminal the server sends nothing there. */
function nothing(unused: Readable): Readable {
  unused.resume();
  return Readable.from([]);
}

async function endOf(
  command: RemoteCommand,
  streams: readonly Readable[],
  signals: readonly AbortSignal[],
): Promise<ExitStatus> {
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  if (signals.some((signal) => signal.aborted)) cancel();
  const read = streams.map((stream) => finished(stream, { writable: false }).catch(() => undefined));
  try {
    const [status] = await untilAborted(Promise.all([command.ended, ...read]), controller.signal);
    return status;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    await command.end();
    for (const stream of streams) stream.destroy();
    throw new CancelledError('cancelled');
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', cancel);
  }
}
