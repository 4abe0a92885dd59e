import type { IpVersion } from './address';
import type { Category } from './category';

/**
 * The two special-purpose address registries of IANA (RFC 6890, RFC 8190), all rows, as of `updated`. Where two
 * prefixes share a row they are two rows here. These registries are kept by hand: they are short, change about once a
 * year, and the category of a row is a judgement of this table, not of IANA.
 */
export interface SpecialRegistry {
  readonly title: string;
  readonly updated: string;
  readonly rows: readonly SpecialRow[];
}

/**
 * [prefix, name, references, allocation date, policy, category, footnote].
 *
 * The policy has one letter each for source, destination, forwardable, globally reachable and reserved by protocol:
 * T true, F false, N not applicable, and - where the registry is empty because the assignment has ended; the date of
 * the end then follows the allocation date after a slash.
 */
export type SpecialRow = readonly [string, string, string, string, string, Category, SpecialNote?];

/** What the footnotes of the registries say. */
export const specialNotes = [
  'exceptionsExist', // several protocols may use it all the same (RFC 8029, RFC 5884)
  'moreSpecificOnly', // usable only where a more specific row allows it
  'seeTeredo', // RFC 4380 section 5
  'see6to4', // RFC 3056
  'notGloballyRouted', // RFC 4193
] as const;

export type SpecialNote = (typeof specialNotes)[number];

const ipv4: SpecialRegistry = {
  title: 'IANA IPv4 Special-Purpose Address Registry',
  updated: '2025-10-09',
  rows: [
    ['0.0.0.0/8', '"This network"', 'RFC 791, section 3.2', '1981-09', 'TFFFT', 'this-network'],
    ['0.0.0.0/32', '"This host on this network"', 'RFC 1122, section 3.2.1.3', '1981-09', 'TFFFT', 'unspecified'],
    ['10.0.0.0/8', 'Private-Use', 'RFC 1918', '1996-02', 'TTTFF', 'private'],
    ['100.64.0.0/10', 'Shared Address Space', 'RFC 6598', '2012-04', 'TTTFF', 'shared'],
    ['127.0.0.0/8', 'Loopback', 'RFC 1122, section 3.2.1.3', '1981-09', 'FFFFT', 'loopback', 'exceptionsExist'],
    ['169.254.0.0/16', 'Link Local', 'RFC 3927', '2005-05', 'TTFFT', 'link-local'],
    ['172.16.0.0/12', 'Private-Use', 'RFC 1918', '1996-02', 'TTTFF', 'private'],
    [
      '192.0.0.0/24',
      'IETF Protocol Assignments',
      'RFC 6890, section 2.1',
      '2010-01',
      'FFFFF',
      'protocol',
      'moreSpecificOnly',
    ],
    ['192.0.0.0/29', 'IPv4 Service Continuity Prefix', 'RFC 7335', '2011-06', 'TTTFF', 'protocol'],
    ['192.0.0.8/32', 'IPv4 dummy address', 'RFC 7600', '2015-03', 'TFFFF', 'protocol'],
    ['192.0.0.9/32', 'Port Control Protocol Anycast', 'RFC 7723', '2015-10', 'TTTTF', 'anycast'],
    ['192.0.0.10/32', 'Traversal Using Relays around NAT Anycast', 'RFC 8155', '2017-02', 'TTTTF', 'anycast'],
    ['192.0.0.170/32', 'NAT64/DNS64 Discovery', 'RFC 8880; RFC 7050, section 2.2', '2013-02', 'FFFFT', 'protocol'],
    ['192.0.0.171/32', 'NAT64/DNS64 Discovery', 'RFC 8880; RFC 7050, section 2.2', '2013-02', 'FFFFT', 'protocol'],
    ['192.0.2.0/24', 'Documentation (TEST-NET-1)', 'RFC 5737', '2010-01', 'FFFFF', 'documentation'],
    ['192.31.196.0/24', 'AS112-v4', 'RFC 7535', '2014-12', 'TTTTF', 'anycast'],
    ['192.52.193.0/24', 'AMT', 'RFC 7450', '2014-12', 'TTTTF', 'anycast'],
    ['192.88.99.0/24', 'Deprecated (6to4 Relay Anycast)', 'RFC 7526', '2001-06/2015-03', '-----', 'deprecated'],
    ['192.88.99.2/32', '6a44-relay anycast address', 'RFC 6751', '2012-10', 'TTTFF', 'anycast'],
    ['192.168.0.0/16', 'Private-Use', 'RFC 1918', '1996-02', 'TTTFF', 'private'],
    ['192.175.48.0/24', 'Direct Delegation AS112 Service', 'RFC 7534', '1996-01', 'TTTTF', 'anycast'],
    ['198.18.0.0/15', 'Benchmarking', 'RFC 2544', '1999-03', 'TTTFF', 'benchmarking'],
    ['198.51.100.0/24', 'Documentation (TEST-NET-2)', 'RFC 5737', '2010-01', 'FFFFF', 'documentation'],
    ['203.0.113.0/24', 'Documentation (TEST-NET-3)', 'RFC 5737', '2010-01', 'FFFFF', 'documentation'],
    ['240.0.0.0/4', 'Reserved', 'RFC 1112, section 4', '1989-08', 'FFFFT', 'reserved'],
    ['255.255.255.255/32', 'Limited Broadcast', 'RFC 8190; RFC 919, section 7', '1984-10', 'FTFFT', 'broadcast'],
  ],
};

const ipv6: SpecialRegistry = {
  title: 'IANA IPv6 Special-Purpose Address Registry',
  updated: '2025-10-09',
  rows: [
    ['::1/128', 'Loopback Address', 'RFC 4291', '2006-02', 'FFFFT', 'loopback'],
    ['::/128', 'Unspecified Address', 'RFC 4291', '2006-02', 'TFFFT', 'unspecified'],
    ['::ffff:0:0/96', 'IPv4-mapped Address', 'RFC 4291', '2006-02', 'FFFFT', 'ipv4-mapped'],
    ['64:ff9b::/96', 'IPv4-IPv6 Translat.', 'RFC 6052', '2010-10', 'TTTTF', 'translation'],
    ['64:ff9b:1::/48', 'IPv4-IPv6 Translat.', 'RFC 8215', '2017-06', 'TTTFF', 'translation'],
    ['100::/64', 'Discard-Only Address Block', 'RFC 6666', '2012-06', 'TTTFF', 'discard'],
    ['100:0:0:1::/64', 'Dummy IPv6 Prefix', 'RFC 9780', '2025-04', 'TFFFF', 'protocol'],
    ['2001::/23', 'IETF Protocol Assignments', 'RFC 2928', '2000-09', 'FFFFF', 'protocol', 'moreSpecificOnly'],
    ['2001::/32', 'TEREDO', 'RFC 4380; RFC 8190', '2006-01', 'TTTNF', 'teredo', 'seeTeredo'],
    ['2001:1::1/128', 'Port Control Protocol Anycast', 'RFC 7723', '2015-10', 'TTTTF', 'anycast'],
    ['2001:1::2/128', 'Traversal Using Relays around NAT Anycast', 'RFC 8155', '2017-02', 'TTTTF', 'anycast'],
    ['2001:1::3/128', 'DNS-SD Service Registration Protocol Anycast', 'RFC 9665', '2024-04', 'TTTTF', 'anycast'],
    ['2001:2::/48', 'Benchmarking', 'RFC 5180; RFC Errata 1752', '2008-04', 'TTTFF', 'benchmarking'],
    ['2001:3::/32', 'AMT', 'RFC 7450', '2014-12', 'TTTTF', 'anycast'],
    ['2001:4:112::/48', 'AS112-v6', 'RFC 7535', '2014-12', 'TTTTF', 'anycast'],
    ['2001:10::/28', 'Deprecated (previously ORCHID)', 'RFC 4843', '2007-03/2014-03', '-----', 'deprecated'],
    ['2001:20::/28', 'ORCHIDv2', 'RFC 7343', '2014-07', 'TTTTF', 'identifier'],
    [
      '2001:30::/28',
      'Drone Remote ID Protocol Entity Tags (DETs) Prefix',
      'RFC 9374',
      '2022-12',
      'TTTTF',
      'identifier',
    ],
    ['2001:db8::/32', 'Documentation', 'RFC 3849', '2004-07', 'FFFFF', 'documentation'],
    ['2002::/16', '6to4', 'RFC 3056', '2001-02', 'TTTNF', '6to4', 'see6to4'],
    ['2620:4f:8000::/48', 'Direct Delegation AS112 Service', 'RFC 7534', '2011-05', 'TTTTF', 'anycast'],
    ['3fff::/20', 'Documentation', 'RFC 9637', '2024-07', 'FFFFF', 'documentation'],
    ['5f00::/16', 'Segment Routing (SRv6) SIDs', 'RFC 9602', '2024-04', 'TTTFF', 'segment-routing'],
    ['fc00::/7', 'Unique-Local', 'RFC 4193; RFC 8190', '2005-10', 'TTTFF', 'unique-local', 'notGloballyRouted'],
    ['fe80::/10', 'Link-Local Unicast', 'RFC 4291', '2006-02', 'TTFFT', 'link-local'],
  ],
};

export function specialRegistry(version: IpVersion): SpecialRegistry {
  return version === 4 ? ipv4 : ipv6;
}
