import { encodePath } from '../../../../lib/bytePath';
import type { HashBatch } from '../../../machine';
import type { HashProgram } from './tools';

type Hashes = HashBatch['hashes'];

interface Expected {
  readonly path: string;
  /** As the program prints it, each byte as a character. */
  readonly name: string;
}

/** What a program prints of one run may be missing there. */
const MOST_MISSING = 4_096;

/**
 * Reads what a program prints of the paths that it was given, in their order; what it could not read is left out of it.
 * A name may hold whatever ends a line, so it is the expected name that tells where a line ends.
 */
export class HashReader {
  private expected: Expected[] = [];
  private first = 0;
  private text = '';
  private at = 0;
  private readonly missing: string[] = [];

  constructor(private readonly form: HashProgram['form']) {}

  expect(paths: readonly string[]): void {
    if (this.first > 4_096) {
      this.expected = this.expected.slice(this.first);
      this.first = 0;
    }
    for (const path of paths) this.expected.push({ path, name: encodePath(safe(path)).toString('latin1') });
  }

  /** Whether there is nothing to wait for. */
  get isDone(): boolean {
    return this.first >= this.expected.length;
  }

  take(text: string): Hashes {
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
    return this.read(false);
  }

  finish(): { readonly found: Hashes; readonly missing: readonly string[] } {
    const found = this.read(true);
    this.skipTo(this.expected.length);
    return { found, missing: this.missing };
  }

  private read(isEnd: boolean): Hashes {
    const found: { path: string; outcome: { kind: 'hash'; sha256: string } }[] = [];
    for (;;) {
      const match = this.next(isEnd);
      if (match === null) return found;
      const { index, sha256, end } = match;
      this.skipTo(index);
      found.push({ path: this.expected[index]?.path ?? '', outcome: { kind: 'hash', sha256 } });
      this.first = index + 1;
      this.at = end;
    }
  }

  /** The next line, of the first path that it can be of. */
  private next(isEnd: boolean): { readonly index: number; readonly sha256: string; readonly end: number } | null {
    const last = Math.min(this.expected.length, this.first + MOST_MISSING);
    for (let index = this.first; index < last; index += 1) {
      const { name } = this.expected[index] as Expected;
      const line = this.lineOf(name);
      const start = this.at + line.head.length;
      const sha256 = this.text.slice(start, start + 64);
      const end = start + 64 + line.tail.length;
      if (!isEnd && this.text.length < end) return null;
      const isIt = this.text.startsWith(line.head, this.at) && isTail(this.text.slice(start + 64, end), line.tail);
      if (isIt && /^[0-9a-f]{64}$/.test(sha256)) return { index, sha256, end };
    }
    return null;
  }

  /** What stands around the hash; where the two blanks are, the second may be a star. */
  private lineOf(name: string): { readonly head: string; readonly tail: string } {
    if (this.form === 'tagged') return { head: `SHA256 (${name}) = `, tail: '\n' };
    if (this.form === 'zero') return { head: '', tail: `  ${name}\0` };
    // GNU escapes line breaks and backslashes of a name, and says so by a backslash before the hash.
    if (this.text.charAt(this.at) !== '\\') return { head: '', tail: `  ${name}\n` };
    const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    return { head: '\\', tail: `  ${escaped}\n` };
  }

  private skipTo(index: number): void {
    for (; this.first < index; this.first += 1) this.missing.push(this.expected[this.first]?.path ?? '');
  }
}

function isTail(text: string, tail: string): boolean {
  return text === tail || (text.startsWith(' *') && text.slice(2) === tail.slice(2));
}

/** So that no program takes it for an option. */
export function safe(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}
