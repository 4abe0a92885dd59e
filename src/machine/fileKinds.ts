import type { FileKind } from './machine';

/** As find(1) prints them with -printf %y. */
const LETTERS: Readonly<Record<FileKind, string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  block: 'b',
  character: 'c',
  unknown: '?',
};
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as FileKind]));

/** The type in st_mode (inode(7), S_IFMT). */
const TYPE_BITS = 0o170_000;
const KINDS_BY_BITS: ReadonlyMap<number, FileKind> = new Map([
  [0o010_000, 'fifo'],
  [0o020_000, 'character'],
  [0o040_000, 'directory'],
  [0o060_000, 'block'],
  [0o100_000, 'file'],
  [0o120_000, 'symlink'],
  [0o140_000, 'socket'],
]);

/** '?' for what is unknown. */
export function letterOfKind(kind: FileKind): string {
  return LETTERS[kind];
}

/** undefined for what is no such letter. */
export function kindOfLetter(letter: string): FileKind | undefined {
  return KINDS.get(letter);
}

/** Of a whole st_mode; its permission bits are passed over. */
export function kindOfMode(mode: number): FileKind {
  return KINDS_BY_BITS.get(mode & TYPE_BITS) ?? 'unknown';
}
