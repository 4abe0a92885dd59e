import * as fs from 'node:fs';
import type { FileKind } from '../machine';

interface KindTests {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isBlockDevice(): boolean;
  isCharacterDevice(): boolean;
}

/** The kind of what fs.Stats or fs.Dirent describes. */
export function kindOf(entry: KindTests): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isBlockDevice()) return 'block';
  if (entry.isCharacterDevice()) return 'character';
  return 'unknown';
}

/**
 * Opening with it neither waits for a FIFO's writer nor reads where a terminal or a kernel log has nothing yet.
 * Windows has no such flags.
 */
export const OPEN_TO_READ = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOCTTY ?? 0);
