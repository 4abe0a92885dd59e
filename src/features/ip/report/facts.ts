import * as l10n from '@vscode/l10n';
import type { Fact } from '../../../report/model';
import type { IpInspection } from '../core/inspection';
import { categoryWord, countText, groupedText, policyWord } from './words';

/** The most wanted facts; `network` is the index of the action that inspects the network around an address. */
export function mainFacts(result: IpInspection, network: number | undefined): readonly Fact[] {
  return [
    ...addressFacts(result),
    ...networkFacts(result, network),
    ...rangeFacts(result, network),
    categoryFact(result),
    reachFact(result),
    ...reverseFacts(result),
  ];
}

function addressFacts({ kind, canonical, zone, port, asMask, network }: IpInspection): readonly Fact[] {
  if (kind === 'network' || kind === 'range') return [];
  return [
    { label: l10n.t('Address'), value: canonical, code: true, ...roleNote(network?.role) },
    ...(zone === null ? [] : [{ label: l10n.t('Zone'), value: zone, code: true }]),
    ...(port === null ? [] : [{ label: l10n.t('Port'), value: port, unit: 'plain' as const }]),
    ...(asMask === null ? [] : [maskFact(asMask)]),
  ];
}

function roleNote(role: 'host' | 'broadcast' | null | undefined): Pick<Fact, 'note'> {
  return role === 'broadcast' ? { note: l10n.t('the broadcast address of its network') } : {};
}

function maskFact({ kind, prefixLength }: NonNullable<IpInspection['asMask']>): Fact {
  const note = kind === 'netmask' ? l10n.t('as a netmask') : l10n.t('as a wildcard mask');
  return { label: l10n.t('Prefix length'), value: `/${prefixLength}`, code: true, note };
}

function networkFacts({ network, version, kind }: IpInspection, action: number | undefined): readonly Fact[] {
  if (network === null) return [];
  const { cidr, firstHost, lastHost } = network;
  const hasHosts = firstHost !== null && !isDivided(network, version);
  const row = (label: string, value: string | null): readonly Fact[] =>
    value === null ? [] : [{ label, value, code: true }];
  const value = kind === 'interface' && action !== undefined ? { text: cidr, action } : cidr;
  return [
    { label: l10n.t('Network'), value, code: true },
    ...(version === 4 ? row(l10n.t('Netmask'), network.netmask) : []),
    ...(version === 4 ? row(l10n.t('Wildcard mask'), network.hostmask) : []),
    ...sizeFacts(network, version),
    ...(hasHosts ? [] : row(l10n.t('Last address'), network.lastAddress)),
    ...(hasHosts ? row(l10n.t('First host'), firstHost) : []),
    ...(hasHosts ? row(l10n.t('Last host'), lastHost) : []),
    ...row(l10n.t('Broadcast'), network.broadcast),
    ...(hasHosts ? row(l10n.t('Subnet-router anycast'), network.subnetRouterAnycast) : []),
  ];
}

/** Of IPv6, hosts are counted only within a link: a larger network is divided into links of /64 first. */
function isDivided({ prefixLength }: { readonly prefixLength: number }, version: 4 | 6): boolean {
  return version === 6 && prefixLength < 64;
}

function sizeFacts(network: NonNullable<IpInspection['network']>, version: 4 | 6): readonly Fact[] {
  const { addresses, usableHosts, prefixLength } = network;
  const size = { label: l10n.t('Addresses'), ...countValue(addresses) };
  if (isDivided(network, version)) {
    return [size, { label: l10n.t('Networks of /64'), ...countValue((1n << BigInt(64 - prefixLength)).toString()) }];
  }
  if (usableHosts === '0' || usableHosts === addresses) return [size];
  return [size, { label: l10n.t('Usable hosts'), ...countValue(usableHosts) }];
}

/** All digits; a large power of two is easier to grasp as such. */
function countValue(count: string): Pick<Fact, 'value' | 'note'> {
  const short = countText(count);
  return short.startsWith('2^') ? { value: groupedText(count), note: short } : { value: short };
}

function rangeFacts({ range }: IpInspection, action: number | undefined): readonly Fact[] {
  if (range === null) return [];
  const enclosing = action === undefined ? range.enclosing : { text: range.enclosing, action };
  const isNetwork = range.blockCount === 1;
  const note = isNetwork ? l10n.t('the range is exactly this network') : l10n.t('the smallest network around it');
  return [
    { label: l10n.t('First address'), value: range.first, code: true },
    { label: l10n.t('Last address'), value: range.last, code: true },
    { label: l10n.t('Addresses'), ...countValue(range.addresses) },
    ...(isNetwork ? [] : [{ label: l10n.t('CIDR blocks'), value: range.blockCount }]),
    { label: l10n.t('Network'), value: enclosing, code: true, note },
  ];
}

function categoryFact({ category, special }: IpInspection): Fact {
  const fact = { label: l10n.t('Category'), value: categoryWord(category) };
  return special === null ? fact : { ...fact, note: l10n.t('{0}: {1}', special.prefix, special.name) };
}

function reachFact({ globallyReachable, multicast, partCount, special }: IpInspection): Fact {
  const label = l10n.t('Globally reachable');
  if (globallyReachable !== null) return { label, value: globallyReachable ? l10n.t('yes') : l10n.t('no') };
  if (multicast !== null) return { label, value: l10n.t('depends'), note: l10n.t('multicast: see its scope') };
  return { label, value: partCount > 1 ? l10n.t('in parts') : policyWord(special?.globallyReachable ?? 'not-stated') };
}

function reverseFacts({ reverseName, network, kind }: IpInspection): readonly Fact[] {
  if (reverseName !== null) return [{ label: l10n.t('Reverse name'), value: reverseName, code: true }];
  const zones = kind === 'network' ? (network?.reverseZones ?? []) : [];
  const [first, ...others] = zones;
  if (first === undefined) return [];
  if (others.length === 0)
    return [{ label: l10n.t('Reverse zone'), value: first, code: true, ...classlessNote(first) }];
  const note = l10n.t('{0} zones, of which these are the first and the last', zones.length);
  return [{ label: l10n.t('Reverse zones'), value: `${first} … ${others.at(-1) ?? ''}`, code: true, note }];
}

function classlessNote(zone: string): Pick<Fact, 'note'> {
  return /^\d+-/.test(zone) ? { note: l10n.t('delegated by CNAME records in the way of RFC 2317') } : {};
}
