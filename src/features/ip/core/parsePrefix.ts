import * as l10n from '@vscode/l10n';
import { formatAddress, widthOf, type IpAddress } from './address';
import { prefixLengthOfHostmask, prefixLengthOfNetmask } from './network';
import { parseAddress } from './parseAddress';
import { parseOctets, valueOf } from './parseIpv4';
import { parseIpv6 } from './parseIpv6';
import type { ReadAs, Reading } from './parsed';
import { refuse } from './refusal';

interface PrefixLength {
  readonly prefixLength: number;
  readonly readAs: readonly ReadAs[];
}

/** An address and its prefix length, netmask or hostmask, each as written. */
export function parsePrefix(addressText: string, maskText: string): Reading {
  if (addressText === '') refuse(l10n.t('the address before "/" is missing'));
  if (maskText === '') refuse(l10n.t('the prefix length after "/" is missing'));
  const { address, readAs, zone } = parsePrefixAddress(addressText);
  const prefix = parsePrefixLength(address, maskText);
  return {
    subject: { kind: 'prefix', address, prefixLength: prefix.prefixLength },
    readAs: [...readAs, ...prefix.readAs],
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Before a prefix length, octets may be missing at the end: 10/8, 172.16/12. */
function parsePrefixAddress(text: string): ReturnType<typeof parseAddress> {
  const isPartial = /^\d+(\.\d+){0,2}$/.test(text) && (text.includes('.') || text.length <= 3);
  if (!isPartial) return parseAddress(text);
  return { address: { version: 4, value: valueOf(parseOctets(text)) }, readAs: ['partial'] };
}

function parsePrefixLength(address: IpAddress, text: string): PrefixLength {
  const width = widthOf(address.version);
  if (/^\d+$/.test(text)) {
    if (Number(text) > width) refuse(l10n.t('prefix length {0} is over {1}', text, width));
    return { prefixLength: Number(text), readAs: [] };
  }
  const zoned = /^(\d+)(%.+)$/.exec(text);
  if (zoned !== null) {
    refuse(l10n.t('the zone belongs before the prefix length: {0}', `…${zoned[2]}/${zoned[1]}`));
  }
  return fromMask(address, text, parseMask(address, text));
}

function parseMask(address: IpAddress, text: string): bigint {
  if (/^0x[0-9a-f]{8}$/i.test(text) && address.version === 4) return BigInt(text);
  if (address.version === 6 && text.includes(':')) return parseIpv6(text);
  if (/^[\d.]+$/.test(text) && text.includes('.')) {
    if (address.version === 6) refuse(l10n.t('"{0}" is an IPv4 mask, but the address is IPv6', text));
    return valueOf(fourOctets(text));
  }
  return refuse(l10n.t('"{0}" is neither a prefix length nor a netmask', text));
}

function fourOctets(text: string): readonly number[] {
  const octets = parseOctets(text);
  return octets.length === 4 ? octets : refuse(l10n.t('the mask {0} has {1} of 4 octets', text, octets.length));
}

/** The two masks that are both a netmask and a hostmask are taken where only one of them makes sense. */
function fromMask(address: IpAddress, text: string, mask: bigint): PrefixLength {
  const asNetmask = prefixLengthOfNetmask(address.version, mask);
  const asHostmask = prefixLengthOfHostmask(address.version, mask);
  const isDefaultRoute = mask === 0n && address.value === 0n;
  const isHost = mask !== 0n && address.value !== 0n;
  if (asNetmask !== null && (asHostmask === null || isDefaultRoute || isHost)) {
    return { prefixLength: asNetmask, readAs: ['netmask'] };
  }
  if (asNetmask !== null && asHostmask !== null) {
    const [low, high] = [asNetmask, asHostmask];
    refuse(l10n.t('{0} means /{1} as a netmask and /{2} as a wildcard mask: write the prefix length', text, low, high));
  }
  if (asHostmask !== null) return { prefixLength: asHostmask, readAs: ['hostmask'] };
  return refuse(notContiguous(address, text, mask));
}

function notContiguous({ version }: IpAddress, text: string, mask: bigint): string {
  if (version === 4 && mask >> 24n !== 255n && mask >> 24n !== 0n) {
    const other = formatAddress({ version, value: mask });
    return l10n.t('{0} is not a mask; for a range, put "-" between the two addresses', other);
  }
  return l10n.t('{0} is not a mask: its ones do not stand in one piece at either end', text);
}
