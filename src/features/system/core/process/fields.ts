import { count, wholeLines, words } from '../kernel/text';

/** A file of lines `Name:\tvalue`, such as /proc/PID/status; see proc_pid_status(5). Later kernels have more of them. */
export type Fields = ReadonlyMap<string, string>;

/** `text`: every character is a byte, and stays one: only the first line, the name, may hold others than ASCII. */
export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const line of wholeLines(text)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

export function countOf(fields: Fields, name: string): number | null {
  return count(fields.get(name));
}

/** Several numbers, as of `Uid:` and `NSpid:`; what is no number is left out. */
export function countsOf(fields: Fields, name: string): readonly number[] {
  return words(fields.get(name) ?? '').flatMap((word) => count(word) ?? []);
}

/** `VmRSS:\t1768 kB`. */
export function kibibytesOf(fields: Fields, name: string): number | null {
  const [number, unit] = words(fields.get(name) ?? '');
  const kibibytes = unit === 'kB' ? count(number) : null;
  return kibibytes === null ? null : kibibytes * 1024;
}
