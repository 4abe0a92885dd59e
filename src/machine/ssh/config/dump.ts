import { canonicalKeyword } from './keywords';
import type { RawOptions } from './rawOptions';

/** Their files stand on one line. */
const FILE_LISTS: ReadonlySet<string> = new Set(['userknownhostsfile', 'globalknownhostsfile']);

/**
 * What `ssh -G` prints: a keyword in lower case and its value on each line, several lines for several values. OpenSSH
 * from 6.8 (2015) on; null when it is something else.
 */
export function parseDump(text: string): RawOptions | null {
  const raw = new Map<string, readonly string[]>();
  for (const line of text.split(/\r?\n/u)) {
    const at = line.indexOf(' ');
    if (at <= 0) continue;
    const printed = line.slice(0, at).toLowerCase();
    // Before OpenSSH 8.7 this was an option of its own.
    const keyword = printed === 'challengeresponseauthentication' ? printed : canonicalKeyword(printed);
    const value = line.slice(at + 1);
    const values = valuesOf(keyword, value);
    raw.set(keyword, [...(raw.get(keyword) ?? []), ...values]);
  }
  return raw.has('hostname') && raw.has('port') ? raw : null;
}

function valuesOf(keyword: string, value: string): readonly string[] {
  if (FILE_LISTS.has(keyword)) return splitFiles(value);
  if (keyword === 'rekeylimit') return value.split(' ');
  // Long ago all variables stood on one line; none of them can hold a blank.
  if (keyword === 'sendenv') return value.split(' ').filter(Boolean);
  return [value];
}

/**
 * ssh prints a list of files without quotes, so that a blank may be a part of a name: a file begins where an absolute
 * path does.
 */
function splitFiles(value: string): readonly string[] {
  const words = value.match(/"[^"]*"|\S+/gu) ?? [];
  const files: string[] = [];
  const absolute = isAbsolute(words[0] ?? '');
  for (const word of words) {
    const last = files.at(-1);
    if (!absolute || last === undefined || isAbsolute(word) || word.startsWith('"'))
      files.push(word.replaceAll('"', ''));
    else files[files.length - 1] = `${last} ${word}`;
  }
  return files;
}

function isAbsolute(word: string): boolean {
  return /^"?(?:[/~\\]|[A-Za-z]:[/\\]|__PROGRAMDATA__)/u.test(word);
}
