import { decodeBytes } from './bytes';
import { baseName } from './text';

/** The kernel cuts the names of programs there. */
const NAME_BYTES = 15;
/** Node.js 24 gives its first thread this name, which the kernel takes for that of the process. */
const FIRST_THREAD = 'MainThread';

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
 * What the program is called. The kernel has cut its name where it is long, and some runtimes have put in its place
 * what they call their first thread: then it is the program as it was called. Both texts: every character is a byte.
 * `commandLine` is the text of /proc/PID/cmdline.
 */
export function programName(nameBytes: string, commandLine: string): string {
  const cut = nameBytes.length >= NAME_BYTES;
  if (!cut && nameBytes !== FIRST_THREAD) return decodeBytes(nameBytes);
  const end = commandLine.indexOf('\0');
  const program = baseName(end < 0 ? commandLine : commandLine.slice(0, end));
  const fits = cut ? program.startsWith(nameBytes) : program !== '';
  return decodeBytes(fits ? program : nameBytes);
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
