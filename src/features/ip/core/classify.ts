import type { AddressSpan } from './address';
import { allocationsIn } from './addressSpace';
import { spanOfText } from './blockText';
import type { Category } from './category';
import { contains, overlaps, sizeOf } from './network';
import { specialBlocks, type SpecialBlock } from './special';

/** What a span of addresses is for, the same for all of them. */
export interface Classification {
  readonly category: Category;
  /** null: the registries do not say, or it depends on more than the address. */
  readonly globallyReachable: boolean | null;
  /** The most specific row of the special-purpose registries. */
  readonly special: SpecialBlock | null;
}

export interface ClassifiedPart extends Classification {
  readonly span: AddressSpan;
}

/** Blocks with a meaning of their own that the special-purpose registries leave to others. */
interface OtherBlock extends Omit<Classification, 'special'> {
  readonly span: AddressSpan;
}

/**
 * The span in parts that are each of one kind, in ascending order. Follows the special-purpose registries (RFC 6890:
 * the most specific row counts), then multicast, then, for IPv6, whether the block has been allocated at all: what is
 * outside is reserved (RFC 4291 section 2.4).
 */
export function classifiedParts(wanted: AddressSpan): readonly ClassifiedPart[] {
  const specials = specialBlocks(wanted.version).filter(({ span }) => overlaps(span, wanted));
  const others = otherBlocks(wanted).filter(({ span }) => overlaps(span, wanted));
  const parts: ClassifiedPart[] = [];
  for (const span of pieces(wanted, [...specials, ...others])) {
    const part = { span, ...classification(span, specials, others) };
    const before = parts.at(-1);
    if (before !== undefined && isSameKind(before, part)) {
      parts[parts.length - 1] = { ...before, span: { ...before.span, last: span.last } };
    } else parts.push(part);
  }
  return parts;
}

/** The most specific row of the special-purpose registries that has the whole span. */
export function specialBlockOf(wanted: AddressSpan): SpecialBlock | null {
  return mostSpecific(specialBlocks(wanted.version), wanted);
}

function mostSpecific<T extends { readonly span: AddressSpan }>(blocks: readonly T[], wanted: AddressSpan): T | null {
  const around = blocks.filter(({ span }) => contains(span, wanted));
  return around.reduce<T | null>(
    (best, block) => (best === null || sizeOf(block.span) < sizeOf(best.span) ? block : best),
    null,
  );
}

/** The span cut wherever one of the blocks begins or ends. */
function pieces(wanted: AddressSpan, blocks: readonly { readonly span: AddressSpan }[]): readonly AddressSpan[] {
  const cuts = blocks.flatMap(({ span }) => [span.first, span.last + 1n]);
  const inside = cuts.filter((cut) => cut > wanted.first && cut <= wanted.last);
  const starts = [...new Set([wanted.first, ...inside])].sort((one, other) => (one < other ? -1 : 1));
  return starts.map((first, index) => {
    const next = starts[index + 1];
    return { version: wanted.version, first, last: next === undefined ? wanted.last : next - 1n };
  });
}

function classification(
  span: AddressSpan,
  specials: readonly SpecialBlock[],
  others: readonly OtherBlock[],
): Classification {
  const special = mostSpecific(specials, span);
  if (special !== null) return { category: special.category, globallyReachable: reachability(special), special };
  const other = mostSpecific(others, span);
  if (other !== null) return { category: other.category, globallyReachable: other.globallyReachable, special };
  return span.version === 4
    ? { category: 'global', globallyReachable: true, special }
    : { category: 'reserved', globallyReachable: false, special };
}

function reachability({ row }: SpecialBlock): boolean | null {
  if (row.globallyReachable === 'yes') return true;
  return row.globallyReachable === 'no' ? false : null;
}

function isSameKind(one: Classification, other: Classification): boolean {
  const sameBlock = one.special?.row.prefix === other.special?.row.prefix;
  return sameBlock && one.category === other.category && one.globallyReachable === other.globallyReachable;
}

/** How far a multicast group reaches is a matter of its scope, so it is neither global nor not. */
function otherBlocks(wanted: AddressSpan): readonly OtherBlock[] {
  const multicast = spanOfText(wanted.version, wanted.version === 4 ? '224.0.0.0/4' : 'ff00::/8');
  const block: OtherBlock = { span: multicast, category: 'multicast', globallyReachable: null };
  return wanted.version === 4 ? [block] : [block, ...oldIpv6Blocks(), ...allocatedIpv6(wanted)];
}

function oldIpv6Blocks(): readonly OtherBlock[] {
  return [
    { span: spanOfText(6, '::/96'), category: 'ipv4-compatible', globallyReachable: false }, // RFC 4291 section 2.5.5.1
    { span: spanOfText(6, 'fec0::/10'), category: 'site-local', globallyReachable: false }, // RFC 3879
  ];
}

function allocatedIpv6(wanted: AddressSpan): readonly OtherBlock[] {
  const allocated = allocationsIn(wanted).filter(({ row }) => row.status === 'ALLOCATED');
  return allocated.map(({ span }) => ({ span, category: 'global', globallyReachable: true }));
}
