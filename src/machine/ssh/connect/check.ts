import type { ConnectionCheck, HopCheck } from '../../connectionCheck';
import { messageOf, throwIfCancelled } from '../../../lib/errors';
import type { HostOptions } from '../options';
import { checkHop, type CheckedHop } from './checkHop';
import type { ConnectParts } from './parts';
import { planRoute, type Route } from './route';

/**
 * How a connection to the host comes about, step by step, on connections of its own. Asks nobody, uses no kept secret
 * and writes nothing. Throws only when the signal fires: what the network does is in the answer.
 */
export async function checkConnection(
  options: HostOptions,
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const open: CheckedHop[] = [];
  const hops: HopCheck[] = [];
  try {
    const route = await plannedRoute(options, parts, signal);
    if (typeof route === 'string') return { host: options.alias, hops: [failedHop(options, route)] };
    for (const [index, hop] of route.entries()) {
      const checked = await checkHop(hop, open.at(-1)?.transport ?? null, index === route.length - 1, parts, signal);
      open.push(checked);
      hops.push(checked.check);
      if (checked.transport === null) break;
    }
    throwIfCancelled(signal);
    return { host: options.alias, hops };
  } finally {
    for (const { transport } of open.reverse()) transport?.close();
  }
}

/** Or why there is none. */
async function plannedRoute(options: HostOptions, parts: ConnectParts, signal: AbortSignal): Promise<Route | string> {
  try {
    return await planRoute(options, parts, signal);
  } catch (error) {
    throwIfCancelled(signal);
    return messageOf(error);
  }
}

function failedHop(options: HostOptions, message: string): HopCheck {
  return {
    name: options.alias,
    address: options.hostName,
    port: options.port,
    user: options.user,
    by: { transport: 'ssh2', reason: '' },
    steps: [{ kind: 'name', elapsedMs: 0, state: 'failed', message }],
    banner: null,
    algorithms: null,
    offered: null,
    hostKey: null,
    tries: [],
    accepted: null,
  };
}
