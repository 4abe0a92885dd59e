import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { parseDestination } from '../config/names';
import type { HostOptions } from '../options';
import type { ConnectParts } from './parts';

/** The way to a host: each is reached through the one before it, the first from here, the last is the host itself. */
export type Route = readonly [HostOptions, ...HostOptions[]];

const MAX_HOPS = 16;

/**
 * As ssh does it: the hosts of ProxyJump in their order, each with its own options; how the first of them is reached is
 * for its own configuration to say, and that of the others does not matter. Throws ExpectedError for a circle.
 */
export async function planRoute(
  options: HostOptions,
  parts: Pick<ConnectParts, 'resolve'>,
  signal: AbortSignal,
): Promise<Route> {
  let route: Route = [options];
  const seen = new Set([hopKey(options)]);
  for (let first = options; first.proxyJump.length > 0; first = route[0]) {
    const hops: HostOptions[] = [];
    for (const text of first.proxyJump) {
      const hop = await parts.resolve(parseDestination(text, true), signal);
      if (seen.has(hopKey(hop)) || hops.some((other) => hopKey(other) === hopKey(hop))) throw circle(options, hop);
      hops.push(hop);
    }
    for (const hop of hops) seen.add(hopKey(hop));
    const [head, ...rest] = [...hops, ...route];
    if (head === undefined) break;
    route = [head, ...rest];
    if (route.length > MAX_HOPS) throw circle(options, head);
  }
  return route;
}

/** The same for hosts that are reached as one and the same. */
export function hopKey({ alias, user, hostName, port }: HostOptions): string {
  return `${alias} ${user}@${hostName}:${port}`;
}

/** The same for routes that can share a connection. */
export function routeKey(route: readonly HostOptions[]): string {
  return route.map(hopKey).join(' > ');
}

function circle(options: HostOptions, hop: HostOptions): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t(
      'The ProxyJump of {0} goes in a circle: {1} comes up twice, or it has more than {2} hosts. Correct the SSH configuration.',
      options.alias,
      hop.alias,
      MAX_HOPS,
    ),
  );
}
