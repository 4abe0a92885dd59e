import { decodeBytes } from './bytes';
import { baseName } from './text';

/** The kernel cuts the names of programs there. */
const NAME_BYTES = 15;

/**
 * /proc/PID/cmdline, see proc_pid_cmdline(5): one item an argument, empty for kernel threads and zombies. A program
 * that writes its title there ('sshd: root@pts/0') leaves NULs behind it, which are no arguments. `text`: every
 * character is a byte.
 */
export function parseArguments(text: string): string[] {
  if (text === '') return [];
  // A title that fills the whole room has no NUL at its end.
  const list = decodeBytes(text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
  return isTitle(list) ? list.slice(0, 1) : list;
}

function isTitle(list: readonly string[]): boolean {
  return list.length > 1 && (list[0] ?? '').includes(': ') && list.every((one, index) => index === 0 || one === '');
}

/**
 * The whole name: that of the program as it was called, where it begins with the kernel's, which was cut. Both texts:
 * every character is a byte. `commandLine` is the text of /proc/PID/cmdline.
 */
export function wholeName(nameBytes: string, commandLine: string): string {
  if (nameBytes.length < NAME_BYTES) return decodeBytes(nameBytes);
  const end = commandLine.indexOf('\0');
  const program = baseName(end < 0 ? commandLine : commandLine.slice(0, end));
  return decodeBytes(program.startsWith(nameBytes) ? program : nameBytes);
}

/** Where a link of /proc/PID leads. The kernel adds a remark to the name of a file that is gone. */
export interface LinkTarget {
  readonly path: string;
  readonly deleted: boolean;
}

const DELETED = ' (deleted)';

/** Of exe, cwd, root and fd/N. `target`: every character is a byte. */
export function parseLinkTarget(target: string): LinkTarget {
  const deleted = target.endsWith(DELETED);
  return { path: decodeBytes(deleted ? target.slice(0, -DELETED.length) : target), deleted };
}
