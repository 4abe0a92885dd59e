import * as l10n from '@vscode/l10n';
import type { Socket } from 'node:net';
import { withDeadline } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import {
  MAX_SOCKS_BYTES,
  readSocks,
  socksReply,
  type SocksFault,
  type SocksRefusal,
  type SocksTarget,
  type SocksVersion,
} from './socks';

export interface SocksRequest {
  readonly version: SocksVersion;
  readonly target: SocksTarget;
}

/** A client that does not say what it wants is not waited for. */
const REQUEST_DEADLINE_MS = 15_000;

/**
 * Reads what a SOCKS client wants; what it says beyond stays in the socket to be read. Where that cannot be done the
 * client is told, its connection ends, and an ExpectedError says why.
 */
export async function readSocksRequest(socket: Socket, signal: AbortSignal): Promise<SocksRequest> {
  const deadline = withDeadline(signal, REQUEST_DEADLINE_MS);
  try {
    return await negotiate(socket, deadline.signal);
  } catch (error) {
    socket.destroySoon();
    if (deadline.fired === 'timed-out') throw new ExpectedError('timed-out', l10n.t('A SOCKS client was silent.'));
    throw error;
  } finally {
    deadline.clear();
  }
}

/** What the client is told of the connection that came about, or that did not. */
export function answerSocks(socket: Socket, request: SocksRequest, failure: unknown): void {
  const answer = socksReply(request.version, failure === null ? null : refusalOf(failure));
  if (failure === null) socket.write(answer);
  else socket.end(answer, () => socket.destroy());
}

async function negotiate(socket: Socket, signal: AbortSignal): Promise<SocksRequest> {
  let bytes: Buffer = Buffer.alloc(0);
  for (let stage: 'start' | 'request' = 'start'; ;) {
    const step = readSocks(stage, bytes);
    switch (step.kind) {
      case 'connect':
        if (step.used < bytes.length) socket.unshift(bytes.subarray(step.used));
        return { version: step.version, target: step.target };
      case 'refuse':
        if (step.answer.length > 0) socket.write(step.answer);
        throw new ExpectedError('invalid-input', faultText(step.reason));
      case 'greeting':
        socket.write(step.answer);
        bytes = bytes.subarray(step.used);
        stage = 'request';
        break;
      case 'more':
        bytes = Buffer.concat([bytes, await readMore(socket, MAX_SOCKS_BYTES - bytes.length, signal)]);
        break;
    }
  }
}

/** At least one byte. Read by hand, so that nothing is lost to whoever reads next. */
async function readMore(socket: Socket, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  for (;;) {
    signal.throwIfAborted();
    if (maxBytes <= 0) throw new ExpectedError('invalid-input', faultText('no-socks'));
    const chunk = socket.read() as Buffer | null;
    if (chunk !== null) return chunk;
    if (socket.readableEnded || socket.destroyed) throw new ExpectedError('closed', l10n.t('A SOCKS client left.'));
    await nextChange(socket, signal);
  }
}

/** Something can be read, or nothing will come any more. */
function nextChange(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['readable', 'end', 'close']) socket.off(event, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const event of ['readable', 'end', 'close']) socket.on(event, done);
    signal.addEventListener('abort', done);
  });
}

function faultText(reason: SocksFault): string {
  switch (reason) {
    case 'no-socks':
      return l10n.t('A client does not speak SOCKS 4 or 5. Set it to use a SOCKS proxy, not an HTTP proxy.');
    case 'authentication':
      return l10n.t('A SOCKS client insists on a password. Set it to use the proxy without one.');
    case 'command':
      return l10n.t('A SOCKS client asked for UDP or BIND, which SSH cannot carry. Only connections are.');
    case 'address':
      return l10n.t('A SOCKS client asked for an address that is none.');
  }
}

function refusalOf(failure: unknown): SocksRefusal {
  switch (failure instanceof ExpectedError ? failure.code : '') {
    case 'refused':
      return 'connection-refused';
    case 'denied':
      return 'not-allowed';
    case 'unreachable':
    case 'not-found':
    case 'timed-out':
      return 'host-unreachable';
    default:
      return 'failed';
  }
}
