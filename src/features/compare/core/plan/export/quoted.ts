import { encodePath, hasLoneSurrogate } from '../../../../../lib/bytePath';

/** One word of a POSIX shell: only to be read and copied, nothing is run. */
export function shellWord(text: string): string {
  return /^[\w.,:/+@%=-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** Whether a text shows it as it is: no control characters, nothing that is no UTF-8. */
export function isPlainPath(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it is about
  return !/[\u0000-\u001f\u007f]/.test(path) && !hasLoneSurrogate(path);
}

/** With backslashes doubled, and each byte that is not printable as an octal escape with that beginning. */
export function octalEscaped(path: string, beginning: '\\' | '\\0'): string {
  if (isPlainPath(path)) return path.replaceAll('\\', '\\\\');
  return Array.from(encodePath(path), (byte) => {
    if (byte === 92) return '\\\\';
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : beginning + byte.toString(8).padStart(3, '0');
  }).join('');
}
