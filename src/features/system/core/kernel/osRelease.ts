import { wholeLines } from './text';

/** The name for people of an operating system from os-release(5); null when the file names none. */
export function parseOsRelease(text: string): string | null {
  const values = new Map<string, string>();
  for (const line of wholeLines(`${text}\n`)) {
    const equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith('#')) values.set(line.slice(0, equals), unquoted(line.slice(equals + 1)));
  }
  const name = [values.get('NAME'), values.get('VERSION')].filter((part) => part !== undefined && part !== '');
  const pretty = values.get('PRETTY_NAME');
  if (pretty !== undefined && pretty !== '') return pretty;
  return values.get('NAME') === undefined ? null : name.join(' ');
}

/** Shell quoting as os-release(5) allows it: one pair of quotes around the value, a backslash before a special sign. */
function unquoted(value: string): string {
  const trimmed = value.trim();
  const quote = trimmed.charAt(0);
  const quoted = trimmed.length >= 2 && (quote === '"' || quote === "'") && trimmed.endsWith(quote);
  const inner = quoted ? trimmed.slice(1, -1) : trimmed;
  return quote === "'" ? inner : inner.replace(/\\([$"'\\`])/g, '$1');
}
