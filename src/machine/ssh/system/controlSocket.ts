import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import * as net from 'node:net';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError, isCancelled } from '../../../lib/errors';
import type { TunnelEnd } from '../../tunnel';
import { listenRefused } from './openFailure';
import { encode, FieldReader, framed, MalformedPacket, PacketSplitter, type Field } from './wire';

/** Numbers of OpenSSH's PROTOCOL.mux, part 11. */
export const MUX = {
  hello: 0x00000001,
  version: 4,
  openForward: 0x10000006,
  closeForward: 0x10000007,
  proxy: 0x1000000f,
  aliveCheck: 0x10000004,
  ok: 0x80000001,
  denied: 0x80000002,
  failure: 0x80000003,
  alive: 0x80000005,
  remotePort: 0x80000007,
  proxying: 0x8000000f,
  forwardRemote: 2,
  /** Stands for a port where the address is the path of a unix socket. */
  unixPort: 0xfffffffe,
} as const;

const REQUEST_ID = 1;
const ANSWER_DEADLINE_MS = 30_000;

/** Our hello, and a request in the form that the master takes. */
export function muxRequest(type: number, ...fields: readonly Field[]): Buffer {
  return framed(encode(type, REQUEST_ID, ...fields));
}

export function muxHello(): Buffer {
  return framed(encode(MUX.hello, MUX.version));
}

/** A forwarding that the master keeps: connections to `there` on the host go on to `here`. */
export interface RemoteForward {
  readonly there: TunnelEnd;
  readonly here: TunnelEnd;
}

/** Begins a remote forwarding. Returns the port that was found for 0, or null. Throws ExpectedError. */
export async function openRemoteForward(
  socketPath: string,
  host: string,
  forward: RemoteForward,
  signal: AbortSignal,
): Promise<number | null> {
  const answer = await ask(socketPath, MUX.openForward, forwardFields(forward), signal);
  if (answer.type === MUX.ok) return null;
  if (answer.type === MUX.remotePort) return answer.rest.number();
  throw listenRefused(host, forward.there, answer.rest.text());
}

/** Ends it. It is no failure when there is none any more. */
export async function closeRemoteForward(
  socketPath: string,
  forward: RemoteForward,
  signal: AbortSignal,
): Promise<void> {
  await ask(socketPath, MUX.closeForward, forwardFields(forward), signal);
}

/** Whether the master takes requests. */
export async function isAlive(socketPath: string, signal: AbortSignal): Promise<boolean> {
  const answer = await ask(socketPath, MUX.aliveCheck, [], signal);
  return answer.type === MUX.alive;
}

interface Answer {
  readonly type: number;
  readonly rest: FieldReader;
}

function ask(socketPath: string, type: number, fields: readonly Field[], signal: AbortSignal): Promise<Answer> {
  const late = (): Error => new ExpectedError('timed-out', l10n.t('The ssh program did not answer in time.'));
  return runWithDeadline(signal, ANSWER_DEADLINE_MS, (inner) => exchange(socketPath, type, fields, inner), late);
}

async function exchange(
  socketPath: string,
  type: number,
  fields: readonly Field[],
  signal: AbortSignal,
): Promise<Answer> {
  const socket = await connectControl(socketPath, signal);
  const abort = (): void => void socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    socket.write(Buffer.concat([muxHello(), muxRequest(type, ...fields)]));
    const splitter = new PacketSplitter();
    for await (const chunk of socket) {
      for (const packet of splitter.push(chunk as Buffer)) {
        const rest = new FieldReader(packet);
        const answer = { type: checkedType(rest), rest };
        if (answer.type !== MUX.hello) return answer;
      }
    }
    throw masterGone();
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

/** The type of a message; the id of the request is read over. */
export function checkedType(reader: FieldReader): number {
  const type = reader.number();
  const second = reader.number();
  if (type === MUX.hello && second !== MUX.version) throw new MalformedPacket(`control protocol ${second}`);
  return type;
}

export async function connectControl(socketPath: string, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ path: socketPath });
  try {
    await once(socket, 'connect', { signal });
    return socket.on('error', () => undefined);
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw isCancelled(error) ? error : masterGone(error);
  }
}

export function masterGone(cause?: unknown): ExpectedError {
  return new ExpectedError('closed', l10n.t('The connection of the ssh program has ended.'), { cause });
}

function forwardFields({ there, here }: RemoteForward): readonly Field[] {
  return [MUX.forwardRemote, ...endFields(there), ...endFields(here)];
}

/** The master takes an empty address for loopback; every interface is '*'. */
function endFields(end: TunnelEnd): readonly Field[] {
  return end.kind === 'unix' ? [end.path, MUX.unixPort] : [end.host === '' ? '*' : end.host, end.port];
}
