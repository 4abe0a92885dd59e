import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setMaxListeners } from 'node:events';
import type { Channel as AnyChannel, Client } from 'ssh2';
import { ExpectedError } from '../../../lib/errors';
import type { TunnelEnd } from '../../tunnel';
import type { HostOptions } from '../options';
import type { Channel } from '../transport';
import { openSession, sessionChannel } from './channel';
import { connectRefused, lostError, sessionRefused } from './errors';
import { forwardingOf } from './forwarding';
import { addressText, oneLine } from './names';
import type { ConnectedTransport, ConnectionFacts, ConnectLog } from './parts';
import { keepKeysFresh } from './rekey';
import { request, type Line } from './request';
import { ChannelDuplex } from './streams';

/** How long the server may take to close its side before the socket is taken away. */
const CLOSE_MS = 2_000;

/** What a transport is made of: a client that is logged in, and what it runs on. */
export interface LoggedIn {
  readonly client: Client;
  readonly socket: Duplex;
  readonly options: HostOptions;
  readonly facts: ConnectionFacts;
  readonly log: ConnectLog;
}

/** A Transport over ssh2. The client must not be used by anybody else. */
export function ssh2Transport({ client, socket, options, facts, log }: LoggedIn): ConnectedTransport {
  const life = lifeOf(client, socket, facts.host);
  const { gone, closed, close } = life;
  const line: Line = { client, host: facts.host, gone };
  const env = environmentOf(options, process.env);
  const wrap = (channel: AnyChannel): Duplex => endWith(new ChannelDuplex(channel, socket), life);
  const forwarding = forwardingOf(line, wrap);
  noDelay(socket);
  keepKeysFresh(client, socket, options.rekeyLimit, log);
  return {
    kind: 'ssh2',
    remarks: facts.remarks,
    facts,
    closed,
    close,
    open: (wanted, signal) =>
      request<Channel>(
        line,
        signal,
        (asked, answer) =>
          openSession(asked, wanted, env, (error, channel) => {
            if (error != null) return answer(error, undefined as never);
            // At once: all of a short command, its end included, may have come together with the answer.
            answer(undefined, sessionChannel(channel, { client, socket, host: facts.host, gone }));
          }),
        (error) => refusal(facts.host, error),
        (late) => late.close(),
      ),
    connect: (target, signal) =>
      request<Duplex>(
        line,
        signal,
        (asked, answer) =>
          connectTo(asked, target, (error, channel) => {
            if (error != null) answer(error, undefined as never);
            else answer(undefined, wrap(channel));
          }),
        (error) => connectRefused(facts.host, endText(target), error),
        (late) => late.destroy(),
      ),
    listen: forwarding.listen,
  };
}

function noDelay(socket: Duplex): void {
  // Without it Nagle's algorithm and delayed acknowledgements make every small packet wait for the last one.
  if (socket instanceof Socket) socket.setNoDelay(true);
}

function connectTo(
  client: Client,
  target: TunnelEnd,
  answer: (error: Error | undefined, channel: AnyChannel) => void,
): void {
  if (target.kind === 'unix') client.openssh_forwardOutStreamLocal(target.path, answer);
  else client.forwardOut('127.0.0.1', 0, target.host, target.port, answer);
}

/** A session that is refused, or a request in one: the latter has no reason of RFC 4254, 5.1. */
function refusal(host: string, error: Error): Error {
  if ('reason' in error) return sessionRefused(host, error);
  return new ExpectedError('refused', `${host}: ${oneLine(error.message)}`, { cause: error });
}

interface Life {
  readonly gone: AbortSignal;
  /** Why it is gone; undefined where that was asked for. */
  reason(): Error | undefined;
  readonly closed: Promise<Error | undefined>;
  close(): void;
}

function lifeOf(client: Client, socket: Duplex, host: string): Life {
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  let asked = false;
  let reason = '';
  const why = (): Error | undefined => (asked ? undefined : lostError(host, reason));
  const closed = new Promise<Error | undefined>((resolve) => {
    client.once('close', () => {
      ended.abort();
      resolve(why());
    });
  });
  client.on('error', (error: Error) => (reason = error.message));
  client.once('end', () => socket.destroy());
  const close = (): void => {
    if (asked) return;
    asked = true;
    client.end();
    setTimeout(() => socket.destroy(), CLOSE_MS).unref();
  };
  return { gone: ended.signal, reason: why, closed, close };
}

/** As with a socket: what was connected breaks with an error when the connection is lost, and does not just end. */
function endWith(duplex: Duplex, { gone, reason }: Life): Duplex {
  const lost = (): void => void duplex.destroy(reason());
  gone.addEventListener('abort', lost);
  duplex.once('close', () => gone.removeEventListener('abort', lost));
  return duplex;
}

/** SetEnv and SendEnv of ssh_config(5). The server takes what its AcceptEnv allows. */
export function environmentOf(
  { setEnv, sendEnv }: Pick<HostOptions, 'setEnv' | 'sendEnv'>,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && sendEnv.some((pattern) => matches(pattern, name))) sent[name] = value;
  }
  return { ...sent, ...setEnv };
}

function matches(pattern: string, name: string): boolean {
  const source = [...pattern].map((letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : escaped(letter)));
  return new RegExp(`^${source.join('')}$`, 'su').test(name);
}

function escaped(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&');
}

function endText(end: TunnelEnd): string {
  return end.kind === 'unix' ? end.path : addressText(end.host, end.port);
}
