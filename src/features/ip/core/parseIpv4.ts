import * as l10n from '@vscode/l10n';
import { formatAddress } from './address';
import { refuse } from './refusal';

/** Four octets in dotted decimal as a number. Refuses everything else, also what inet_aton(3) would guess at. */
export function parseIpv4(text: string): bigint {
  const octets = parseOctets(text);
  if (octets.length < 4) refuse(tooFew(text, octets));
  return valueOf(octets);
}

/** The octets of a text that may have fewer than four, such as 10.1 before a prefix length. */
export function parseOctets(text: string): readonly number[] {
  const parts = text.split('.');
  const empty = parts.indexOf('');
  if (empty >= 0) refuse(l10n.t('octet {0} is empty', empty + 1));
  if (parts.length > 4) refuse(l10n.t('it has {0} octets; an IPv4 address has 4', parts.length));
  return parts.map((part, index) => parseOctet(part, index + 1));
}

/** Missing octets are zero. */
export function valueOf(octets: readonly number[]): bigint {
  return [0, 1, 2, 3].reduce((value, index) => (value << 8n) | BigInt(octets[index] ?? 0), 0n);
}

function parseOctet(text: string, position: number): number {
  const hex = /^0x[0-9a-f]+$/i.test(text) ? Number(text) : 256;
  if (hex < 256) refuse(l10n.t('octet {0} is "{1}"; write it in decimal: {2}', position, text, hex));
  if (!/^\d+$/.test(text)) refuse(l10n.t('octet {0} is "{1}"; an octet is a decimal number, 0 to 255', position, text));
  if (/^0\d/.test(text)) refuse(leadingZero(text, position));
  if (text.length > 3 || Number(text) > 255) refuse(l10n.t('octet {0} is {1}; an octet is 0 to 255', position, text));
  return Number(text);
}

/** RFC 6943 section 3.1.1 tells what comes of guessing. */
function leadingZero(text: string, position: number): string {
  const decimal = String(Number(text));
  if (/[89]/.test(text) || Number(text) < 8) {
    return l10n.t('octet {0} is "{1}"; write it without leading zeros: {2}', position, text, decimal);
  }
  const octal = parseInt(text, 8);
  return l10n.t(
    'octet {0} is "{1}"; with a leading zero some programs read it as octal, {2}, and others as {3}: write the one you mean',
    position,
    text,
    octal,
    decimal,
  );
}

/** inet_aton(3) lets the last number fill what remains; routers take the octets from the left. */
function tooFew(text: string, octets: readonly number[]): string {
  const last = octets.at(-1) ?? 0;
  const filled = valueOf(octets.slice(0, -1)) | BigInt(last);
  return l10n.t(
    'it has {0} of 4 octets; some programs read {1} as {2}, others as the network {3}: write all four octets or a prefix length',
    octets.length,
    text,
    formatAddress({ version: 4, value: filled }),
    `${formatAddress({ version: 4, value: valueOf(octets) })}/${octets.length * 8}`,
  );
}
