import * as l10n from '@vscode/l10n';
import type { IpAddress } from './address';
import { isDottedHex, parseInteger } from './parseInteger';
import { parseIpv4 } from './parseIpv4';
import { parseIpv6 } from './parseIpv6';
import type { ReadAs, Reading } from './parsed';
import { refuse } from './refusal';

export interface ReadAddress {
  readonly address: IpAddress;
  readonly readAs: readonly ReadAs[];
  readonly zone?: string;
}

/** One address without prefix length, port and brackets; IPv6 may have a zone. */
export function parseAddress(text: string): ReadAddress {
  const percent = text.indexOf('%');
  if (percent >= 0) return parseZoned(text.slice(0, percent), text.slice(percent + 1));
  const integer = parseInteger(text);
  if (integer !== undefined) return { address: integer.address, readAs: [integer.readAs] };
  refuseOtherThings(text);
  if (text.includes(':')) return { address: { version: 6, value: parseIpv6(text) }, readAs: [] };
  return { address: { version: 4, value: parseIpv4(text) }, readAs: [] };
}

function parseZoned(text: string, zone: string): ReadAddress {
  if (zone === '') refuse(l10n.t('nothing stands after "%", where the zone belongs'));
  if (/[\s%/[\]]/.test(zone)) refuse(l10n.t('"{0}" is not the name of a zone', zone));
  const { address, readAs } = parseAddress(text);
  if (address.version === 4) refuse(l10n.t('only an IPv6 address has a zone ("%{0}")', zone));
  return { address, readAs, zone };
}

/** Texts that a person may take for an address get a reason of their own. */
function refuseOtherThings(text: string): void {
  if (text === '') refuse(l10n.t('the address is missing'));
  if (/^([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}$/i.test(text))
    refuse(l10n.t('"{0}" is a MAC address, not an IP address', text));
  if (text.includes(':') || isDottedHex(text)) return;
  if (/[a-z]/i.test(text)) refuse(l10n.t('"{0}" is a name or a word, not an address', text));
  if (!/^[\d.]+$/.test(text)) refuse(l10n.t('"{0}" is not an address', text));
}

/** What stands in brackets and what follows them: [::1], [::1]:443, [2001:db8::]/32. */
export function splitBracketed(text: string): { readonly inside: string; readonly after: string } {
  const match = /^\[([^\]]*)\](.*)$/.exec(text);
  if (match === null) return refuse(l10n.t('the bracket "[" is not closed'));
  const [, inside = '', after = ''] = match;
  // Mail writes [IPv6:2001:db8::1] (RFC 5321 section 4.1.3); in a URL the percent sign is escaped (RFC 6874).
  return { inside: inside.replace(/^IPv6:/i, '').replace(/%25(?=.)/, '%'), after };
}

/** The address of brackets and the port behind them, if there is one. */
export function parseBracketed(inside: string, after: string): Reading {
  const { address, readAs, zone } = parseAddress(inside);
  const reading = { subject: { kind: 'address', address }, readAs, ...(zone === undefined ? {} : { zone }) } as const;
  if (after === '') return reading;
  if (!after.startsWith(':')) refuse(l10n.t('after "]" a port or a prefix length may follow, not "{0}"', after));
  return { ...reading, port: parsePort(after.slice(1)) };
}

/** 10.0.0.1:8080, and the # of name servers' logs: 10.0.0.1#53, 2001:db8::1#53. undefined: no port stands there. */
export function parseWithPort(text: string): Reading | undefined {
  const match = /^([^:#]*):([^:#]*)$/.exec(text) ?? /^([^#]*)#([^#]*)$/.exec(text);
  if (match === null || !/[.:]/.test(match[1] ?? '')) return undefined;
  const { address, readAs, zone } = parseAddress(match[1] ?? '');
  const port = parsePort(match[2] ?? '');
  return { subject: { kind: 'address', address }, readAs, port, ...(zone === undefined ? {} : { zone }) };
}

function parsePort(text: string): number {
  if (text === '') refuse(l10n.t('nothing stands after the colon, where the port belongs'));
  if (!/^\d+$/.test(text)) refuse(l10n.t('"{0}" is not a port', text));
  if (Number(text) > 65535) refuse(l10n.t('port {0} is over 65535', text));
  return Number(text);
}
