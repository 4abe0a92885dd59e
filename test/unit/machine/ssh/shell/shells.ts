import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The program's path; undefined where it is not installed. */
export function programPath(name: string): string | undefined {
  for (const folder of ['/bin', '/usr/bin', '/usr/local/bin', '/sbin', '/usr/sbin']) {
    const file = path.join(folder, name);
    if (fs.existsSync(file)) return file;
  }
  return undefined;
}

/** A folder in which every small program is busybox'. */
export function busyboxFolder(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  const busybox = programPath('busybox') ?? '';
  for (const name of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n')) {
    if (name !== '') fs.symlinkSync(busybox, path.join(folder, name));
  }
  return folder;
}
