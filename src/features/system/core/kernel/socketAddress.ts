/**
 * Addresses as the tables of /proc/net write them: words of 32 bits in hexadecimal digits, each in the byte order of
 * the machine (proc_net(5)). Nothing in the tables says which order that is: see `isBigEndian`.
 */

const WORD_DIGITS = 8;
const WORDS_OF_IPV6 = 4;

/** The text of an address of one word (IPv4) or four (IPv6); null when it is neither. */
export function hexAddress(hex: string, bigEndian = false): string | null {
  if (!/^[0-9A-Fa-f]+$/.test(hex)) return null;
  if (hex.length === WORD_DIGITS) return ipv4Text(wordBytes(hex, bigEndian));
  if (hex.length !== WORD_DIGITS * WORDS_OF_IPV6) return null;
  const bytes: number[] = [];
  for (let word = 0; word < WORDS_OF_IPV6; word++) {
    bytes.push(...wordBytes(hex.slice(word * WORD_DIGITS, (word + 1) * WORD_DIGITS), bigEndian));
  }
  return ipv6Text(bytes);
}

/** As in if_inet6 and ipv6_route, which write the bytes in the order of the network on every machine. */
export function networkHexAddress(hex: string): string | null {
  return hexAddress(hex, true);
}

function wordBytes(hex: string, bigEndian: boolean): readonly number[] {
  const bytes = [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return bigEndian ? bytes : bytes.reverse();
}

export function ipv4Text(bytes: readonly number[]): string {
  return bytes.join('.');
}

/**
 * The canonical text of RFC 5952. IPv4 within IPv6 (::ffff:10.0.0.1, and the long deprecated ::10.0.0.1) stands as
 * inet_ntop(3) writes it, as every other program shows it.
 */
export function ipv6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0));
  const zeros = longestZeros(groups);
  const mapped = zeros.start === 0 && zeros.length === 5 && groups[5] === 0xffff;
  const compatible = zeros.start === 0 && zeros.length === 6;
  if (mapped || compatible) return `${mapped ? '::ffff:' : '::'}${ipv4Text(bytes.slice(12, 16))}`;
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 0 };
  let start = 0;
  for (let at = 0; at <= groups.length; at++) {
    if (at < groups.length && groups[at] === 0) continue;
    if (at - start > best.length) best = { start, length: at - start };
    start = at + 1;
  }
  return best;
}

/** The bytes of a text that `net.isIPv6` accepts, without its zone. */
export function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('%', 1)[0]?.split('::') ?? [];
  const before = groupBytes(head);
  if (tail === undefined) return before;
  const after = groupBytes(tail);
  return [...before, ...Array.from({ length: 16 - before.length - after.length }, () => 0), ...after];
}

function groupBytes(groups: string): readonly number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** The netmask of a prefix length, such as 255.255.255.0 or ffff:ffff:ffff:ffff::. */
export function netmaskText(prefixLength: number, family: 'ipv4' | 'ipv6'): string {
  const bytes = Array.from({ length: family === 'ipv4' ? 4 : 16 }, (_, at) => {
    const bits = Math.min(8, Math.max(0, prefixLength - at * 8));
    return (0xff << (8 - bits)) & 0xff;
  });
  return family === 'ipv4' ? ipv4Text(bytes) : ipv6Text(bytes);
}

/**
 * Whether the machine puts the highest byte first, from /proc/self/auxv (proc_pid_auxv(5)): its first word is a small
 * number. `text`: every character is a byte. Nearly every machine does not: so it is taken where the text is missing.
 */
export function isBigEndian(text: string): boolean {
  return text.length >= 8 && text.charCodeAt(0) === 0 && (text.charCodeAt(3) !== 0 || text.charCodeAt(7) !== 0);
}
