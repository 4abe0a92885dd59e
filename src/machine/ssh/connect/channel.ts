import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, PseudoTtyOptions } from 'ssh2';
import type { ExitStatus, TerminalSize } from '../../machine';
import { shellBytes } from '../shell/quote';
import type { Channel, ChannelRequest } from '../transport';
import { lostError } from './errors';
import type { Answer } from './request';
import { freeContent } from './ssh2Content';
import { closeRefusedChannel, sendSignal, sendWindowChange } from './ssh2Private';
import { holdTogether, readerOf, writerOf } from './streams';

/** What a channel needs of its connection. */
export interface ChannelHome {
  readonly client: Client;
  readonly socket: Duplex;
  readonly host: string;
  readonly gone: AbortSignal;
}

/** Opens the session and makes its one request (RFC 4254, 6.5). */
export function openSession(
  client: Client,
  request: ChannelRequest,
  env: Readonly<Record<string, string>>,
  answer: Answer<ClientChannel>,
): void {
  const ended: Answer<ClientChannel> = (error, channel) => {
    if (error != null) closeRefusedChannel(client);
    answer(error, channel);
  };
  switch (request.kind) {
    case 'exec': {
      const pty = request.terminal === undefined ? {} : { pty: ptyOf(request.terminal) };
      const options = { env: { ...env }, agentForward: request.forwardAgent === true, ...pty };
      client.exec(commandOf(request.line), options, ended);
      return;
    }
    case 'shell':
      client.shell(
        ptyOf(request.terminal),
        { env: { ...env }, agentForward: request.forwardAgent === true } as { env: NodeJS.ProcessEnv },
        ended,
      );
      return;
    case 'subsystem':
      client.subsys(request.name, ended);
  }
}

/** ssh2 takes bytes, which its types do not tell; they are needed for names that are no UTF-8. */
function commandOf(line: string): string {
  return shellBytes(line) as unknown as string;
}

function ptyOf({ columns, rows }: TerminalSize): PseudoTtyOptions {
  return { cols: columns, rows, width: 0, height: 0, term: 'xterm-256color' };
}

/** Our view of a channel that is open. */
export function sessionChannel(channel: ClientChannel, { client, socket, host, gone }: ChannelHome): Channel {
  holdTogether(channel);
  const ended = exitOf(channel, host, gone);
  const settle = ended.settle;
  return {
    stdin: writerOf(channel, socket),
    stdout: readerOf(channel),
    free: (chunk) => freeContent(client, chunk),
    stderr: readerOf(channel.stderr),
    ended: ended.promise,
    resize: ({ columns, rows }) => sendWindowChange(client, channel, columns, rows),
    signal: (name) => {
      const plain = name.replace(/^SIG/u, '');
      if (SIGNALS.has(plain)) sendSignal(client, channel, plain);
    },
    close: () => {
      channel.close();
      channel.resume();
      channel.stderr.resume();
      // OpenSSH confirms only when the program has ended, which may be never.
      settle();
    },
  };
}

/** The names of RFC 4254, 6.10. Others have no meaning to a server. */
const SIGNALS: ReadonlySet<string> = new Set('ABRT ALRM FPE HUP ILL INT KILL PIPE QUIT SEGV TERM USR1 USR2'.split(' '));

function exitOf(
  channel: ClientChannel,
  host: string,
  gone: AbortSignal,
): { readonly promise: Promise<ExitStatus>; readonly settle: () => void } {
  let status: ExitStatus = { exitCode: null, signal: null };
  const { promise, resolve, reject } = withResolvers<ExitStatus>();
  promise.catch(() => undefined); // Whoever waits for it is told; nobody need wait.
  channel.on('exit', (exitCode: number | null, signal?: string) => {
    status = { exitCode, signal: signal?.replace(/^SIG/u, '') ?? null };
  });
  const lost = (): void => reject(lostError(host, ''));
  const settle = (): void => {
    gone.removeEventListener('abort', lost);
    resolve(status);
  };
  gone.addEventListener('abort', lost);
  channel.once('close', settle);
  return { promise, settle };
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
