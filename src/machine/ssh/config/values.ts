/** `yes`, `no` and the older `true` and `false`; null for anything else. ssh takes them in lower case only. */
export function parseFlag(text: string): boolean | null {
  if (text === 'yes' || text === 'true') return true;
  return text === 'no' || text === 'false' ? false : null;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** TIME FORMATS of sshd_config(5): '90', '1m30s', '2H'. null when it is none, or longer than 68 years. */
export function parseSeconds(text: string): number | null {
  if (!/^(?:\d{1,10}[smhdw]?)+$/iu.test(text)) return null;
  let seconds = 0;
  for (const [, digits = '', unit = 's'] of text.matchAll(/(\d+)([smhdw]?)/giu)) {
    seconds += Number(digits) * (secondsOf[unit.toLowerCase() || 's'] ?? 1);
  }
  return seconds <= 2_147_483_647 ? seconds : null;
}

const factorOf: Readonly<Record<string, number>> = { '': 1, k: 1_024, m: 1_048_576, g: 1_073_741_824 };

/** '1G', '500K', '4096'; null when it is none. */
export function parseSize(text: string): number | null {
  const match = /^(\d{1,15})([kmg]?)$/iu.exec(text);
  if (!match) return null;
  const bytes = Number(match[1]) * (factorOf[(match[2] ?? '').toLowerCase()] ?? 1);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** A decimal number as strtonum(3) takes it, within the bounds; null for anything else. */
export function parseInteger(text: string, min: number, max: number): number | null {
  if (!/^[+-]?\d{1,15}$/u.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}

/** RekeyLimit: bytes, then seconds; null within for the default of either. null: it is none. */
export function parseRekeyLimit(
  words: readonly string[],
): { readonly bytes: number | null; readonly seconds: number | null } | null {
  const [size = '', time = 'none'] = words;
  const bytes = size === 'default' ? 0 : parseSize(size);
  const seconds = time === 'none' ? 0 : parseSeconds(time);
  if (bytes === null || seconds === null || words.length > 2) return null;
  return { bytes: bytes || null, seconds: seconds || null };
}

export type Checking = 'yes' | 'ask' | 'accept-new' | 'no';

/** StrictHostKeyChecking; null when it is none. */
export function parseChecking(text: string): Checking | null {
  if (text === 'ask' || text === 'accept-new') return text;
  const flag = text === 'off' ? false : parseFlag(text);
  if (flag === null) return null;
  return flag ? 'yes' : 'no';
}
