import * as l10n from '@vscode/l10n';
import { parseOctets, valueOf } from './parseIpv4';
import type { Reading } from './parsed';
import { refuse } from './refusal';

export function isReverseName(text: string): boolean {
  return /(^|\.)(in-addr|ip6)\.arpa\.?$/i.test(text);
}

/** The address or network of a name below in-addr.arpa (RFC 1035, RFC 2317) or ip6.arpa (RFC 3596). */
export function parseReverseName(text: string): Reading {
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.').slice(0, -2).reverse();
  if (labels.length === 0) refuse(l10n.t('the name has no part of an address before "{0}"', name));
  return name.endsWith('ip6.arpa') ? fromNibbles(labels) : fromOctets(labels);
}

function fromNibbles(labels: readonly string[]): Reading {
  if (labels.length > 32) refuse(l10n.t('the name has {0} hex digits; an IPv6 address has 32', labels.length));
  const wrong = labels.find((label) => !/^[0-9a-f]$/.test(label));
  if (wrong !== undefined) refuse(l10n.t('"{0}" in the name is not a single hex digit', wrong));
  const value = BigInt(`0x${labels.join('').padEnd(32, '0')}`);
  return prefixReading(6, value, labels.length * 4);
}

function fromOctets(labels: readonly string[]): Reading {
  if (labels.length > 4) refuse(l10n.t('the name has {0} octets; an IPv4 address has 4', labels.length));
  const classless = /^(\d+)([-/])(\d+)$/.exec(labels[3] ?? '');
  if (classless !== null) return fromClassless(labels.slice(0, 3), classless);
  return prefixReading(4, valueOf(parseOctets(labels.join('.'))), labels.length * 8);
}

/** The zones that RFC 2317 proposes: 64/26.2.0.192.in-addr.arpa, or with the last address after a hyphen. */
function fromClassless(network: readonly string[], [, first = '', separator, end = '']: RegExpExecArray): Reading {
  const base = valueOf(parseOctets([...network, first].join('.')));
  if (separator === '/') {
    if (Number(end) > 32) refuse(l10n.t('prefix length {0} is over {1}', end, 32));
    return prefixReading(4, base, Number(end));
  }
  const last = valueOf(parseOctets([...network, end].join('.')));
  if (last < base) refuse(l10n.t('the range ends before it starts: {0} is below {1}', end, first));
  return { subject: { kind: 'range', span: { version: 4, first: base, last } }, readAs: ['reverseName'] };
}

function prefixReading(version: 4 | 6, value: bigint, prefixLength: number): Reading {
  const address = { version, value };
  const isWhole = prefixLength === (version === 4 ? 32 : 128);
  const subject = isWhole
    ? ({ kind: 'address', address } as const)
    : ({ kind: 'prefix', address, prefixLength } as const);
  return { subject, readAs: ['reverseName'] };
}
