import type { TunnelEnd } from '../../tunnel';

/*
 * The server's side of SOCKS 4, 4a and 5 (RFC 1928), on plain bytes: CONNECT without authentication.
 */

/** Why a request comes to nothing, by the names of RFC 1928, part 6. */
export type SocksRefusal =
  'failed' | 'not-allowed' | 'host-unreachable' | 'connection-refused' | 'command' | 'address-type';

export type SocksVersion = 4 | 5;

/** What the bytes so far come to. `used` of them are dealt with. */
export type SocksStep =
  | { readonly kind: 'more' }
  /** A greeting of version 5: answer with `answer` and read on as 'request'. */
  | { readonly kind: 'greeting'; readonly used: number; readonly answer: Uint8Array }
  | { readonly kind: 'connect'; readonly used: number; readonly version: SocksVersion; readonly target: SocksTarget }
  /** To be answered with `answer` and closed; empty where no SOCKS is spoken. */
  | { readonly kind: 'refuse'; readonly answer: Uint8Array; readonly reason: SocksFault };

export type SocksTarget = Extract<TunnelEnd, { kind: 'tcp' }>;

export type SocksFault = 'no-socks' | 'authentication' | 'command' | 'address';

/** More is never needed: greeting 257, request of version 5 262, of version 4a 520 bytes. */
export const MAX_SOCKS_BYTES = 1_024;

const CONNECT = 1;
const MAX_SOCKS4_TEXT = 255;
const REPLY_5: Readonly<Record<SocksRefusal, number>> = {
  failed: 1,
  'not-allowed': 2,
  'host-unreachable': 4,
  'connection-refused': 5,
  command: 7,
  'address-type': 8,
};
const GRANTED_4 = 0x5a;
const REJECTED_4 = 0x5b;

/** The answer to a request; null: it is granted. The bound address is all zeros, as that of the host is not known. */
export function socksReply(version: SocksVersion, refusal: SocksRefusal | null): Uint8Array {
  if (version === 4) return Uint8Array.of(0, refusal === null ? GRANTED_4 : REJECTED_4, 0, 0, 0, 0, 0, 0);
  return Uint8Array.of(5, refusal === null ? 0 : REPLY_5[refusal], 0, 1, 0, 0, 0, 0, 0, 0);
}

/** Reads on: 'start' is the beginning of a connection, 'request' what follows the greeting of version 5. */
export function readSocks(stage: 'start' | 'request', bytes: Buffer): SocksStep {
  if (bytes.length === 0) return { kind: 'more' };
  if (stage === 'request') return readRequest5(bytes);
  if (bytes[0] === 5) return readGreeting(bytes);
  if (bytes[0] === 4) return readRequest4(bytes);
  return { kind: 'refuse', answer: new Uint8Array(), reason: 'no-socks' };
}

/** RFC 1928, 3: version, number of methods, methods. 0 is 'no authentication', 255 'none of them'. */
function readGreeting(bytes: Buffer): SocksStep {
  const used = 2 + (bytes[1] ?? 0);
  if (bytes.length < 2 || bytes.length < used) return { kind: 'more' };
  if (bytes.subarray(2, used).includes(0)) return { kind: 'greeting', used, answer: Uint8Array.of(5, 0) };
  return { kind: 'refuse', answer: Uint8Array.of(5, 255), reason: 'authentication' };
}

/** RFC 1928, 4: version, command, reserved, type of address, address, port. */
function readRequest5(bytes: Buffer): SocksStep {
  if (bytes[0] !== 5) return refuse(5, 'failed', 'no-socks');
  if (bytes.length < 5) return { kind: 'more' };
  const length = addressLength(bytes[3] ?? 0, bytes[4] ?? 0);
  if (length === null) return refuse(5, 'address-type', 'address');
  const used = 4 + length + 2;
  if (bytes.length < used) return { kind: 'more' };
  if (bytes[1] !== CONNECT) return refuse(5, 'command', 'command');
  const host = hostOf(bytes[3] ?? 0, bytes.subarray(4, 4 + length));
  const port = bytes.readUInt16BE(used - 2);
  if (host === null || port === 0) return refuse(5, 'failed', 'address');
  return { kind: 'connect', used, version: 5, target: { kind: 'tcp', host, port } };
}

/** In bytes; a name (3) has its length before it. */
function addressLength(type: number, first: number): number | null {
  if (type === 1) return 4;
  if (type === 3) return 1 + first;
  return type === 4 ? 16 : null;
}

function hostOf(type: number, bytes: Buffer): string | null {
  if (type === 1) return bytes.join('.');
  if (type === 3) return nameOf(bytes.subarray(1));
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return groups.join(':');
}

/** Version, command, port, address, user as text up to NUL; with address 0.0.0.x (4a) a name up to NUL follows. */
function readRequest4(bytes: Buffer): SocksStep {
  if (bytes.length < 9) return { kind: 'more' };
  const userEnd = textEnd(bytes, 8);
  if (userEnd === 'too-long') return refuse(4, 'failed', 'address');
  if (userEnd === 'more') return { kind: 'more' };
  const port = bytes.readUInt16BE(2);
  const isNamed = bytes.readUIntBE(4, 3) === 0 && bytes[7] !== 0;
  const nameEnd = isNamed ? textEnd(bytes, userEnd + 1) : userEnd;
  if (nameEnd === 'too-long') return refuse(4, 'failed', 'address');
  if (nameEnd === 'more') return { kind: 'more' };
  if (bytes[1] !== CONNECT) return refuse(4, 'command', 'command');
  const host = isNamed ? nameOf(bytes.subarray(userEnd + 1, nameEnd)) : bytes.subarray(4, 8).join('.');
  if (host === null || port === 0) return refuse(4, 'failed', 'address');
  return { kind: 'connect', used: nameEnd + 1, version: 4, target: { kind: 'tcp', host, port } };
}

function textEnd(bytes: Buffer, start: number): number | 'more' | 'too-long' {
  const end = bytes.indexOf(0, start);
  if ((end < 0 ? bytes.length : end) - start > MAX_SOCKS4_TEXT) return 'too-long';
  return end < 0 ? 'more' : end;
}

/** What a name of a host may be made of; whether there is such a host is found out over there. */
function nameOf(bytes: Buffer): string | null {
  const name = bytes.toString('latin1');
  return /^[A-Za-z0-9._:%-]+$/.test(name) ? name : null;
}

function refuse(version: SocksVersion, refusal: SocksRefusal, reason: SocksFault): SocksStep {
  return { kind: 'refuse', answer: socksReply(version, refusal), reason };
}
