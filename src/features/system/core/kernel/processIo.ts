import { count } from './text';

/** /proc/PID/io, see proc_pid_io(5). */
export interface ProcessIo {
  /** What went through read(2) and write(2) calls, from caches and pipes as well, in bytes. */
  readonly readCharacters: number;
  readonly writeCharacters: number;
  readonly readCalls: number;
  readonly writeCalls: number;
  /** What storage had to fetch or take, in bytes. */
  readonly readBytes: number;
  readonly writeBytes: number;
}

/** null when one of the six is not in it. The seventh line, cancelled_write_bytes, is not asked for. */
export function parseProcessIo(text: string): ProcessIo | null {
  const values: number[] = [];
  for (let at = 0; values.length < NAMES.length;) {
    const name = NAMES[values.length] ?? '';
    const end = text.indexOf('\n', at);
    if (end < 0 || !text.startsWith(name, at)) return null;
    const value = count(text.slice(at + name.length, end));
    if (value === null) return null;
    values.push(value);
    at = end + 1;
  }
  const [readCharacters = 0, writeCharacters = 0, readCalls = 0, writeCalls = 0, readBytes = 0, writeBytes = 0] =
    values;
  return { readCharacters, writeCharacters, readCalls, writeCalls, readBytes, writeBytes };
}

/** In the order of the file. */
const NAMES = ['rchar: ', 'wchar: ', 'syscr: ', 'syscw: ', 'read_bytes: ', 'write_bytes: '];
