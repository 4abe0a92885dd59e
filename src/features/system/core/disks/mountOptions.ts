import { wholeLines } from '../kernel/text';

/** Options of one mount: those of the mount itself (per place) and those of its file system. */
export interface MountOptions {
  readonly mount: readonly string[];
  readonly fileSystem: readonly string[];
}

/** /proc/self/mountinfo: options by the id of the mount. A comma within an option stands there escaped. */
export function parseMountOptions(text: string): ReadonlyMap<number, MountOptions> {
  const options = new Map<number, MountOptions>();
  for (const line of wholeLines(text)) {
    const dash = line.indexOf(' - ');
    if (dash < 0) continue;
    const [id, , , , , mount = ''] = line.slice(0, dash).split(' ');
    const [, , fileSystem = ''] = line.slice(dash + 3).split(' ');
    options.set(Number(id), { mount: listOf(mount), fileSystem: listOf(fileSystem) });
  }
  return options;
}

function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map(unescaped);
}

function unescaped(text: string): string {
  return text.replace(/\\([0-3][0-7]{2})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** As findmnt(8) joins them: those of the mount, then those of the file system that are new. */
export function joinedOptions({ mount, fileSystem }: MountOptions): readonly string[] {
  return [...mount, ...fileSystem.filter((option) => option !== 'rw' && option !== 'ro' && !mount.includes(option))];
}

/**
 * The kernel made it read-only by itself, as ext4 does after an error with errors=remount-ro: the mount still asks
 * for writing, and the file system does not allow it.
 */
export function isTurnedReadOnly({ mount, fileSystem }: MountOptions): boolean {
  return mount.includes('rw') && fileSystem.includes('ro');
}
