import { formatAddress, type AddressSpan } from './address';
import { allocationsIn, type Allocation } from './addressSpace';
import { classifiedParts, specialBlockOf, type ClassifiedPart } from './classify';
import { maxListed, type IpInspection } from './inspection';
import { multicastOf } from './multicast';
import { contains, sizeOf } from './network';

export type Meaning = Pick<
  IpInspection,
  'category' | 'globallyReachable' | 'special' | 'allocations' | 'allocationCount' | 'multicast' | 'parts' | 'partCount'
>;

const maxAllocations = 8;

/** What the registries say about the addresses. */
export function meaningOf(span: AddressSpan): Meaning {
  const parts = classifiedParts(span);
  const special = specialBlockOf(span);
  const allocations = nearestAllocations(span);
  const categories = new Set(parts.map(({ category }) => category));
  const reach = new Set(parts.map(({ globallyReachable }) => globallyReachable));
  const only = categories.size === 1 ? parts[0]?.category : undefined;
  return {
    category: only ?? special?.category ?? 'mixed',
    globallyReachable: reach.size === 1 ? (parts[0]?.globallyReachable ?? null) : null,
    special: special?.row ?? null,
    allocations: allocations.slice(0, maxAllocations).map(({ row }) => row),
    allocationCount: allocations.length,
    multicast: only === 'multicast' ? multicastOf(span) : null,
    parts: parts.slice(0, maxListed).map(partFacts),
    partCount: parts.length,
  };
}

/** The most specific row around all of it; where there is none, the rows that have parts of it. */
function nearestAllocations(span: AddressSpan): readonly Allocation[] {
  const all = allocationsIn(span);
  const around = all.filter((allocation) => contains(allocation.span, span));
  const sizes = around.map((allocation) => sizeOf(allocation.span));
  const smallest = sizes.reduce((one, other) => (other < one ? other : one), sizes[0] ?? 0n);
  return around.length === 0 ? all : around.filter((allocation) => sizeOf(allocation.span) === smallest);
}

function partFacts({ span, category, globallyReachable, special }: ClassifiedPart): IpInspection['parts'][number] {
  const { version } = span;
  return {
    first: formatAddress({ version, value: span.first }),
    last: formatAddress({ version, value: span.last }),
    addresses: sizeOf(span).toString(),
    category,
    name: special?.row.name ?? null,
    prefix: special?.row.prefix ?? null,
    references: special?.row.references ?? [],
    globallyReachable,
  };
}
