import * as fs from 'node:fs';
import { kindOf, OPEN_TO_READ } from './kinds';

/**
 * Files of /proc and /sys whose opening has no effect. The others are links into the world of other processes, where
 * devices and pipes are: there, as everywhere else, the kind is looked at before anything is opened.
 */
const KERNEL_TEXT = /^\/(?:proc|sys)\/(?!.*\/(?:fd|root|cwd|exe|map_files|\.\.)(?:\/|$))/;

/** Has a code as system errors have: 'kind:fifo' and the like for what is no regular file. */
export class ReadError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export function isKernelText(path: string): boolean {
  return KERNEL_TEXT.test(path);
}

/** Opens a file whose content may be read. Throws errors that have a code. */
export function openText(path: string | Buffer, ofKernel: boolean): number {
  if (ofKernel) return fs.openSync(path, OPEN_TO_READ);
  requireFile(fs.statSync(path));
  const fd = fs.openSync(path, OPEN_TO_READ);
  try {
    requireFile(fs.fstatSync(fd));
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

function requireFile(stats: fs.Stats): void {
  if (!stats.isFile()) throw new ReadError(`kind:${kindOf(stats)}`);
}
