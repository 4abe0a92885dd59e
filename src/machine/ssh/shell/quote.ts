import * as l10n from '@vscode/l10n';
import { encodePath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';

/**
 * One word for a POSIX shell, whatever is in it (XCU 2.2.2). Bytes that are no UTF-8 stand as lib/bytePath.ts has them
 * and stay so: `shellBytes` makes bytes of the finished text. Throws ExpectedError('invalid-input') for a NUL, which no
 * argument and no name can hold.
 */
export function quoteWord(word: string): string {
  if (word.includes('\0')) {
    throw new ExpectedError(
      'invalid-input',
      l10n.t('An argument or a path cannot contain a NUL character. Remove it.'),
    );
  }
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words of a command as one line for a POSIX shell. */
export function quoteCommand(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** What is sent of a text for the shell. */
export function shellBytes(text: string): Buffer {
  return encodePath(text);
}

/** A script as the format of printf(1): one line, ASCII only, without a character that any shell takes for more. */
export function printfFormat(script: string): string {
  let format = '';
  for (const byte of shellBytes(script)) {
    const character = String.fromCharCode(byte);
    format += /[\w ./:;,=<>&|()[\]{}@#*?+~^-]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return format;
}

/**
 * A line that every login shell hands to `sh` unchanged: not only sh's own kin, but csh and fish as well, which read
 * quotes, backslashes and exclamation marks in ways of their own.
 */
export function loginLine(script: string): string {
  return `exec sh -c 'eval "$(printf "${printfFormat(script)}")"'`;
}
