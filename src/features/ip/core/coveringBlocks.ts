import { widthOf, type AddressSpan } from './address';
import { networkOf, type Network } from './network';

/** The fewest address blocks that cover the span exactly, in ascending order: at most 62 (IPv4) or 254 (IPv6). */
export function coveringBlocks({ version, first, last }: AddressSpan): readonly Network[] {
  const blocks: Network[] = [];
  const width = widthOf(version);
  let next = first;
  while (next <= last) {
    let hostBits = next === 0n ? width : trailingZeros(next);
    while (next + (1n << BigInt(hostBits)) - 1n > last) hostBits--;
    blocks.push({ version, base: next, prefixLength: width - hostBits });
    next += 1n << BigInt(hostBits);
  }
  return blocks;
}

/** The smallest block in which the whole span lies. */
export function enclosingBlock({ version, first, last }: AddressSpan): Network {
  const difference = first ^ last;
  const hostBits = difference === 0n ? 0 : difference.toString(2).length;
  return networkOf(version, first, widthOf(version) - hostBits);
}

function trailingZeros(value: bigint): number {
  const digits = value.toString(2);
  return digits.length - 1 - digits.lastIndexOf('1');
}
