import * as l10n from '@vscode/l10n';
import { encodePath } from '../../../lib/bytePath';
import { CancelledError, ExpectedError } from '../../../lib/errors';
import type { ExitStatus, TerminalSize } from '../../machine';
import type { Channel, ChannelRequest } from '../transport';
import type { ProxyChannel } from './proxyChannel';
import type { ProxyLine } from './proxyLine';
import { readerOf, writerOf } from './streams';
import { sessionRefused } from './openFailure';

/** What every session of a host gets. */
export interface SessionSettings {
  /** Told to the host before the program starts; a server takes what its AcceptEnv names. */
  readonly env: Readonly<Record<string, string>>;
  readonly terminalType: string;
  /** For messages. */
  readonly host: string;
}

/** An empty list of terminal modes: TTY_OP_END (RFC 4254, 8). */
const NO_MODES = Uint8Array.of(0);

/** Opens a session (RFC 4254, 6) and starts in it what is asked for. Throws ExpectedError and CancelledError. */
export async function openSession(
  line: ProxyLine,
  request: ChannelRequest,
  settings: SessionSettings,
  signal: AbortSignal,
): Promise<Channel> {
  const wish = {
    type: 'session',
    fields: new Uint8Array(),
    refusal: (_reason: number, text: string) => sessionRefused(settings.host, text),
  };
  const channel = await line.channel(wish, signal);
  const result = channelOf(channel);
  const cancel = (): void => channel.close();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await start(channel, request, settings);
    if (signal.aborted) throw new CancelledError('cancelled');
    return result;
  } catch (error) {
    channel.close();
    throw signal.aborted ? new CancelledError('cancelled') : error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function start(channel: ProxyChannel, request: ChannelRequest, settings: SessionSettings): Promise<void> {
  if (request.kind !== 'subsystem') {
    if (request.forwardAgent === true) channel.tell('auth-agent-req@openssh.com');
    for (const [name, value] of Object.entries(settings.env)) channel.tell('env', name, value);
    if (request.terminal !== undefined) await askForTerminal(channel, request.terminal, settings);
  }
  const isStarted = await (request.kind === 'shell'
    ? channel.request('shell')
    : request.kind === 'exec'
      ? channel.request('exec', encodePath(request.line))
      : channel.request('subsystem', request.name));
  if (!isStarted) throw channel.lost ?? new ExpectedError('refused', startRefused(request, settings.host));
}

async function askForTerminal(
  channel: ProxyChannel,
  size: TerminalSize,
  { host, terminalType }: SessionSettings,
): Promise<void> {
  if (await channel.request('pty-req', terminalType, size.columns, size.rows, 0, 0, NO_MODES)) return;
  throw (
    channel.lost ??
    new ExpectedError(
      'refused',
      l10n.t('{0} gives no terminal. See PermitTTY of its sshd, and the options of the key there.', host),
    )
  );
}

function startRefused(request: ChannelRequest, host: string): string {
  if (request.kind !== 'subsystem') return l10n.t('{0} runs no commands for this user.', host);
  return l10n.t('{0} has no subsystem “{1}”. See Subsystem in its sshd_config.', host, request.name);
}

function channelOf(channel: ProxyChannel): Channel {
  const stdin = writerOf(channel);
  const out = readerOf(channel);
  const err = readerOf(channel);
  const ended = new Promise<ExitStatus>((resolve, reject) => {
    channel.receive({
      stdout: out.queue,
      stderr: err.queue,
      over: (lost) => {
        stdin.destroy();
        if (lost === undefined) return resolve(channel.exit);
        for (const { stream } of [out, err]) stream.destroy(lost);
        reject(lost);
      },
    });
  });
  // Whoever waits for it is told; that nobody does is no failure.
  ended.catch(() => undefined);
  for (const stream of [stdin, out.stream, err.stream]) stream.on('error', () => undefined);
  return {
    stdin,
    stdout: out.stream,
    stderr: err.stream,
    ended,
    resize: (size) => channel.tell('window-change', size.columns, size.rows, 0, 0),
    signal: (name) => channel.tell('signal', name),
    close: () => channel.close(),
  };
}
