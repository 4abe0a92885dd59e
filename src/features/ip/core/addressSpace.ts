import type { AddressSpan } from './address';
import { spanOfText } from './blockText';
import { overlaps } from './network';
import registries from './registries.json';

/** A row of an address-space registry of IANA. Empty texts are null. */
export interface Allocation {
  readonly span: AddressSpan;
  readonly row: AllocationFacts;
}

export interface AllocationFacts {
  readonly prefix: string;
  /** Whom or what it is for: "APNIC", "Administered by ARIN", "Reserved by IETF". */
  readonly designation: string;
  readonly references: readonly string[];
  /** YYYY-MM or YYYY-MM-DD. */
  readonly date: string | null;
  readonly whois: string | null;
  /** ALLOCATED, LEGACY or RESERVED; the IPv6 address space has none. */
  readonly status: string | null;
  /** The regional registry that looks after it: ARIN, RIPE NCC, APNIC, LACNIC or AFRINIC. */
  readonly rir: string | null;
  readonly registry: RegistryName;
}

export interface RegistryName {
  readonly title: string;
  /** The date of the registry, YYYY-MM-DD. */
  readonly updated: string;
}

interface AddressSpaceRegistry extends RegistryName {
  readonly rows: readonly (readonly string[])[];
}

const rirByWhois: Readonly<Record<string, string>> = {
  'whois.afrinic.net': 'AFRINIC',
  'whois.apnic.net': 'APNIC',
  'whois.arin.net': 'ARIN',
  'whois.lacnic.net': 'LACNIC',
  'whois.ripe.net': 'RIPE NCC',
};

/** The rows that have a part of the span, in ascending order; of IPv6, the assignments before the space around them. */
export function allocationsIn(span: AddressSpan): readonly Allocation[] {
  if (span.version === 4) return rowsOf(registries.ipv4AddressSpace, span);
  return [...rowsOf(registries.ipv6Unicast, span), ...rowsOf(registries.ipv6AddressSpace, span)];
}

function rowsOf({ title, updated, rows }: AddressSpaceRegistry, wanted: AddressSpan): readonly Allocation[] {
  const all = rows.map((row) => ({ row, span: spanOfText(wanted.version, row[0] ?? '') }));
  return all
    .filter(({ span }) => overlaps(span, wanted))
    .sort((one, other) => (one.span.first < other.span.first ? -1 : 1))
    .map(({ row, span }) => ({ span, row: factsOf(row, { title, updated }) }));
}

function factsOf(row: readonly string[], registry: RegistryName): AllocationFacts {
  const [prefix = '', designation = '', rfcs = '', date = '', whois = '', status = ''] = row;
  return {
    prefix,
    designation,
    references: rfcNames(rfcs),
    date: date === '' ? null : date,
    whois: whois === '' ? null : whois,
    status: status === '' ? null : status,
    rir: rirByWhois[whois] ?? null,
    registry,
  };
}

/** "1112 5771" → ["RFC 1112", "RFC 5771"] */
export function rfcNames(numbers: string): readonly string[] {
  return numbers === '' ? [] : numbers.split(' ').map((number) => `RFC ${number}`);
}
