import { decodePath, encodePath, hasLoneSurrogate } from '../../lib/bytePath';

const onWindows = process.platform === 'win32';

/** A path as Node's fs takes it: as text, or as its bytes where text would not give them back. */
export function fsPath(path: string): string | Buffer {
  return onWindows || !hasLoneSurrogate(path) ? path : encodePath(path);
}

/** What fs gives for `encoding: 'buffer'`, as a path of MachineFiles. */
export function pathOf(bytes: Buffer): string {
  return onWindows ? bytes.toString('utf8') : decodePath(bytes);
}
