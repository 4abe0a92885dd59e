import { wholeLines, words } from './text';

/** A counter of the protocols, called as by the kernel: Tcp RetransSegs. */
export interface ProtocolCounter {
  readonly protocol: string;
  readonly name: string;
  /** A few are no counters but values that may be negative, such as Tcp MaxConn. */
  readonly value: number;
}

/**
 * /proc/net/snmp and /proc/net/netstat, see proc_net(5): pairs of lines `Protocol: names` and `Protocol: values`. A pair
 * that does not fit is left out.
 */
export function parseSnmp(text: string): readonly ProtocolCounter[] {
  const counters: ProtocolCounter[] = [];
  let names: readonly string[] | null = null;
  for (const line of wholeLines(text)) {
    const columns = words(line);
    const [head = ''] = columns;
    if (names === null || names[0] !== head) {
      names = columns;
      continue;
    }
    const values = columns.map(numberOf);
    if (head.endsWith(':') && values.length === names.length) {
      for (let at = 1; at < names.length; at++) add(counters, head.slice(0, -1), names[at] ?? '', values[at] ?? null);
    }
    names = null;
  }
  return counters;
}

/** Prefixes of the names in snmp6, the longest first. */
const PROTOCOLS6 = ['UdpLite6', 'Icmp6', 'Udp6', 'Ip6'];

/** /proc/net/snmp6: a line a counter, `Ip6InReceives 302`. */
export function parseSnmp6(text: string): readonly ProtocolCounter[] {
  const counters: ProtocolCounter[] = [];
  for (const line of wholeLines(text)) {
    const [name = '', value] = words(line);
    const protocol = PROTOCOLS6.find((one) => name.startsWith(one));
    if (protocol !== undefined) add(counters, protocol, name.slice(protocol.length), numberOf(value));
  }
  return counters;
}

function add(counters: ProtocolCounter[], protocol: string, name: string, value: number | null): void {
  if (value !== null && name !== '' && protocol !== '') counters.push({ protocol, name, value });
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,20}$/.test(text) ? Number(text) : null;
}
