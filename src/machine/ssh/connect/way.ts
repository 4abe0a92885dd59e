import type { Duplex } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import type { HostOptions } from '../options';
import type { Transport } from '../transport';
import { hostLabel } from './names';
import type { ConnectParts } from './parts';
import { openProxyCommand } from './proxyCommand';
import { openSocket, stepSeconds } from './socket';

/** A jump host that is connected, for as long as it is held. */
export interface HeldHop {
  readonly transport: Transport;
  release(): void;
}

/** What a connection runs on. */
export interface Way {
  readonly socket: Duplex;
  /** That answered; null where it is not seen from here. */
  readonly address: string | null;
  /** Gives the jump host back; again does nothing. */
  readonly release: () => void;
}

/** By the ProxyCommand, where there is one, or by TCP. */
export async function openDirectly(
  options: HostOptions,
  { trusted, readMemory }: Pick<ConnectParts, 'trusted' | 'readMemory'>,
  signal: AbortSignal,
): Promise<Way> {
  const release = (): void => undefined;
  if (options.proxyCommand !== null) {
    return { socket: openProxyCommand(options, options.proxyCommand, trusted()), address: null, release };
  }
  const socket = await openSocket(options, signal, readMemory ?? null);
  return { socket, address: socket.remoteAddress ?? null, release };
}

/** From a jump host, which is given back when that fails. */
export async function openThrough(hop: HeldHop, options: HostOptions, signal: AbortSignal): Promise<Way> {
  const { hostName: host, port } = options;
  const seconds = stepSeconds(options);
  try {
    const socket = await runWithDeadline(
      signal,
      seconds * 1_000,
      (inner) => hop.transport.connect({ kind: 'tcp', host, port }, inner),
      () => new ExpectedError('timed-out', l10n.t('{0} did not answer within {1} s.', hostLabel(options), seconds)),
    );
    return { socket, address: null, release: () => hop.release() };
  } catch (error) {
    hop.release();
    throw error;
  }
}
