import { count, wholeLines } from './text';

/** One line of /proc/self/mountinfo, see proc_pid_mountinfo(5). */
export interface Mount {
  readonly id: number;
  readonly parentId: number;
  /** Major and minor number of the file system, such as 254:0. */
  readonly device: string;
  /** The folder of the file system that stands at the mount point; '/' unless it is a bind mount or a subvolume. */
  readonly root: string;
  readonly mountPoint: string;
  readonly type: string;
  /** Such as /dev/vda1 or server:/export. */
  readonly source: string;
  readonly readOnly: boolean;
}

/** null when no line is a mount. */
export function parseMountinfo(text: string): readonly Mount[] | null {
  const mounts: Mount[] = [];
  for (const line of wholeLines(text)) {
    const mount = mountOf(line);
    if (mount !== null) mounts.push(mount);
  }
  return mounts.length === 0 ? null : mounts;
}

/** Between the sixth column and the lone dash stand any number of optional columns. */
function mountOf(line: string): Mount | null {
  const dash = line.indexOf(' - ');
  if (dash === -1) return null;
  const [id, parentId, device, root, mountPoint, options] = line.slice(0, dash).split(' ');
  const [type, source, superOptions] = line.slice(dash + 3).split(' ');
  const numbers = [count(id), count(parentId)] as const;
  if (numbers[0] === null || numbers[1] === null || device === undefined || root === undefined) return null;
  if (mountPoint === undefined || options === undefined || type === undefined || !mountPoint.startsWith('/'))
    return null;
  return {
    id: numbers[0],
    parentId: numbers[1],
    device,
    root: unescaped(root),
    mountPoint: unescaped(mountPoint),
    type,
    source: unescaped(source ?? ''),
    readOnly: isReadOnly(options) || isReadOnly(superOptions ?? ''),
  };
}

function isReadOnly(options: string): boolean {
  return options.split(',').includes('ro');
}

/** Blank, tab, line feed and backslash stand in the file as three octal digits. */
function unescaped(path: string): string {
  if (!path.includes('\\')) return path;
  return path.replace(/\\([0-3][0-7]{2})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
