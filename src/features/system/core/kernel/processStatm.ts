import { count, wholeLines, words } from './text';
import type { StatusMemory } from './processStatus';

/** /proc/PID/statm, see proc_pid_statm(5): size, resident, shared, text, lib, data, dt, in pages. */
export function parseProcessStatm(text: string, pageBytes: number): StatusMemory | null {
  const [, resident, shared, code, , data] = words(wholeLines(text)[0] ?? '').map((word) => count(word));
  if (resident == null || shared == null || code == null || data == null) return null;
  return {
    residentBytes: resident * pageBytes,
    sharedBytes: shared * pageBytes,
    textBytes: code * pageBytes,
    dataBytes: data * pageBytes,
  };
}
