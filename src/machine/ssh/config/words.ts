/** What ends a word and may stand around a line: WHITESPACE of OpenSSH's misc.c, form feed included as in its reader. */
const SPACE = ' \t\r\n\f';

/** The keyword of a line in lower case and what follows; null for an empty line or a comment. */
export function splitKeyword(line: string): { readonly keyword: string; readonly rest: string } | null {
  const text = trim(line);
  if (text === '' || text.startsWith('#')) return null;
  const match = /^("[^"]*"|[^ \t\r\n\f="]+)[ \t\r\n\f]*=?[ \t\r\n\f]*(.*)$/su.exec(text);
  if (!match) return { keyword: text.toLowerCase(), rest: '' };
  return { keyword: (match[1] ?? '').replaceAll('"', '').toLowerCase(), rest: match[2] ?? '' };
}

/**
 * The arguments of a line as argv_split() of OpenSSH has them: single or double quotes, a backslash before a quote, a
 * backslash or (outside of quotes) a blank; a word that begins with # begins a comment. null: a quote without its end.
 */
export function splitWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && SPACE.includes(text[at] ?? '')) at += 1;
    if (at >= text.length || text[at] === '#') return words;
    const word = readWord(text, at);
    if (!word) return null;
    words.push(word.text);
    at = word.end;
  }
}

function readWord(text: string, start: number): { readonly text: string; readonly end: number } | null {
  let quote = '';
  let word = '';
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (character === '\\' && next !== '' && ('\'"\\'.includes(next) || (quote === '' && next === ' '))) {
      word += next;
      at += 1;
    } else if (quote === '' && (character === ' ' || character === '\t')) break;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (quote !== '' && character === quote) quote = '';
    else word += character;
  }
  return quote === '' ? { text: word, end: at } : null;
}

function trim(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && SPACE.includes(line[start] ?? '')) start += 1;
  while (end > start && SPACE.includes(line[end - 1] ?? '')) end -= 1;
  return line.slice(start, end);
}
