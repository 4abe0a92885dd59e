import * as l10n from '@vscode/l10n';
import type { Fact, FactsBlock } from '../../../../report/model';
import { defaultRoutes } from '../../core/network/routes';
import type { NetworkResult, RouteEntry } from '../../core/network/schema';

/** The ways out and who resolves names. */
export function mainFacts(result: NetworkResult): FactsBlock {
  const { resolvers, retransmitPercent } = result;
  const list = (texts: readonly string[]): string => texts.join(l10n.t(', '));
  const items: readonly (Fact | null)[] = [
    ...gatewayFacts(result),
    { label: l10n.t('Name servers'), value: list(resolvers.servers) || l10n.t('none'), code: true },
    resolvers.upstream.length === 0
      ? null
      : { label: l10n.t('Name servers behind the stub'), value: list(resolvers.upstream), code: true },
    resolvers.search.length === 0
      ? null
      : { label: l10n.t('Search domains'), value: list(resolvers.search), code: true },
    resentFact(retransmitPercent),
  ];
  return { kind: 'facts', items: items.filter((item) => item !== null) };
}

function gatewayFacts({ routes, filter }: NetworkResult): readonly Fact[] {
  const defaults = defaultRoutes(routes);
  if (defaults.length === 0) {
    return filter.interface === null ? [{ label: l10n.t('Default gateway'), value: l10n.t('none') }] : [];
  }
  return [...defaults].sort(byMetric).map((route) => ({
    label: route.family === 'ipv4' ? l10n.t('Default gateway (IPv4)') : l10n.t('Default gateway (IPv6)'),
    value: gatewayText(route),
    code: true,
  }));
}

function byMetric(one: RouteEntry, other: RouteEntry): number {
  return one.family === other.family ? (one.metric ?? 0) - (other.metric ?? 0) : one.family === 'ipv4' ? -1 : 1;
}

export function gatewayText({ gateway, interface: name }: RouteEntry): string {
  return gateway === null ? l10n.t('directly by {0}', name ?? '') : l10n.t('{0} by {1}', gateway, name ?? '');
}

/** Of this moment, or since boot where nothing was sent since the reading before. */
function resentFact({ now, total }: NetworkResult['retransmitPercent']): Fact | null {
  const label = l10n.t('TCP segments sent again');
  if (now === null) return total === null ? null : { label, value: total, unit: 'percent', note: l10n.t('since boot') };
  return { label, value: now, unit: 'percent', ...(total === null ? {} : { note: l10n.t('{0}% since boot', total) }) };
}
