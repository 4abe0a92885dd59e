import { kindOfMode } from '../../fileKinds';
import type { FileKind, FileStat } from '../../machine';
import type { Attributes, NameEntry } from './protocol';

/** The first letter of a line of `ls -l`. */
const KINDS_BY_LETTER: ReadonlyMap<string, FileKind> = new Map([
  ['p', 'fifo'],
  ['c', 'character'],
  ['d', 'directory'],
  ['b', 'block'],
  ['-', 'file'],
  ['l', 'symlink'],
  ['s', 'socket'],
]);

/** 'unknown' where the server does not tell. */
export function kindOf({ permissions = 0 }: Attributes): FileKind {
  return kindOfMode(permissions);
}

/** Some servers tell the kind only in the line that they make for people. */
export function kindOfEntry(entry: NameEntry): FileKind {
  const kind = kindOf(entry.attributes);
  return kind === 'unknown' ? kindInLine(entry) : kind;
}

/** What stat would tell; undefined where something is missing, or where a link may have been followed for it. */
export function statOfEntry(entry: NameEntry): FileStat | undefined {
  const { attributes } = entry;
  const { sizeBytes, permissions, modifiedSeconds, uid } = attributes;
  const isWhole = [sizeBytes, permissions, modifiedSeconds, uid].every((value) => value !== undefined);
  const kind = kindOf(attributes);
  return isWhole && kind !== 'unknown' && kind === kindInLine(entry) ? fileStatOf(attributes) : undefined;
}

function kindInLine({ longName }: NameEntry): FileKind {
  return KINDS_BY_LETTER.get(String.fromCharCode(longName[0] ?? 0)) ?? 'unknown';
}

/** What is not told is 0. Times of version 3 are in whole seconds. */
export function fileStatOf(attributes: Attributes, kind = kindOf(attributes)): FileStat {
  return {
    kind,
    sizeBytes: attributes.sizeBytes ?? 0,
    mode: (attributes.permissions ?? 0) & 0o7777,
    modifiedMs: (attributes.modifiedSeconds ?? 0) * 1_000,
    uid: attributes.uid ?? 0,
    gid: attributes.gid ?? 0,
  };
}
