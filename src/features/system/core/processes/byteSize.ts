const TEXT = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgtp]?)(i?b)?$/i;
const PREFIXES = 'kmgtp';

/**
 * Bytes from a text such as 500M, 2GiB, 1.5 G, 4096. As du(1) reads it: K and KiB are 1024 bytes, KB is 1000. null when
 * it is no size.
 */
export function parseByteSize(text: string): number | null {
  const [, digits, prefix = '', suffix = ''] = TEXT.exec(text.trim()) ?? [];
  if (digits === undefined || (prefix === '' && suffix.length === 2)) return null;
  const base = suffix.toLowerCase() === 'b' && prefix !== '' ? 1000 : 1024;
  const power = prefix === '' ? 0 : PREFIXES.indexOf(prefix.toLowerCase()) + 1;
  return Math.round(Number(digits) * base ** power);
}
