import * as l10n from '@vscode/l10n';
import { formatAddress, highestOf, type IpAddress, type IpVersion } from './address';
import type { ReadAs } from './parsed';
import { refuse } from './refusal';

export interface ReadInteger {
  readonly address: IpAddress;
  readonly readAs: ReadAs;
}

/**
 * An address written as one number: decimal, 0x…, 0b…, 32 hex digits, or binary in octets or groups. Up to 32 bits
 * is IPv4; hexadecimal and binary with more digits than IPv4 has is IPv6, zeros in front included. undefined: no such
 * form at all.
 */
export function parseInteger(text: string): ReadInteger | undefined {
  if (/^\d+$/.test(text)) return { address: fromDecimal(text), readAs: 'decimal' };
  if (/^[0-9a-f]{32}$/i.test(text) && !/^0b[01]+$/i.test(text)) return fromHex(text);
  if (isDottedHex(text)) return undefined;
  // 0b82:… is the beginning of an IPv6 address.
  const prefixed = /^0([xb])([^:]*)$/i.exec(text);
  if (prefixed !== null) {
    const isHex = prefixed[1]?.toLowerCase() === 'x';
    return isHex ? fromHex(prefixed[2] ?? '') : fromBinary((prefixed[2] ?? '').replace(/[_.]/g, ''));
  }
  const isGroupedBinary = /^[01]{8}(\.[01]{8}){3}$/.test(text) || /^[01]{16}(:[01]{16}){7}$/.test(text);
  return isGroupedBinary ? fromBinary(text.replace(/[.:]/g, '')) : undefined;
}

/** 0x7f.0.0.1, as inet_aton(3) takes it. */
export function isDottedHex(text: string): boolean {
  return /^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+))+$/i.test(text) && /x/i.test(text);
}

function fromDecimal(text: string): IpAddress {
  if (text.length === 32) {
    refuse(l10n.t('32 digits may be hexadecimal or decimal: write 0x in front for hexadecimal'));
  }
  if (/^0\d/.test(text))
    refuse(l10n.t('a number with a leading zero may be octal: write it without the zero, or with 0x'));
  const value = BigInt(text);
  if (value <= 255n) refuse(singleNumber(value));
  if (value > highestOf(6)) refuse(l10n.t('the number is over 2^128 - 1, the highest IPv6 address'));
  return { version: value > highestOf(4) ? 6 : 4, value };
}

function singleNumber(value: bigint): string {
  return l10n.t(
    '{0} alone may be the address {1}, the network {2} or only the beginning: write all four octets or a prefix length',
    String(value),
    formatAddress({ version: 4, value }),
    `${value}.0.0.0/8`,
  );
}

function fromHex(written: string): ReadInteger {
  const digits = written.replaceAll('_', '');
  if (!/^[0-9a-f]+$/i.test(digits)) refuse(l10n.t('"{0}" after 0x is not hexadecimal', written));
  const version = versionFor(digits.length, 4);
  return { address: { version, value: BigInt(`0x${digits}`) }, readAs: 'hexadecimal' };
}

function fromBinary(digits: string): ReadInteger {
  if (!/^[01]+$/.test(digits)) refuse(l10n.t('a binary number has the digits 0 and 1 only'));
  const version = versionFor(digits.length, 1);
  return { address: { version, value: BigInt(`0b${digits}`) }, readAs: 'binary' };
}

function versionFor(digitCount: number, bitsPerDigit: number): IpVersion {
  if (digitCount * bitsPerDigit > 128) refuse(l10n.t('it has {0} digits: more than the 128 bits of IPv6', digitCount));
  return digitCount * bitsPerDigit > 32 ? 6 : 4;
}
