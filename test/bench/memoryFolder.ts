import * as fs from 'node:fs';
import * as os from 'node:os';

/** Where no disk is measured: what it takes to make a file is the same for all. */
export function memoryFolder(): string {
  return fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
}
