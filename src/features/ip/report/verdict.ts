import * as l10n from '@vscode/l10n';
import type { Status } from '../../../report/model';
import { embeddedIpv4 } from './embedded';
import type { IpInspection } from '../core/inspection';
import type { MulticastScope } from '../core/multicast';
import { categoryPhrase, countText } from './words';

/** What it is, by which RFC, and whether the Internet reaches it. */
export function verdictOf(result: IpInspection): string {
  const what = categoryPhrase(result.category, nounOf(result));
  const references = rfcsOf(result).slice(0, 2).join(', ');
  const reach = reachOf(result);
  const first =
    references === ''
      ? l10n.t('{0} is {1}; {2}.', result.canonical, what, reach)
      : l10n.t('{0} is {1} ({2}); {3}.', result.canonical, what, references, reach);
  // Some languages put no space between sentences.
  return moreSentences(result).reduce((text, sentence) => l10n.t('{0} {1}', text, sentence), first);
}

/** What is not for everyday use is worth noticing; nothing here is wrong. */
export function statusOf(result: IpInspection): Status {
  const everyday = ['global', 'private', 'shared', 'loopback', 'link-local', 'unique-local', 'multicast', 'anycast'];
  const isPlain = everyday.includes(result.category) && result.partCount === 1 && result.network?.role !== 'broadcast';
  return isPlain ? 'ok' : 'info';
}

/** The RFCs, without sections, that the verdict and the actions name. */
export function rfcsOf({ special, multicast, allocations, category }: IpInspection): readonly string[] {
  const group = [...(multicast?.assignment?.references ?? []), ...(multicast?.block?.references ?? [])];
  const space = category === 'global' || category === 'mixed' ? [] : (allocations[0]?.references ?? []);
  const all = [special?.references ?? [], group, space].find((references) => references.length > 0) ?? [];
  const rfcs = all.map((reference) => /^RFC \d+/.exec(reference)?.[0]).filter((rfc) => rfc !== undefined);
  return [...new Set(rfcs)];
}

function nounOf({ kind, version, network, range }: IpInspection): string {
  if (kind === 'address') return l10n.t('IPv{0} address', version);
  if (kind === 'interface') {
    return l10n.t(
      'IPv{0} address in the network {1} of {2} addresses',
      version,
      network?.cidr ?? '',
      sizeText(network),
    );
  }
  const size = sizeText(network ?? range);
  if (size === '1') return l10n.t('IPv{0} network of one address', version);
  return kind === 'network'
    ? l10n.t('IPv{0} network of {1} addresses', version, size)
    : l10n.t('IPv{0} range of {1} addresses', version, size);
}

function sizeText(sized: { readonly addresses: string } | null): string {
  return countText(sized?.addresses ?? '1');
}

function reachOf(result: IpInspection): string {
  const { category, globallyReachable, partCount, multicast, special } = result;
  if (multicast !== null) return multicastReach(multicast.scope);
  if (category === 'loopback') return l10n.t('it does not leave the host');
  if (category === 'link-local') return l10n.t('it does not leave the link');
  if (globallyReachable === false) return l10n.t('it is not reachable from the Internet');
  if (globallyReachable === true) return globalReach(result);
  if (special !== null && special.terminated !== null) {
    return l10n.t('the assignment ended in {0} and the registry says no more about it', special.terminated);
  }
  if (partCount > 1) return l10n.t('its {0} parts differ in whether the Internet reaches them', partCount);
  if (category === '6to4') return l10n.t('whether the Internet reaches it depends on the IPv4 address inside');
  return l10n.t('whether the Internet reaches it depends on Teredo relays');
}

function globalReach({ allocations, allocationCount, category }: IpInspection): string {
  const [block] = allocations;
  if (category !== 'global' || allocationCount !== 1 || block === undefined || block.rir === null) {
    return l10n.t('it can be routed on the Internet');
  }
  return l10n.t('it can be routed on the Internet and lies in {0}, which {1} looks after', block.prefix, block.rir);
}

function multicastReach(scope: MulticastScope | null): string {
  switch (scope) {
    case 'interface-local':
      return l10n.t('it does not leave the host');
    case 'link-local':
      return l10n.t('it does not leave the link');
    case 'global':
      return l10n.t('it may be routed across the Internet where multicast is');
    case 'realm-local':
    case 'admin-local':
    case 'site-local':
    case 'organization-local':
    case 'local':
      return l10n.t('it stays within a border that an administrator draws');
    case 'reserved':
    case 'unassigned':
      return l10n.t('its scope is not assigned');
    case null:
      return l10n.t('how far it reaches depends on the group');
  }
}

function moreSentences(result: IpInspection): readonly string[] {
  const group = result.multicast?.assignment?.name;
  const ipv4 = embeddedIpv4(result);
  return [
    ...(group === undefined ? [] : [l10n.t('The group is registered as "{0}".', group)]),
    ...(ipv4 === undefined ? [] : [l10n.t('It carries the IPv4 address {0}.', ipv4)]),
    ...(result.asMask === null ? [] : [maskSentence(result.asMask)]),
    ...(result.network?.role === 'broadcast' ? [l10n.t('It is the broadcast address of its network.')] : []),
  ];
}

function maskSentence({ kind, prefixLength }: NonNullable<IpInspection['asMask']>): string {
  return kind === 'netmask'
    ? l10n.t('As a netmask it means /{0}.', prefixLength)
    : l10n.t('As a wildcard mask it means /{0}.', prefixLength);
}
