/** An IPv4 or IPv6 address as a number of 32 or 128 bits. */
export interface IpAddress {
  readonly version: IpVersion;
  readonly value: bigint;
}

export type IpVersion = 4 | 6;

/** Addresses from `first` to `last`, both included. */
export interface AddressSpan {
  readonly version: IpVersion;
  readonly first: bigint;
  readonly last: bigint;
}

/** The number of bits of an address: 32 or 128. */
export function widthOf(version: IpVersion): number {
  return version === 4 ? 32 : 128;
}

/** The highest address as a number. */
export function highestOf(version: IpVersion): bigint {
  return (1n << BigInt(widthOf(version))) - 1n;
}

/** The four octets, or the eight groups of 16 bits. */
export function partsOf({ version, value }: IpAddress): readonly number[] {
  const [count, bits] = version === 4 ? [4, 8] : [8, 16];
  return Array.from({ length: count }, (_, index) =>
    Number(BigInt.asUintN(bits, value >> BigInt(bits * (count - 1 - index)))),
  );
}

/** The one recommended text: dotted decimal, or that of RFC 5952 (an IPv4-mapped address with its IPv4 part dotted). */
export function formatAddress(address: IpAddress): string {
  if (address.version === 4) return partsOf(address).join('.');
  return address.value >> 32n === 0xffffn ? formatMixed(address.value) : compressed(partsOf(address));
}

/** RFC 5952 section 4 throughout, also where section 5 recommends dots. */
export function formatInGroups(value: bigint): string {
  return compressed(partsOf({ version: 6, value }));
}

/** The last 32 bits in dotted decimal (RFC 4291 section 2.2, form 3). */
export function formatMixed(value: bigint): string {
  const dotted = formatAddress({ version: 4, value: BigInt.asUintN(32, value) });
  // Two groups that are not zero keep the place of the last 32 bits, so that a run of zeros stops before them.
  const head = compressed([...partsOf({ version: 6, value }).slice(0, 6), 0xffff, 0xffff]);
  return head.replace(/ffff:ffff$/, dotted);
}

/** RFC 5952 section 4.2: the longest run of two or more zero groups, the first of equal ones, becomes `::`. */
function compressed(groups: readonly number[]): string {
  const run = longestZeroRun(groups);
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (run.length < 2) return text(groups);
  return `${text(groups.slice(0, run.start))}::${text(groups.slice(run.start + run.length))}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** Every digit written: eight groups of four; IPv4 as it is, as leading zeros would be read as octal. */
export function expandAddress(address: IpAddress): string {
  if (address.version === 4) return formatAddress(address);
  return partsOf(address)
    .map((group) => group.toString(16).padStart(4, '0'))
    .join(':');
}

/** 0x and 8 or 32 digits. */
export function hexOf({ version, value }: IpAddress): string {
  return `0x${value.toString(16).padStart(widthOf(version) / 4, '0')}`;
}

/** Octets of 8 bits between dots, or groups of 16 bits between colons. */
export function binaryOf(address: IpAddress): string {
  const [bits, separator] = address.version === 4 ? [8, '.'] : [16, ':'];
  return partsOf(address)
    .map((part) => part.toString(2).padStart(bits, '0'))
    .join(separator);
}
