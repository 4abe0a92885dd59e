import * as l10n from '@vscode/l10n';
import { parseIpv4 } from './parseIpv4';
import { refuse } from './refusal';

/** Every form of RFC 4291 section 2.2, without zone and brackets, as a number. */
export function parseIpv6(text: string): bigint {
  const halves = text.split('::');
  if (text.includes(':::')) refuse(l10n.t('it has three colons in a row'));
  if (halves.length > 2) refuse(l10n.t('it has two "::"; only one run of zeros can be left out'));
  if (/^:(?!:)/.test(text)) refuse(l10n.t('it begins with a single colon'));
  if (/(?<!:):$/.test(text)) refuse(l10n.t('it ends with a single colon'));
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const written = [...(head ?? []), ...(tail ?? [])];
  const end = text.endsWith('::') ? -1 : written.length - 1;
  const groups = written.map((group, index) => parseGroup(group, index + 1, index === end));
  const values = groups.flat();
  checkCount(values.length, tail !== undefined);
  const before = groups.slice(0, head?.length).flat();
  const zeros = Array.from({ length: 8 - values.length }, () => 0n);
  return [...before, ...zeros, ...values.slice(before.length)].reduce((value, group) => (value << 16n) | group, 0n);
}

/** One group of 16 bits, or two of them when it is the dotted decimal end. */
function parseGroup(text: string, position: number, isLast: boolean): readonly bigint[] {
  if (text.includes('.')) {
    if (!isLast) refuse(l10n.t('group {0} is "{1}"; only the end of an IPv6 address may be dotted', position, text));
    const value = parseIpv4(text);
    return [value >> 16n, value & 0xffffn];
  }
  if (!/^[0-9a-f]+$/i.test(text)) refuse(l10n.t('group {0} is "{1}"; a group has hex digits only', position, text));
  if (text.length > 4) refuse(l10n.t('group {0} has {1} hex digits; a group has 1 to 4', position, text.length));
  return [BigInt(`0x${text}`)];
}

function checkCount(count: number, isCompressed: boolean): void {
  if (count > 8) refuse(l10n.t('it has {0} groups; an IPv6 address has 8', count));
  if (count === 8 && isCompressed) refuse(l10n.t('"::" stands for nothing: all 8 groups are written'));
  if (count < 8 && !isCompressed) refuse(l10n.t('it has {0} groups and no "::"; an IPv6 address has 8', count));
}
