import { decodeBytes } from './bytes';
import { count, words } from './text';

/** What smaps tells of a map, of a group of them, or of the whole process, see proc_pid_smaps(5). null: not told. */
export interface MapSizes {
  readonly sizeBytes: number;
  readonly residentBytes: number;
  /** Resident, each page divided by the number of processes that share it. */
  readonly proportionalBytes: number;
  readonly sharedCleanBytes: number;
  readonly sharedDirtyBytes: number;
  readonly privateCleanBytes: number;
  readonly privateDirtyBytes: number;
  readonly referencedBytes: number;
  readonly anonymousBytes: number;
  readonly swapBytes: number;
  /** 2.6.29 and later tell; as `proportionalBytes`, of what is in swap (4.3). */
  readonly swapProportionalBytes: number;
  readonly lockedBytes: number;
  /** Transparent huge pages. */
  readonly hugeBytes: number;
  /** Of hugetlbfs: they count nowhere else. */
  readonly sharedHugetlbBytes: number;
  readonly privateHugetlbBytes: number;
}

export interface MemoryMap extends MapSizes {
  /** Hexadecimal without 0x: the highest do not fit into a number. */
  readonly start: string;
  readonly end: string;
  /** rwx and p (private) or s (shared): 'r-xp'. */
  readonly permissions: string;
  /** Within the file, hexadecimal. */
  readonly offset: string;
  /** Major and minor number, hexadecimal as the kernel writes them: 'fe:00'. */
  readonly device: string;
  /** Digits, as of `parseStatText`; '0' where no file is mapped. */
  readonly inode: string;
  /** '[heap]', a path (with ' (deleted)' where it is), or '' for an anonymous one. */
  readonly path: string;
  readonly pageBytes: number | null;
  /** Two letters each: 'rd', 'ex', 'lo'. */
  readonly flags: readonly string[];
}

export const NO_SIZES: MapSizes = {
  sizeBytes: 0,
  residentBytes: 0,
  proportionalBytes: 0,
  sharedCleanBytes: 0,
  sharedDirtyBytes: 0,
  privateCleanBytes: 0,
  privateDirtyBytes: 0,
  referencedBytes: 0,
  anonymousBytes: 0,
  swapBytes: 0,
  swapProportionalBytes: 0,
  lockedBytes: 0,
  hugeBytes: 0,
  sharedHugetlbBytes: 0,
  privateHugetlbBytes: 0,
};

type Sizes = { -readonly [Name in keyof MapSizes]: number };

/** By the name before the colon. Two that mean one thing are added. */
const FIELDS: Readonly<Record<string, keyof MapSizes>> = {
  Size: 'sizeBytes',
  Rss: 'residentBytes',
  Pss: 'proportionalBytes',
  Shared_Clean: 'sharedCleanBytes',
  Shared_Dirty: 'sharedDirtyBytes',
  Private_Clean: 'privateCleanBytes',
  Private_Dirty: 'privateDirtyBytes',
  Referenced: 'referencedBytes',
  Anonymous: 'anonymousBytes',
  Swap: 'swapBytes',
  SwapPss: 'swapProportionalBytes',
  Locked: 'lockedBytes',
  AnonHugePages: 'hugeBytes',
  ShmemPmdMapped: 'hugeBytes',
  FilePmdMapped: 'hugeBytes',
  Shared_Hugetlb: 'sharedHugetlbBytes',
  Private_Hugetlb: 'privateHugetlbBytes',
};

const HEAD = /^([0-9a-f]+)-([0-9a-f]+) ([-rwxsp]{4}) ([0-9a-f]+) ([0-9a-f]+:[0-9a-f]+) (\d+) *(.*)$/;

/**
 * The maps of /proc/PID/smaps one by one, so that a caller can pause between them: a process may have 65,530 and more.
 * Of /proc/PID/maps only the heads, with sizes of 0 but for `sizeBytes`. The last one of a text that was cut short is
 * left out. `text`: every character is a byte.
 */
export function* memoryMaps(text: string): Generator<MemoryMap, void, undefined> {
  let head: string | null = null;
  let lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    if (end < 0) return;
    const line = text.slice(at, end);
    at = end + 1;
    if (isHead(line)) {
      const map = head === null ? null : mapOf(head, lines);
      if (map !== null) yield map;
      head = line;
      lines = [];
    } else lines.push(line);
  }
  const last = head === null ? null : mapOf(head, lines);
  if (last !== null) yield last;
}

/** /proc/PID/smaps_rollup (4.14 and later), the sum of all; null when it is empty, as of a kernel thread. */
export function parseSmapsRollup(text: string): MapSizes | null {
  const lines = text.split('\n').slice(0, -1);
  if (!lines[0]?.endsWith('[rollup]')) return null;
  return sizesOf(lines.slice(1));
}

/** The sum of two, such as of all maps of one file. */
export function sumOfSizes(one: MapSizes, other: MapSizes): MapSizes {
  const sum: Sizes = { ...NO_SIZES };
  for (const name of SIZE_NAMES) sum[name] = one[name] + other[name];
  return sum;
}

const SIZE_NAMES = Object.keys(NO_SIZES) as readonly (keyof MapSizes)[];

/** Unique set size: what would be free if the process ended. */
export function uniqueBytes(sizes: MapSizes): number {
  return sizes.privateCleanBytes + sizes.privateDirtyBytes + sizes.privateHugetlbBytes;
}

/** A head begins with an address, a field with a capital letter. */
function isHead(line: string): boolean {
  const code = line.charCodeAt(0);
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}

function mapOf(head: string, lines: readonly string[]): MemoryMap | null {
  const [, start, end, permissions = '', offset = '', device = '', inode, path = ''] = HEAD.exec(head) ?? [];
  if (start === undefined || end === undefined || inode === undefined) return null;
  const sizes = sizesOf(lines);
  const flags = lines.find((line) => line.startsWith('VmFlags:'));
  return {
    ...sizes,
    sizeBytes: sizes.sizeBytes === 0 ? Number(BigInt(`0x${end}`) - BigInt(`0x${start}`)) : sizes.sizeBytes,
    start,
    end,
    permissions,
    offset,
    device,
    inode,
    path: decodeBytes(unescaped(path)),
    pageBytes: kibibytes(lines.find((line) => line.startsWith('KernelPageSize:'))),
    flags: flags === undefined ? [] : words(flags.slice('VmFlags:'.length)),
  };
}

function sizesOf(lines: readonly string[]): MapSizes {
  const sizes: Sizes = { ...NO_SIZES };
  for (const line of lines) {
    const field = FIELDS[line.slice(0, Math.max(0, line.indexOf(':')))];
    if (field !== undefined) sizes[field] += kibibytes(line) ?? 0;
  }
  return sizes;
}

/** `Rss:      1732 kB`, in bytes. */
function kibibytes(line: string | undefined): number | null {
  if (line === undefined) return null;
  const [, number, unit] = words(line);
  const value = unit === 'kB' ? count(number) : null;
  return value === null ? null : value * 1024;
}

/** The kernel escapes a line feed of a path only, as \012. */
function unescaped(path: string): string {
  return path.includes('\\012') ? path.replaceAll('\\012', '\n') : path;
}
