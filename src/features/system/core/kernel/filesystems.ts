import { wholeLines } from './text';

/** The types in /proc/filesystems that need no device, see proc_filesystems(5): most have no space of their own. */
export function parseNodevTypes(text: string): ReadonlySet<string> {
  const types = wholeLines(text).flatMap((line) => /^nodev\t(\S+)$/.exec(line)?.[1] ?? []);
  return new Set(types);
}
