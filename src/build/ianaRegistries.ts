import * as fs from 'node:fs';
import * as path from 'node:path';
import { childrenOf, parseXml, textOf, type XmlElement } from './ianaXml';

/**
 * Makes src/features/ip/core/registries.json from the XML files of four IANA registries, given by path in any order:
 * ipv4-address-space, ipv6-address-space, ipv6-unicast-address-assignments and multicast-addresses.
 *
 *     node out/src/build/ianaRegistries.js FILE.xml FILE.xml FILE.xml FILE.xml
 *
 * Kept is what a report shows; a row that says "Unassigned" is dropped, as absence says the same.
 */
export interface Registries {
  readonly ipv4AddressSpace: Registry;
  readonly ipv6AddressSpace: Registry;
  readonly ipv6Unicast: Registry;
  readonly ipv4Multicast: Registry & {
    /** The blocks of the registry: [first-last, name, RFC numbers]. */
    readonly blocks: readonly Row[];
    /** Offsets from the top of a scoped range (RFC 2365 section 9): [offset, name, RFC numbers, date]. */
    readonly relative: readonly Row[];
  };
}

export interface Registry {
  readonly title: string;
  /** The date of the registry, YYYY-MM-DD. */
  readonly updated: string;
  /**
   * Address space: [prefix, designation, RFC numbers, date, whois, status].
   * Multicast: [address or first-last, name, RFC numbers, date]. RFC numbers are separated by spaces.
   */
  readonly rows: readonly Row[];
}

export type Row = readonly string[];

/**
 * Rows that IANA added after the date of the file that was at hand; one older than the file is left out, as the
 * file has it. The registry then has the date of the newest of them.
 */
const laterRows: Readonly<Record<string, readonly Row[]>> = {
  'ipv6-unicast-address-assignments': [['2410::/12', 'APNIC', '', '2024-11-01', 'whois.apnic.net', 'ALLOCATED']],
};

/** Throws when one of the four is missing or a record has no address. */
export function registriesFrom(documents: readonly XmlElement[]): Registries {
  const byId = new Map(documents.map((document) => [document.attributes['id'], document]));
  const find = (id: string): XmlElement => {
    const document = byId.get(id);
    if (document === undefined) throw new Error(`The registry ${id} was not given.`);
    return document;
  };
  return {
    ipv4AddressSpace: registry(find('ipv4-address-space'), addressSpaceRow),
    ipv6AddressSpace: registry(find('ipv6-address-space'), addressSpaceRow),
    ipv6Unicast: registry(find('ipv6-unicast-address-assignments'), addressSpaceRow),
    ipv4Multicast: multicastRegistry(find('multicast-addresses')),
  };
}

function registry(document: XmlElement, rowOf: (record: XmlElement) => Row): Registry {
  const title = textOf(childrenOf(document, 'title')[0]);
  const updated = textOf(childrenOf(document, 'updated')[0]);
  const rows = recordsOf(document).map(rowOf);
  const later = (laterRows[document.attributes['id'] ?? ''] ?? []).filter((row) => dateOf(row) > updated);
  const latest = [updated, ...later.map(dateOf)].sort().at(-1) ?? updated;
  return { title, updated: latest, rows: [...rows, ...later] };
}

function dateOf(row: Row): string {
  return row[3] ?? '';
}

/** Records stand directly in a registry or in the registries inside it. */
function recordsOf(element: XmlElement): readonly XmlElement[] {
  return [...childrenOf(element, 'record'), ...childrenOf(element, 'registry').flatMap(recordsOf)];
}

function addressSpaceRow(record: XmlElement): Row {
  const field = (name: string): string => textOf(childrenOf(record, name)[0]);
  const designation = field('designation') || field('description');
  const date = field('date') || (record.attributes['date'] ?? '');
  return [prefixText(field('prefix')), designation, rfcsOf(record), date, field('whois'), field('status')];
}

/** The IPv4 registry writes 010/8, the IPv6 ones 2001:0200::/23; both become the usual text. */
function prefixText(text: string): string {
  const short = /^(\d{3})\/8$/.exec(text);
  if (short !== null) return `${Number(short[1])}.0.0.0/8`;
  const long = /^([0-9a-f:]+)::\/(\d+)$/i.exec(text);
  if (long === null) throw new Error(`"${text}" is no prefix of a registry.`);
  const groups = (long[1] ?? '').split(':').map((group) => parseInt(group, 16).toString(16));
  while (groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::/${long[2]}`;
}

/** Only what the record itself cites, not its notes about other blocks. */
function rfcsOf(element: XmlElement): string {
  const cited = childrenOf(element, 'xref').filter((reference) => reference.attributes['type'] === 'rfc');
  return cited.map((reference) => (reference.attributes['data'] ?? '').replace(/^rfc0*/, '')).join(' ');
}

function multicastRegistry(document: XmlElement): Registries['ipv4Multicast'] {
  const parts = childrenOf(document, 'registry');
  const absolute = parts.filter((part) => childrenOf(part, 'record').some((record) => childrenOf(record, 'addr')[0]));
  const relative = parts.filter((part) => !absolute.includes(part)).flatMap(recordsOf);
  const rows = absolute.flatMap(recordsOf).map((record) => multicastRow(record, 'addr'));
  return {
    ...registry({ ...document, children: document.children.filter((child) => !isRegistry(child)) }, () => []),
    blocks: absolute.map(blockRow),
    rows: rows.filter(isAssigned),
    relative: relative.map((record) => multicastRow(record, 'relative')).filter(isAssigned),
  };
}

function isRegistry(child: XmlElement | string): boolean {
  return typeof child !== 'string' && child.name === 'registry';
}

function isAssigned(row: Row): boolean {
  return row[1] !== 'Unassigned';
}

function multicastRow(record: XmlElement, addressName: string): Row {
  const address = textOf(childrenOf(record, addressName)[0]).replace(/\s+/g, '');
  if (address === '') throw new Error(`A record has no ${addressName}: ${textOf(record)}`);
  // Whether a temporary registration was extended is out of date soon.
  const name = textOf(childrenOf(record, 'description')[0]).replace(/\s*\(TEMPORARY.*\)$/, '');
  return [address, name, rfcsOf(record), record.attributes['date'] ?? ''];
}

/** From the first to the last address of its records: the titles write the range in five ways, one with a slip. */
function blockRow(part: XmlElement): Row {
  const ends = recordsOf(part).flatMap((record) => textOf(childrenOf(record, 'addr')[0]).split('-'));
  const title = textOf(childrenOf(part, 'title')[0]);
  const name = title.replace(/\s*\(?\d+\.\d+\.\d+\.\d+.*$/, '');
  return [`${ends[0]?.trim()}-${ends.at(-1)?.trim()}`, name === 'RESERVED' ? 'Reserved' : name, rfcsOf(part)];
}

/** One row a line, as Prettier leaves it. */
export function printRegistries(registries: Registries): string {
  const lists = (value: Readonly<Record<string, unknown>>, indent: string): string =>
    Object.entries(value)
      .map(([key, field]) => `${indent}${JSON.stringify(key)}: ${printed(field, indent)}`)
      .join(',\n');
  const printed = (field: unknown, indent: string): string => {
    if (!Array.isArray(field)) return JSON.stringify(field);
    const rows = field.map((row: Row) => `${indent}  [${row.map((cell) => JSON.stringify(cell)).join(', ')}]`);
    return `[\n${rows.join(',\n')}\n${indent}]`;
  };
  const parts = Object.entries(registries).map(
    ([key, registry]) =>
      `  ${JSON.stringify(key)}: {\n${lists(registry as Registry & Record<string, unknown>, '    ')}\n  }`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

function main(paths: readonly string[]): void {
  const documents = paths.map((file) => parseXml(fs.readFileSync(file, 'utf8')));
  const target = path.resolve('src', 'features', 'ip', 'core', 'registries.json');
  fs.writeFileSync(target, printRegistries(registriesFrom(documents)));
}

if (require.main === module) main(process.argv.slice(2));
