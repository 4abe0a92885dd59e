import * as l10n from '@vscode/l10n';
import type { Block, Fact, SectionBlock, TableBlock } from '../../../report/model';
import type { IpInspection } from '../core/inspection';
import type { DerivedGroup } from '../core/multicast';
import { categoryWord, countText, noteText, policyWord, scopeWord, statusText } from './words';

type Multicast = NonNullable<IpInspection['multicast']>;
type Special = NonNullable<IpInspection['special']>;
type Allocation = IpInspection['allocations'][number];

export function multicastSection({ multicast }: IpInspection): readonly SectionBlock[] {
  if (multicast === null) return [];
  const { scope, block, assignment, transient, derived } = multicast;
  const items: readonly Fact[] = [
    ...groupFact(l10n.t('Registered as'), assignment),
    ...(scope === null ? [] : [{ label: l10n.t('Scope'), value: scopeWord(scope) }]),
    ...groupFact(l10n.t('Block'), block),
    ...(transient === null ? [] : [{ label: l10n.t('Kind of group'), value: transientText(transient) }]),
    ...(derived === null ? [] : [derivedFact(derived)]),
    registryFact(multicast.registry),
  ];
  return [{ kind: 'section', title: l10n.t('Multicast'), blocks: [{ kind: 'facts', items }] }];
}

function groupFact(label: string, group: Multicast['assignment']): readonly Fact[] {
  if (group === null) return [];
  return [{ label, value: group.name, note: [group.addresses, ...group.references].join(', ') }];
}

function transientText(isTransient: boolean): string {
  return isTransient ? l10n.t('transient: chosen by its users') : l10n.t('well-known: assigned by IANA');
}

function derivedFact(derived: DerivedGroup): Fact {
  switch (derived.kind) {
    case 'glop':
      return { label: l10n.t('Autonomous system'), value: `AS${derived.asNumber}`, note: l10n.t('GLOP, RFC 3180') };
    case 'unicast-prefix':
      return { label: l10n.t('Owner'), value: derived.network, code: true, note: l10n.t('whoever has this network') };
    case 'source-specific':
      return { label: l10n.t('Sender'), value: l10n.t('one only: source-specific multicast (RFC 4607)') };
    case 'rendezvous-point':
      return { label: l10n.t('Rendezvous point'), value: derived.address, code: true, note: l10n.t('RFC 3956') };
    case 'solicited-node': {
      const value = l10n.t('all unicast addresses that end in {0}', derived.suffix);
      return { label: l10n.t('Solicited node'), value };
    }
  }
}

export function partsTable({ parts, partCount }: IpInspection): readonly TableBlock[] {
  if (partCount < 2) return [];
  return [
    {
      kind: 'table',
      id: 'parts',
      title:
        parts.length < partCount
          ? l10n.t('Parts by category (the first {0} of {1})', parts.length, partCount)
          : l10n.t('Parts by category'),
      columns: [
        { id: 'first', title: l10n.t('First address'), code: true },
        { id: 'last', title: l10n.t('Last address'), code: true },
        { id: 'addresses', title: l10n.t('Addresses') },
        { id: 'category', title: l10n.t('Category') },
        { id: 'global', title: l10n.t('Global'), description: l10n.t('Globally reachable') },
        { id: 'reference', title: l10n.t('Reference') },
      ],
      rows: parts.map((part) => [
        part.first,
        part.last,
        countText(part.addresses),
        part.name ?? categoryWord(part.category),
        part.globallyReachable === null ? null : part.globallyReachable ? l10n.t('yes') : l10n.t('no'),
        part.references.join(', ') || null,
      ]),
    },
  ];
}

export function blocksTable({ range }: IpInspection): readonly TableBlock[] {
  if (range === null || range.blockCount < 2) return [];
  const { blocks, blockCount } = range;
  return [
    {
      kind: 'table',
      id: 'blocks',
      title:
        blocks.length < blockCount
          ? l10n.t('CIDR blocks that cover the range (the first {0} of {1})', blocks.length, blockCount)
          : l10n.t('CIDR blocks that cover the range'),
      columns: [{ id: 'network', title: l10n.t('Network'), code: true }],
      rows: blocks.map((block) => [block]),
      rowKeys: blocks,
    },
  ];
}

export function spellingSection(result: IpInspection): SectionBlock {
  const { version, expanded, otherSpellings, integer, hex, binary, ipv6Forms, solicitedNode, network } = result;
  const row = (label: string, value: string | null | undefined): readonly Fact[] =>
    value === null || value === undefined ? [] : [{ label, value, code: true }];
  const items = [
    ...(version === 6 ? row(l10n.t('Expanded'), expanded) : []),
    ...otherSpellings.flatMap((text) => row(l10n.t('Also written'), text)),
    ...row(l10n.t('Integer'), integer),
    ...row(l10n.t('Hexadecimal'), hex),
    ...row(l10n.t('Binary'), binary),
    ...row(l10n.t('Solicited-node group'), solicitedNode),
    ...row(l10n.t('IPv4-mapped'), ipv6Forms?.ipv4Mapped),
    ...row(l10n.t('6to4 prefix'), ipv6Forms?.sixToFour),
    ...row(l10n.t('NAT64'), ipv6Forms?.nat64),
    ...(version === 6 ? row(l10n.t('Netmask'), network?.netmask) : []),
  ];
  return { kind: 'section', title: l10n.t('Other spellings'), blocks: [{ kind: 'facts', items }] };
}

export function registrySection({ special, allocations, allocationCount }: IpInspection): SectionBlock {
  const blocks: readonly Block[] = [
    ...(special === null ? [] : specialBlocks(special)),
    ...(allocationCount === 1 ? allocations.map(allocationBlock) : [allocationTable(allocations, allocationCount)]),
  ];
  return { kind: 'section', title: l10n.t('IANA registries'), blocks };
}

function specialBlocks(special: Special): readonly Block[] {
  const policy = (label: string, value: Special['source']): Fact => ({ label, value: policyWord(value) });
  const items: readonly Fact[] = [
    { label: l10n.t('Block'), value: special.prefix, code: true, note: special.name },
    { label: l10n.t('Reference'), value: special.references.join('; ') },
    { label: l10n.t('Assigned'), value: special.allocated },
    ...(special.terminated === null ? [] : [{ label: l10n.t('Ended'), value: special.terminated }]),
    policy(l10n.t('As source'), special.source),
    policy(l10n.t('As destination'), special.destination),
    policy(l10n.t('Forwardable'), special.forwardable),
    policy(l10n.t('Globally reachable'), special.globallyReachable),
    policy(l10n.t('Reserved by protocol'), special.reservedByProtocol),
    registryFact(special.registry),
  ];
  const facts: Block = { kind: 'facts', title: l10n.t('Special purpose'), items };
  return special.note === null ? [facts] : [facts, { kind: 'text', style: 'note', text: noteText(special.note) }];
}

function allocationBlock(allocation: Allocation): Block {
  const { date, whois, status, references } = allocation;
  const items: readonly Fact[] = [
    { label: l10n.t('Block'), value: allocation.prefix, code: true },
    { label: l10n.t('Designation'), value: allocation.designation },
    ...(status === null ? [] : [{ label: l10n.t('Status'), value: statusText(status) }]),
    ...(date === null ? [] : [{ label: l10n.t('Date'), value: date }]),
    ...(whois === null ? [] : [{ label: l10n.t('WHOIS'), value: whois, code: true }]),
    ...(references.length === 0 ? [] : [{ label: l10n.t('Reference'), value: references.join(', ') }]),
    registryFact(allocation.registry),
  ];
  return { kind: 'facts', title: l10n.t('Address space'), items };
}

function allocationTable(allocations: readonly Allocation[], count: number): TableBlock {
  return {
    kind: 'table',
    id: 'allocations',
    title:
      allocations.length < count
        ? l10n.t('Address space (the first {0} of {1} blocks)', allocations.length, count)
        : l10n.t('Address space'),
    columns: [
      { id: 'block', title: l10n.t('Block'), code: true },
      { id: 'designation', title: l10n.t('Designation') },
      { id: 'status', title: l10n.t('Status') },
      { id: 'date', title: l10n.t('Date') },
      { id: 'whois', title: l10n.t('WHOIS'), code: true },
    ],
    rows: allocations.map(({ prefix, designation, status, date, whois }) => [
      prefix,
      designation,
      status === null ? null : statusText(status),
      date,
      whois,
    ]),
    rowKeys: allocations.map(({ prefix }) => prefix),
  };
}

function registryFact({ title, updated }: Special['registry']): Fact {
  return { label: l10n.t('Registry'), value: title, note: l10n.t('as of {0}', updated) };
}
