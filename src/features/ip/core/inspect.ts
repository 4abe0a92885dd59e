import {
  binaryOf,
  expandAddress,
  formatAddress,
  formatInGroups,
  formatMixed,
  hexOf,
  type AddressSpan,
  type IpAddress,
} from './address';
import { classifiedParts } from './classify';
import { embeddedIn, ipv4Carriers, ipv6FormsOf, solicitedNodeOf } from './embedded';
import type { IpInspection } from './inspection';
import { meaningOf } from './meaning';
import { networkOf, prefixLengthOfHostmask, prefixLengthOfNetmask, spanOf } from './network';
import type { Parsed, Subject } from './parsed';
import { reverseNameOf } from './reverseName';
import { networkFacts, rangeFacts } from './structure';

/** All that can be known of the text without asking anybody. */
export function inspect(parsed: Parsed): IpInspection {
  const { subject } = parsed;
  const span = spanOfSubject(subject);
  const kind = kindOf(subject);
  const shown: IpAddress = subject.kind === 'range' ? { version: span.version, value: span.first } : subject.address;
  const isSingle = kind === 'interface' || (kind !== 'range' && span.first === span.last);
  return {
    given: parsed.given,
    readAs: parsed.readAs,
    kind,
    version: span.version,
    ...spellings(parsed, shown),
    zone: parsed.zone ?? null,
    port: parsed.port ?? null,
    integer: shown.value.toString(),
    hex: hexOf(shown),
    binary: binaryOf(shown),
    reverseName: isSingle ? reverseNameOf(shown) : null,
    ...structureOf(subject),
    asMask: kind === 'address' ? maskOf(shown) : null,
    ...meaningOf(isSingle ? singleSpan(shown) : span),
    ...relativesOf(shown, subject, isSingle),
  };
}

function kindOf(subject: Subject): IpInspection['kind'] {
  if (subject.kind !== 'prefix') return subject.kind;
  const { address, prefixLength } = subject;
  return networkOf(address.version, address.value, prefixLength).base === address.value ? 'network' : 'interface';
}

function spanOfSubject(subject: Subject): AddressSpan {
  if (subject.kind === 'range') return subject.span;
  const { version, value } = subject.address;
  return subject.kind === 'address'
    ? singleSpan(subject.address)
    : spanOf(networkOf(version, value, subject.prefixLength));
}

function singleSpan({ version, value }: IpAddress): AddressSpan {
  return { version, first: value, last: value };
}

type Spellings = Pick<IpInspection, 'canonical' | 'expanded' | 'otherSpellings'>;
type Write = (text: (address: IpAddress) => string) => string;

function spellings({ subject, zone }: Parsed, shown: IpAddress): Spellings {
  const suffix = zone === undefined ? '' : `%${zone}`;
  const write: Write = (text) => {
    if (subject.kind === 'address') return `${text(shown)}${suffix}`;
    if (subject.kind === 'prefix') return `${text(shown)}${suffix}/${subject.prefixLength}`;
    return `${text(shown)}${suffix}-${text({ version: shown.version, value: subject.span.last })}${suffix}`;
  };
  const canonical = write(formatAddress);
  const others = shown.version === 4 ? [] : otherIpv6Spellings(write, shown.value);
  return { canonical, expanded: write(expandAddress), otherSpellings: others.filter((text) => text !== canonical) };
}

/** In groups only, and dotted where the last 32 bits are known to be an IPv4 address (RFC 5952 section 5). */
function otherIpv6Spellings(write: Write, value: bigint): readonly string[] {
  const carriers: readonly string[] = ipv4Carriers.filter((carrier) => carrier !== '6to4');
  const isDotted = embeddedIn(value, 128).some(({ kind }) => carriers.includes(kind));
  const inGroups = write((address) => formatInGroups(address.value));
  return isDotted ? [inGroups, write((address) => formatMixed(address.value))] : [inGroups];
}

/** 255.255.255.255 and 0.0.0.0 have a meaning of their own that everybody knows. */
function maskOf({ version, value }: IpAddress): IpInspection['asMask'] {
  if (version === 6) return null;
  const netmask = prefixLengthOfNetmask(4, value) ?? 0;
  if (netmask > 0 && netmask < 32) return { kind: 'netmask', prefixLength: netmask };
  const hostmask = prefixLengthOfHostmask(4, value) ?? 0;
  return hostmask > 0 && hostmask < 32 ? { kind: 'hostmask', prefixLength: hostmask } : null;
}

function structureOf(subject: Subject): Pick<IpInspection, 'network' | 'range'> {
  if (subject.kind === 'address') return { network: null, range: null };
  if (subject.kind === 'range') return { network: null, range: rangeFacts(subject.span) };
  const { address, prefixLength } = subject;
  return { network: networkFacts(networkOf(address.version, address.value, prefixLength), address), range: null };
}

type Relatives = Pick<IpInspection, 'embedded' | 'solicitedNode' | 'ipv6Forms'>;

function relativesOf(shown: IpAddress, subject: Subject, isSingle: boolean): Relatives {
  if (shown.version === 4) {
    const isGlobal = classifiedParts(singleSpan(shown))[0]?.globallyReachable === true;
    return { embedded: [], solicitedNode: null, ipv6Forms: isSingle ? ipv6FormsOf(shown.value, isGlobal) : null };
  }
  const prefixLength = subject.kind === 'prefix' && !isSingle ? subject.prefixLength : 128;
  const isUnicast = shown.value !== 0n && shown.value >> 120n !== 0xffn;
  return {
    embedded: subject.kind === 'range' ? [] : embeddedIn(shown.value, prefixLength),
    solicitedNode: isSingle && isUnicast ? solicitedNodeOf(shown.value) : null,
    ipv6Forms: null,
  };
}
