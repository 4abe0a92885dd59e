import * as l10n from '@vscode/l10n';
import { NotParsed } from './tree';

export interface NginxToken {
  readonly kind: 'word' | 'end' | 'open' | 'close' | 'script';
  /** Quotation marks that are not needed are left out. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Blank space, comment; string in either marks; bracket or semicolon; word, in which `${…}` is no bracket. */
const TOKEN =
  /(\s+|#[^\n]*)|("(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|([;{}])|((?:\$\{[^}\s]*\}|\\[^]|[^\s;{}"'#\\$]|\$(?!\{)|(?<=[^\s;{}])["'#])+)/y;
const SCRIPT = /_by_lua_block$/;

/** Words, ends and brackets of a file of nginx. Throws NotParsed. */
export function* nginxTokens(text: string): Generator<NginxToken> {
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let word = '';
  const advance = (end: number): void => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
      line += 1;
      lineStart = next + 1;
    }
    at = end;
  };
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [whole, blank, string, mark, bare] = TOKEN.exec(text) ?? [];
    const place = { line, column: at - lineStart + 1 };
    if (whole === undefined) throw unexpected(text.charAt(at), place);
    if (string !== undefined) yield { kind: 'word', text: unquoted(string), ...place };
    else if (bare !== undefined) yield { kind: 'word', text: bare, ...place };
    else if (mark === '{' && SCRIPT.test(word)) {
      const end = scriptEnd(text, at);
      if (end === -1) throw new NotParsed(l10n.t('a bracket is not closed'), place.line, place.column);
      yield { kind: 'script', text: text.slice(at + 1, end), ...place };
      advance(end + 1);
      continue;
    } else if (mark !== undefined)
      yield { kind: mark === ';' ? 'end' : mark === '{' ? 'open' : 'close', text: mark, ...place };
    if (blank === undefined) word = bare ?? '';
    advance(at + whole.length);
  }
}

function unexpected(character: string, { line, column }: { line: number; column: number }): NotParsed {
  const isQuotation = character === '"' || character === "'";
  const reason = isQuotation
    ? l10n.t('a quotation mark is not closed')
    : l10n.t('“{0}” is not expected here', character);
  return new NotParsed(reason, line, column);
}

function unquoted(string: string): string {
  const inner = string.slice(1, -1);
  return /^[^\s;{}"'#\\]+$/u.test(inner) ? inner : string;
}

/** Where the bracket that is opened there is closed; a script is taken as it is, brackets in its strings and comments do not count. */
function scriptEnd(text: string, start: number): number {
  let depth = 0;
  const bracket = /[{}]|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|--[^\n]*/g;
  bracket.lastIndex = start;
  for (let found = bracket.exec(text); found !== null; found = bracket.exec(text)) {
    if (found[0] === '{') depth += 1;
    if (found[0] === '}') depth -= 1;
    if (depth === 0) return found.index;
  }
  return -1;
}
