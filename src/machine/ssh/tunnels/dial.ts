import * as l10n from '@vscode/l10n';
import { once } from 'node:events';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../../../lib/errors';
import { shownPath } from '../../../lib/bytePath';
import { connectLocal } from '../../local/connect';
import type { TunnelEnd } from '../../tunnel';

const DIAL_DEADLINE_MS = 30_000;

/** Connects from this machine, for tunnels whose listening end is on the host. Half-closed by nobody but its ends. */
export async function dialHere(target: TunnelEnd, signal: AbortSignal): Promise<Duplex> {
  if (target.kind === 'unix') return dialUnix(target.path, signal);
  const socket = await connectLocal(target, signal);
  socket.allowHalfOpen = true;
  return socket;
}

async function dialUnix(path: string, signal: AbortSignal): Promise<Duplex> {
  const socket = net.connect({ path, allowHalfOpen: true });
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    if (isCancelled(error)) throw error;
    const message = l10n.t('This machine reaches no program at {0}: {1}', shownPath(path), messageOf(error));
    throw new ExpectedError('refused', message, { cause: error });
  }
}

/** Any dialling, with the deadline that a tunnel gives it; what comes too late is thrown away. */
export async function dialInTime(
  work: (signal: AbortSignal) => Promise<Duplex>,
  target: TunnelEnd,
  signal: AbortSignal,
): Promise<Duplex> {
  let isLate = false;
  const dialled = (inner: AbortSignal): Promise<Duplex> =>
    work(inner).then((stream) => {
      if (isLate) stream.on('error', () => undefined).destroy();
      return stream;
    });
  return runWithDeadline(signal, DIAL_DEADLINE_MS, dialled, () => lateError(target)).catch((error: unknown) => {
    isLate = true;
    throw error;
  });
}

function lateError(target: TunnelEnd): ExpectedError {
  const shown = target.kind === 'unix' ? shownPath(target.path) : `${target.host}:${target.port}`;
  return new ExpectedError('timed-out', l10n.t('{0} did not answer in time.', shown));
}
