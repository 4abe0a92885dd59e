import type { SocketEntry } from '../../core/sockets/schema';
import type { SocketState } from '../../core/kernel/socketTables';

const STATE_NAMES: Readonly<Record<SocketState, string>> = {
  listening: 'LISTEN',
  established: 'ESTABLISHED',
  'syn-sent': 'SYN_SENT',
  'syn-recv': 'SYN_RECV',
  'fin-wait-1': 'FIN_WAIT1',
  'fin-wait-2': 'FIN_WAIT2',
  'time-wait': 'TIME_WAIT',
  'close-wait': 'CLOSE_WAIT',
  'last-ack': 'LAST_ACK',
  closing: 'CLOSING',
  closed: 'CLOSE',
  unconnected: 'UNCONN',
  unknown: '?',
};

/** As netstat(8) writes it, in every language; UNCONN is of ss(8). */
export function stateName(state: SocketState): string {
  return STATE_NAMES[state];
}

/** Such as tcp6. */
export function protocolName({ protocol, family }: Pick<SocketEntry, 'protocol' | 'family'>): string {
  return family === 'ipv6' ? `${protocol}6` : protocol;
}

/** With the port, as one would type it: [::1]:80; '*' is every address. */
export function endpointText(address: string, port: number | null): string {
  const any = address === '0.0.0.0' || address === '::';
  const host = any ? '*' : address.includes(':') && port !== null ? `[${address}]` : address;
  return port === null ? host : `${host}:${port}`;
}
