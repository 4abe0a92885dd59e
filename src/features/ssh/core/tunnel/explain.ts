import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName, type Machines } from '../../../../machine/machines';
import type { TunnelSpec } from '../../../../machine/tunnel';
import { isListening } from '../../../system/core/sockets/answer';
import { collectSockets } from '../../../system/core/sockets/collect';
import type { SocketEntry } from '../../../system/core/sockets/schema';
import { FIRST_FREE_PORT } from './wanted';

/** Who listens on a port: 'nginx (PID 812)'; '' where that cannot be told; null where nobody does. */
export async function ownerOf(port: number, machine: Machine, signal: AbortSignal): Promise<string | null> {
  const input = { kind: 'tcp', port, namespaces: false } as const;
  let found: readonly SocketEntry[] = [];
  for await (const { sockets } of collectSockets({ machine, signal, live: false, input })) found = sockets;
  const listening = found.find((one) => one.namespace === null && isListening(one));
  const owner = listening?.owners[0];
  if (owner !== undefined) return ownerText(owner.name, owner.pid);
  return listening === undefined ? null : '';
}

export function ownerText(name: string, pid: number): string {
  return l10n.t('{0} (PID {1})', name, pid);
}

/** Why the end of a tunnel could not be listened on, with what holds the port where the machine tells. */
export async function explainListening(
  error: unknown,
  spec: TunnelSpec,
  host: string,
  machines: Machines,
  signal: AbortSignal,
): Promise<unknown> {
  const { kind, listen } = spec;
  const isThere = kind === 'remote';
  if (!(error instanceof ExpectedError) || listen.kind !== 'tcp' || listen.port === 0) return error;
  if (error.code !== (isThere ? 'refused' : 'in-use')) return error;
  const owner = await seekOwner(listen.port, isThere ? host : localName, machines, signal);
  if (owner === null) return isThere ? explainForbidden(error, listen.port, host) : error;
  const where = isThere ? host : l10n.t('this machine');
  const message =
    owner === ''
      ? l10n.t('Port {0} of {1} is taken. Choose another one.', listen.port, where)
      : l10n.t('Port {0} of {1} is taken by {2}. Choose another one, or end that.', listen.port, where, owner);
  return new ExpectedError('in-use', message, { cause: error });
}

function explainForbidden(error: ExpectedError, port: number, host: string): ExpectedError {
  if (port >= FIRST_FREE_PORT) return error;
  const message = l10n.t(
    '{0} does not listen on port {1} for us: those below 1024 are for root there. Choose a higher one.',
    host,
    port,
  );
  return new ExpectedError('denied', message, { cause: error });
}

/** null also where the machine cannot be asked: this only adds to what is known. */
async function seekOwner(port: number, name: string, machines: Machines, signal: AbortSignal): Promise<string | null> {
  try {
    const machine = await machines.open(name, signal);
    return machine.platform === 'linux' ? await ownerOf(port, machine, signal) : null;
  } catch (error) {
    if (isCancelled(error)) throw error;
    return null;
  }
}
