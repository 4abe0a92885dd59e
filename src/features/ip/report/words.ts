import * as l10n from '@vscode/l10n';
import type { IpInspection } from '../core/inspection';
import type { MulticastScope } from '../core/multicast';
import type { ReadAs } from '../core/parsed';
import type { Policy } from '../core/special';
import type { SpecialNote } from '../core/specialBlocks';

type AnyCategory = IpInspection['category'];

/** The category beside its label. */
export function categoryWord(category: AnyCategory): string {
  const words: Readonly<Record<AnyCategory, () => string>> = {
    global: () => l10n.t('Global unicast'),
    private: () => l10n.t('Private'),
    shared: () => l10n.t('Shared (carrier-grade NAT)'),
    loopback: () => l10n.t('Loopback'),
    'link-local': () => l10n.t('Link-local'),
    'unique-local': () => l10n.t('Unique local'),
    multicast: () => l10n.t('Multicast'),
    broadcast: () => l10n.t('Limited broadcast'),
    unspecified: () => l10n.t('Unspecified'),
    'this-network': () => l10n.t('"This network"'),
    documentation: () => l10n.t('Documentation'),
    benchmarking: () => l10n.t('Benchmarking'),
    protocol: () => l10n.t('IETF protocol assignment'),
    anycast: () => l10n.t('Anycast service'),
    translation: () => l10n.t('IPv4/IPv6 translation (NAT64)'),
    'ipv4-mapped': () => l10n.t('IPv4-mapped'),
    'ipv4-compatible': () => l10n.t('IPv4-compatible (deprecated)'),
    '6to4': () => l10n.t('6to4'),
    teredo: () => l10n.t('Teredo'),
    identifier: () => l10n.t('Identifier, not a location'),
    'segment-routing': () => l10n.t('Segment routing (SRv6)'),
    discard: () => l10n.t('Discard-only'),
    'site-local': () => l10n.t('Site-local (deprecated)'),
    deprecated: () => l10n.t('Ended assignment'),
    reserved: () => l10n.t('Reserved'),
    mixed: () => l10n.t('Several'),
  };
  return words[category]();
}

/** The category with what it is said of: "a private IPv4 address". */
export function categoryPhrase(category: AnyCategory, noun: string): string {
  const phrases: Readonly<Record<AnyCategory, () => string>> = {
    global: () => l10n.t('a global {0}', noun),
    private: () => l10n.t('a private {0}', noun),
    shared: () => l10n.t('a shared (carrier-grade NAT) {0}', noun),
    loopback: () => l10n.t('a loopback {0}', noun),
    'link-local': () => l10n.t('a link-local {0}', noun),
    'unique-local': () => l10n.t('a unique local {0}', noun),
    multicast: () => l10n.t('a multicast {0}', noun),
    broadcast: () => l10n.t('the limited broadcast {0}', noun),
    unspecified: () => l10n.t('the unspecified {0}', noun),
    'this-network': () => l10n.t('a "this network" {0}', noun),
    documentation: () => l10n.t('a documentation {0}', noun),
    benchmarking: () => l10n.t('a benchmarking {0}', noun),
    protocol: () => l10n.t('a protocol-assignment {0}', noun),
    anycast: () => l10n.t('an anycast-service {0}', noun),
    translation: () => l10n.t('a NAT64 {0}', noun),
    'ipv4-mapped': () => l10n.t('an IPv4-mapped {0}', noun),
    'ipv4-compatible': () => l10n.t('a deprecated IPv4-compatible {0}', noun),
    '6to4': () => l10n.t('a 6to4 {0}', noun),
    teredo: () => l10n.t('a Teredo {0}', noun),
    identifier: () => l10n.t('an identifier-only {0}', noun),
    'segment-routing': () => l10n.t('a segment-routing {0}', noun),
    discard: () => l10n.t('a discard-only {0}', noun),
    'site-local': () => l10n.t('a deprecated site-local {0}', noun),
    deprecated: () => l10n.t('a no longer assigned {0}', noun),
    reserved: () => l10n.t('a reserved {0}', noun),
    mixed: () => l10n.t('a mixed {0}', noun),
  };
  return phrases[category]();
}

export function policyWord(policy: Policy): string {
  const words: Readonly<Record<Policy, () => string>> = {
    yes: () => l10n.t('yes'),
    no: () => l10n.t('no'),
    depends: () => l10n.t('depends'),
    'not-stated': () => l10n.t('not stated'),
  };
  return words[policy]();
}

export function noteText(note: SpecialNote): string {
  const texts: Readonly<Record<SpecialNote, () => string>> = {
    exceptionsExist: () =>
      l10n.t('Some protocols may use these addresses on the wire all the same (RFC 8029, RFC 5884).'),
    moreSpecificOnly: () => l10n.t('Usable only where a more specific assignment allows it.'),
    seeTeredo: () => l10n.t('Global reachability depends on Teredo relays: see RFC 4380, section 5.'),
    see6to4: () => l10n.t('Global reachability depends on the IPv4 address inside and on 6to4 relays: see RFC 3056.'),
    notGloballyRouted: () =>
      l10n.t('Drawn from the global unicast range, but specified as not globally routed: see RFC 4193.'),
  };
  return texts[note]();
}

export function scopeWord(scope: MulticastScope): string {
  const words: Readonly<Record<MulticastScope, () => string>> = {
    'interface-local': () => l10n.t('Interface-local: does not leave the host'),
    'link-local': () => l10n.t('Link-local: does not leave the link'),
    'realm-local': () => l10n.t('Realm-local: the network technology draws the border'),
    'admin-local': () => l10n.t('Admin-local: the smallest scope that is configured by hand'),
    'site-local': () => l10n.t('Site-local: one site'),
    'organization-local': () => l10n.t('Organization-local: the sites of one organization'),
    global: () => l10n.t('Global'),
    local: () => l10n.t('Local: the smallest scope that an administrator draws'),
    reserved: () => l10n.t('Reserved'),
    unassigned: () => l10n.t('Unassigned'),
  };
  return words[scope]();
}

export function readAsText(readAs: ReadAs): string {
  const texts: Readonly<Record<ReadAs, () => string>> = {
    decimal: () => l10n.t('Read as a decimal integer.'),
    hexadecimal: () => l10n.t('Read as a hexadecimal integer.'),
    binary: () => l10n.t('Read as a binary integer.'),
    netmask: () => l10n.t('The mask was read as a netmask.'),
    hostmask: () => l10n.t('The mask was read as a wildcard mask (hostmask): its zeros mark the network.'),
    partial: () => l10n.t('The octets that are not written were taken as 0.'),
    wildcard: () => l10n.t('Each "*" was taken as a whole octet.'),
    reverseName: () => l10n.t('Read from a reverse name.'),
  };
  return texts[readAs]();
}

export function statusText(status: string): string {
  const texts: Readonly<Record<string, () => string>> = {
    ALLOCATED: () => l10n.t('allocated'),
    LEGACY: () => l10n.t('legacy: assigned before the regional registries'),
    RESERVED: () => l10n.t('reserved'),
  };
  return texts[status]?.() ?? status;
}

/** 16,777,216; a power of two beyond 2^53 as 2^64, other numbers with all digits. */
export function countText(count: string): string {
  const value = BigInt(count);
  const power = value.toString(2).length - 1;
  return power > 53 && value === 1n << BigInt(power) ? `2^${power}` : groupedText(count);
}

/** Groups of three digits, which English and Chinese write alike. */
export function groupedText(count: string): string {
  return count.replace(/\B(?=(\d{3})+$)/g, ',');
}
