/** How a file was opened, as the access mode of open(2). 'path' is O_PATH: a place in the tree, not to be read. */
export type AccessMode = 'read' | 'write' | 'read-write' | 'path';

export interface OpenFlags {
  readonly mode: AccessMode;
  /** Without the access mode, in the order of their bits: 'O_APPEND'. A bit without a name stands as 'O_0…' in octal. */
  readonly names: readonly string[];
}

const ACCESS_MASK = 0o3;
const O_PATH = 0o10000000;
/** O_SYNC holds the bit of O_DSYNC, and O_TMPFILE that of O_DIRECTORY. */
const SYNC_ONLY = 0o4000000;
const TMPFILE_ONLY = 0o20000000;

/** Of asm-generic/fcntl.h: alike on all machines but Alpha, MIPS, PA-RISC and SPARC. */
const COMMON: readonly Bit[] = [
  [0o100, 'O_CREAT'],
  [0o200, 'O_EXCL'],
  [0o400, 'O_NOCTTY'],
  [0o1000, 'O_TRUNC'],
  [0o2000, 'O_APPEND'],
  [0o4000, 'O_NONBLOCK'],
  [0o10000, 'O_DSYNC'],
  [0o20000, 'O_ASYNC'],
  [0o1000000, 'O_NOATIME'],
  [0o2000000, 'O_CLOEXEC'],
  [SYNC_ONLY, 'O_SYNC'],
  [O_PATH, 'O_PATH'],
  [TMPFILE_ONLY, 'O_TMPFILE'],
];

/** Four bits are other ones on Arm and POWER (and m68k) than elsewhere. */
const GENERIC: readonly Bit[] = [
  [0o40000, 'O_DIRECT'],
  [0o100000, 'O_LARGEFILE'],
  [0o200000, 'O_DIRECTORY'],
  [0o400000, 'O_NOFOLLOW'],
];
const ARM_AND_POWER: readonly Bit[] = [
  [0o40000, 'O_DIRECTORY'],
  [0o100000, 'O_NOFOLLOW'],
  [0o200000, 'O_DIRECT'],
  [0o400000, 'O_LARGEFILE'],
];

type Bit = readonly [bit: number, name: string];

/** `architecture` is what uname -m says: 'x86_64', 'aarch64'; null is taken for one with the generic bits. */
export function openFlagsOf(flags: number, architecture: string | null): OpenFlags {
  const bits = [...COMMON, ...(/^(arm|aarch64|ppc|m68k)/.test(architecture ?? '') ? ARM_AND_POWER : GENERIC)];
  const names = new Map<number, string>();
  let rest = flags & ~ACCESS_MASK;
  for (const [bit, name] of bits) {
    if ((rest & bit) === 0) continue;
    names.set(bit, name);
    rest &= ~bit;
  }
  if (names.has(SYNC_ONLY)) names.delete(0o10000);
  if (names.has(TMPFILE_ONLY)) for (const [bit, name] of names) if (name === 'O_DIRECTORY') names.delete(bit);
  if (rest !== 0) names.set(rest, `O_0${(rest >>> 0).toString(8)}`);
  const sorted = [...names].sort(([one], [other]) => (one >>> 0) - (other >>> 0)).map(([, name]) => name);
  return { mode: modeOf(flags), names: sorted };
}

function modeOf(flags: number): AccessMode {
  if ((flags & O_PATH) !== 0) return 'path';
  switch (flags & ACCESS_MASK) {
    case 0:
      return 'read';
    case 1:
      return 'write';
    default:
      return 'read-write';
  }
}
