import { decodeBytes } from './bytes';

/** A file that a process has mapped into its memory, all of its ranges together. */
export interface MappedFile {
  /** Without the kernel's remark that it was deleted. */
  readonly path: string;
  readonly deleted: boolean;
  /** Major and minor number in decimal digits, such as 254:0. On btrfs it is not the one that stat(2) tells. */
  readonly device: string;
  readonly inode: string;
  /** Of the address space, not of memory in use. */
  readonly mappedBytes: number;
  /** Every permission that one of its ranges has, in the order of the kernel: `rwx`. */
  readonly permissions: string;
  /** A range is shared with other processes, so writing changes the file. */
  readonly shared: boolean;
  /** The first range, as its link in /proc/PID/map_files is named. */
  readonly firstRange: string;
}

const DELETED = ' (deleted)';
const LINE = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])([x-])([ps]) [0-9a-f]+ ([0-9a-f]+):([0-9a-f]+) (\d+) +(\/.*)$/;

/**
 * The files of /proc/PID/maps, see proc_pid_maps(5): ranges without an inode (heap, stack, anonymous memory) are left
 * out, and so is what is cut short. `text`: every character is a byte.
 */
export function parseMappedFiles(text: string): readonly MappedFile[] {
  const files = new Map<string, MappedFile>();
  for (const line of text.split('\n')) {
    // Most lines are of anonymous memory: they end with the inode 0.
    if (!line.includes('/')) continue;
    const [, start, end, read, write, execute, sharing, major, minor, inode, name] = LINE.exec(line) ?? [];
    if (start === undefined || end === undefined || name === undefined || inode === undefined || inode === '0')
      continue;
    const device = `${Number.parseInt(major ?? '', 16)}:${Number.parseInt(minor ?? '', 16)}`;
    const key = `${device} ${inode} ${name}`;
    const known = files.get(key);
    const permissions = `${read ?? ''}${write ?? ''}${execute ?? ''}${known?.permissions ?? ''}`;
    files.set(key, {
      ...(known ?? { ...nameOf(name), device, inode, firstRange: `${start}-${end}` }),
      mappedBytes: (known?.mappedBytes ?? 0) + Number.parseInt(end, 16) - Number.parseInt(start, 16),
      permissions: [...'rwx'].filter((letter) => permissions.includes(letter)).join(''),
      shared: sharing === 's' || known?.shared === true,
    });
  }
  return [...files.values()];
}

/** Of all odd characters the kernel escapes only the line feed here. */
function nameOf(name: string): Pick<MappedFile, 'path' | 'deleted'> {
  const deleted = name.endsWith(DELETED);
  const path = deleted ? name.slice(0, -DELETED.length) : name;
  return { path: decodeBytes(path.replaceAll('\\012', '\n')), deleted };
}
