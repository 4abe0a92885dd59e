import type { IpRoute } from '../kernel/ipAddrJson';
import { parseRoutes4, parseRoutes6, type KernelRoute } from '../kernel/routes';
import type { RouteEntry } from './schema';

export function routesOfIp(list: readonly IpRoute[], family: RouteEntry['family']): RouteEntry[] {
  return list.map(({ interfaceName, destination, flags, ...route }) => ({
    family,
    ...route,
    destination: withPrefix(destination, family),
    interface: interfaceName,
    metric: route.metric ?? 0,
    flags: [...flags],
  }));
}

/** ip leaves out the prefix length of a single address. */
function withPrefix(destination: string, family: RouteEntry['family']): string {
  if (destination === 'default' || destination.includes('/')) return destination;
  return `${destination}/${family === 'ipv4' ? 32 : 128}`;
}

/** Without ip: the main table of IPv4, and of IPv6 the main and the local one. */
export function routesOfProc(route: string, ipv6Route: string, bigEndian: boolean): RouteEntry[] {
  return [...parseRoutes4(route, bigEndian), ...parseRoutes6(ipv6Route)].map(fromKernel);
}

function fromKernel(route: KernelRoute): RouteEntry {
  const { family, type, gateway, interfaceName, metric, flags, destination, prefixLength } = route;
  const any = destination === '0.0.0.0' || destination === '::';
  return {
    family,
    type,
    destination: any && prefixLength === 0 ? 'default' : `${destination}/${prefixLength}`,
    gateway,
    interface: interfaceName,
    source: null,
    metric,
    table: type === 'unicast' || type === 'unreachable' ? 'main' : 'local',
    protocol: null,
    scope: null,
    flags: [...flags],
  };
}

/** The way to everywhere else. */
export function defaultRoutes(routes: readonly RouteEntry[]): readonly RouteEntry[] {
  return routes.filter(
    ({ destination, table, type, interface: name }) =>
      destination === 'default' && table === 'main' && type === 'unicast' && name !== null,
  );
}
