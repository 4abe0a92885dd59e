import * as l10n from '@vscode/l10n';
import { isIP } from 'node:net';
import { ExpectedError } from '../../lib/errors';

/** Of one pattern, and of a whole inventory. */
export const MAX_HOSTS = 10_000;

const MAX_PATTERN = 1_024;

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The names that a pattern stands for, in order: `web[01-20]`, `db[a-c]`, `rack[1-3]-node[01-04]`, lists `[1,3,7-9]`,
 * steps `[0-10/2]`, and the same as Ansible writes it: `[01:20]`, `[a:f]`, `[0:10:2]`. A first number with a leading
 * zero gives the number of digits. A name without brackets is itself; an IPv6 address in brackets is no range.
 *
 * Throws ExpectedError ('invalid-input') for what is no range and for more than `maxNames` names.
 */
export function expandRange(pattern: string, maxNames = MAX_HOSTS): readonly string[] {
  if (!/[[\]]/u.test(pattern)) return [pattern];
  if (pattern.length > MAX_PATTERN) throw noRange(pattern.slice(0, 60), l10n.t('it is too long'));
  const parts = partsOf(pattern, maxNames);
  if (parts.reduce((total, part) => total * part.length, 1) > maxNames) {
    throw noRange(pattern, l10n.t('it stands for more than {0} names', maxNames));
  }
  return parts.reduce<readonly string[]>(
    (names, part) => names.flatMap((name) => part.map((text) => name + text)),
    [''],
  );
}

/** What each stretch of the pattern can be, one text for what stands outside of brackets. */
function partsOf(pattern: string, maxNames: number): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (const [whole, inner] of pattern.matchAll(/\[([^[\]]*)\]|[^[\]]+|[[\]]/gu)) {
    if (inner === undefined) {
      if (whole === '[' || whole === ']') throw noRange(pattern, l10n.t('a bracket stands alone'));
      parts.push([whole]);
    } else if (isIP(inner) === 6) parts.push([whole]);
    else parts.push(inner.split(',').flatMap((item) => expandItem(item.trim(), pattern, maxNames)));
  }
  return parts;
}

function expandItem(item: string, pattern: string, maxNames: number): readonly string[] {
  if (/^[A-Za-z0-9]+$/u.test(item)) return [item];
  const numbers = /^(\d{0,15})[-:](\d{1,15})(?:[:/](\d{1,9}))?$/u.exec(item);
  const letters = /^([A-Za-z])[-:]([A-Za-z])(?:[:/](\d{1,9}))?$/u.exec(item);
  const [, from = '', to = '', stepText = '1'] = numbers ?? letters ?? [];
  const step = Number(stepText);
  const first = numbers ? Number(from) : LETTERS.indexOf(from);
  const last = numbers ? Number(to) : LETTERS.indexOf(to);
  if ((!numbers && !letters) || step < 1) throw noRange(pattern, l10n.t('“{0}” is no range', item));
  if (first > last) throw noRange(pattern, l10n.t('“{0}” ends before it begins', item));
  const count = Math.floor((last - first) / step) + 1;
  if (count > maxNames) throw noRange(pattern, l10n.t('it stands for more than {0} names', maxNames));
  const width = from.startsWith('0') ? from.length : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + index * step;
    return numbers ? String(value).padStart(width, '0') : LETTERS.charAt(value);
  });
}

function noRange(pattern: string, why: string): ExpectedError {
  return new ExpectedError('invalid-input', l10n.t('“{0}” cannot be expanded: {1}.', pattern, why));
}
