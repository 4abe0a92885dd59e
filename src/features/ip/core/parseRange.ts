import * as l10n from '@vscode/l10n';
import { formatAddress } from './address';
import { parseAddress, type ReadAddress } from './parseAddress';
import { parseOctets, valueOf } from './parseIpv4';
import type { Reading } from './parsed';
import { refuse } from './refusal';

/** Where a text is a range: hyphen or dash, or the word "to" between spaces. */
export function splitRange(text: string): readonly [string, string] | undefined {
  // A zone may hold a hyphen (br-lan): there only one with spaces around it separates.
  const separator = text.includes('%') ? /\s+(?:[-–—]|to)\s+/i : /\s*[-–—]\s*|\s+to\s+/i;
  const match = separator.exec(text);
  return match === null ? undefined : [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

/** From address to address; after an IPv4 address in full, the end may be its last octet only: 10.0.0.1-20. */
export function parseRange(firstText: string, lastText: string): Reading {
  for (const text of [firstText, lastText]) {
    if (/[/[\]]/.test(text)) refuse(l10n.t('a range goes from one address to another, without prefix length and port'));
  }
  if (firstText === '') refuse(l10n.t('the beginning of the range is missing'));
  if (lastText === '') refuse(l10n.t('the end of the range is missing'));
  if (/^\d+(\.\d+){0,2}$/.test(firstText) && /^\d+(\.\d+(-\d+)?){1,3}$/.test(lastText))
    refuseOctetRange(firstText, lastText);
  const first = parseAddress(firstText);
  const last = parseEnd(first, firstText, lastText);
  if (first.address.version !== last.address.version) {
    refuse(l10n.t('the range begins with IPv{0} and ends with IPv{1}', first.address.version, last.address.version));
  }
  if (last.address.value < first.address.value) {
    refuse(
      l10n.t(
        'the range ends before it starts: {0} is below {1}',
        formatAddress(last.address),
        formatAddress(first.address),
      ),
    );
  }
  return {
    subject: {
      kind: 'range',
      span: { version: first.address.version, first: first.address.value, last: last.address.value },
    },
    readAs: [...new Set([...first.readAs, ...last.readAs])],
    ...zoneOf(first, last),
  };
}

/** nmap's 10.0-3.0.1; of the numbers on both sides together an address could be made. */
function refuseOctetRange(firstText: string, lastText: string): void {
  const octets = firstText.split('.').length + lastText.split('.').length - 1;
  if (octets === 4) refuse(l10n.t('only the last octet can be a range; write the first and the last address in full'));
}

function parseEnd(first: ReadAddress, firstText: string, text: string): ReadAddress {
  const isShort = /^\d+$/.test(text) && firstText.includes('.') && first.address.version === 4;
  if (first.address.version === 6 && /^[0-9a-f]{1,4}$/i.test(text)) {
    refuse(l10n.t('an IPv6 range ends with a whole address, not with "{0}"', text));
  }
  if (!isShort) return parseAddress(text);
  if (text.length > 3 || Number(text) > 255) refuse(l10n.t('the end of the range is {0}; an octet is 0 to 255', text));
  const value = (first.address.value & 0xffffff00n) | BigInt(Number(text));
  return { address: { version: 4, value }, readAs: [] };
}

function zoneOf(first: ReadAddress, last: ReadAddress): { readonly zone?: string } {
  const zone = first.zone ?? last.zone;
  if (zone !== undefined && last.zone !== undefined && last.zone !== zone) {
    refuse(l10n.t('the two ends of the range are in different zones'));
  }
  return zone === undefined ? {} : { zone };
}

/** 10.0.0.*, 10.0.*.*, 10.* and the same with x: whole octets from the right. */
export function parseWildcard(text: string): Reading {
  const parts = text.split('.');
  const firstStar = parts.findIndex(isStar);
  if (parts.length > 4) refuse(l10n.t('it has {0} octets; an IPv4 address has 4', parts.length));
  const fixed = parts.slice(0, firstStar);
  const octets = fixed.length === 0 ? [] : parseOctets(fixed.join('.'));
  if (parts.slice(firstStar).some((part) => !isStar(part))) {
    refuse(l10n.t('after "*" only "*" may follow; write other sets of addresses as ranges'));
  }
  if (fixed.length === 0 && parts.length < 4) refuse(l10n.t('"{0}" may be any address; write 0.0.0.0/0 or ::/0', text));
  const address = { version: 4, value: valueOf(octets) } as const;
  return { subject: { kind: 'prefix', address, prefixLength: octets.length * 8 }, readAs: ['wildcard'] };
}

export function isWildcard(text: string): boolean {
  return text.includes('*') || /^\d+(\.\d+)*(\.x)+$/i.test(text);
}

function isStar(part: string): boolean {
  return part === '*' || part.toLowerCase() === 'x';
}
