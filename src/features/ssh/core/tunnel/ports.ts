import * as l10n from '@vscode/l10n';
import type { TunnelSpec } from '../../../../machine/tunnel';
import { listensBeyondLoopback } from '../../../../machine/ssh/tunnels/spec';
import type { SocketsResult } from '../../../system/core/sockets/schema';
import { ownerText } from './explain';
import { beyondText } from './kept';
import { FIRST_FREE_PORT } from './wanted';

/** Ports of this machine that somebody listens on, with who that is; '' where it may not be known. */
export type TakenPorts = ReadonlyMap<number, string>;

export function takenPorts({ sockets }: Pick<SocketsResult, 'sockets'>): TakenPorts {
  const taken = new Map<number, string>();
  for (const { localPort, namespace, owners } of sockets) {
    const [owner] = owners;
    if (localPort === null || namespace !== null) continue;
    taken.set(localPort, owner === undefined ? (taken.get(localPort) ?? '') : ownerText(owner.name, owner.pid));
  }
  return taken;
}

/** The port, or the next one above it that is free. */
export function freePortFrom(wanted: number, taken: TakenPorts): number {
  for (let port = wanted; port <= 65_535; port++) if (!taken.has(port)) return port;
  return 0;
}

export interface AdviceParts {
  readonly host: string;
  readonly taken: TakenPorts;
  /** Whether this user may listen on every port of this machine. */
  readonly mayListenBelow: boolean;
}

/** What speaks against it without being wrong; null for nothing. */
export function adviceOn(spec: TunnelSpec, { host, taken, mayListenBelow }: AdviceParts): string | null {
  const { kind, listen } = spec;
  if (listen.kind === 'unix') return null;
  const owner = kind === 'remote' || listen.port === 0 ? undefined : taken.get(listen.port);
  if (owner !== undefined) {
    return owner === ''
      ? l10n.t('Port {0} of this machine is taken. The next free one is {1}.', listen.port, next(listen.port, taken))
      : l10n.t(
          'Port {0} of this machine is taken by {1}. The next free one is {2}.',
          listen.port,
          owner,
          next(listen.port, taken),
        );
  }
  const isLow = listen.port > 0 && listen.port < FIRST_FREE_PORT;
  if (isLow && kind === 'remote') return l10n.t('On {0} only root may listen on ports below 1024.', host);
  if (isLow && !mayListenBelow) {
    return l10n.t('Ports below 1024 of this machine are for root; {0} would do.', next(8_000 + listen.port, taken));
  }
  return listensBeyondLoopback(spec) ? beyondText(spec, host) : null;
}

function next(port: number, taken: TakenPorts): number {
  return freePortFrom(port, taken);
}
