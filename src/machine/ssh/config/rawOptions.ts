import * as l10n from '@vscode/l10n';
import { configError } from './configError';
import { canonicalKeyword, isKnownKeyword, type KeywordKind, keywordKinds } from './keywords';
import type { ConfigLine } from './load';
import { matchPattern, matchPatternList } from './patterns';
import { parseChecking, parseFlag, parseInteger, parseRekeyLimit, parseSeconds } from './values';

/**
 * Keyword, in lower case, to its values as they are written: what `ssh -G` prints, and what our own evaluation finds.
 * Lists of files and variables have a value for each; a keyword that nothing is said of may be missing.
 */
export type RawOptions = ReadonlyMap<string, readonly string[]>;

/** Collects options: of most of them the first value that is found wins. */
export class OptionCollector {
  readonly raw = new Map<string, readonly string[]>();
  /** For a person. */
  readonly remarks = new Set<string>();

  /** Takes what a line of an active block says. Throws ExpectedError where ssh would refuse it. */
  take(line: ConfigLine): void {
    const keyword = canonicalKeyword(line.keyword);
    const kind = keywordKinds.get(keyword);
    if (kind === undefined) {
      this.notice(line);
      return;
    }
    const words = wordsOf(line, kind);
    if (words.length === 0 || words[0] === '') throw refused(line, l10n.t('{0} has no value', line.keyword));
    const why = whyNoValue(kind, words);
    if (why !== null) throw refused(line, `${line.keyword}: ${why}`);
    this.set(keyword, kind, words);
  }

  private set(keyword: string, kind: KeywordKind, words: readonly string[]): void {
    const present = this.raw.get(keyword) ?? [];
    if (kind === 'sendenv') this.raw.set(keyword, sentVariables(present, words));
    else if (kind === 'added') this.raw.set(keyword, [...new Set([...present, ...words])]);
    else if (!this.isDecided(keyword)) this.raw.set(keyword, words);
  }

  /** The two ways through another host exclude each other; a jump to none leaves the other way open. */
  private isDecided(keyword: string): boolean {
    if (this.raw.has(keyword)) return true;
    if (keyword === 'proxyjump') return this.raw.has('proxycommand');
    return keyword === 'proxycommand' && (this.raw.get('proxyjump')?.[0] ?? 'none') !== 'none';
  }

  private notice(line: ConfigLine): void {
    if (isKnownKeyword(line.keyword)) return;
    const ignored = this.raw.get('ignoreunknown')?.[0];
    if (ignored !== undefined && matchPatternList(line.keyword, ignored.toLowerCase())) return;
    const { keyword, file } = line;
    this.remarks.add(l10n.t('“{0}” in {1}, line {2}, is not known and was passed over.', keyword, file, line.line));
  }
}

export function refused(line: ConfigLine, why: string): Error {
  return configError(line.file, line.line, why);
}

/** The words of a line. Throws ExpectedError when a quote has no end. */
export function wordsOf(line: ConfigLine, kind?: KeywordKind): readonly string[] {
  if (kind === 'rest' && line.keyword === 'proxycommand') return [line.rest];
  if (!line.words) throw refused(line, l10n.t('a quote has no end'));
  return line.words;
}

/** Why ssh would refuse it; null when it is right. */
function whyNoValue(kind: KeywordKind, words: readonly string[]): string | null {
  const [word = ''] = words;
  if (kind === 'words' || kind === 'sendenv') return null;
  if (kind === 'rekey') return parseRekeyLimit(words) ? null : l10n.t('“{0}” is no limit', words.join(' '));
  if (words.length > 1) return l10n.t('there is more than one value');
  return isValue(kind, word) ? null : l10n.t('“{0}” is not one of its values', word);
}

function isValue(kind: KeywordKind, word: string): boolean {
  switch (kind) {
    case 'flag':
      return parseFlag(word) !== null;
    case 'pubkey':
      return parseFlag(word) !== null || word === 'unbound' || word === 'host-bound';
    case 'integer':
      return parseInteger(word, -2_147_483_648, 2_147_483_647) !== null;
    case 'seconds':
      return word === 'none' || parseSeconds(word) !== null;
    case 'checking':
      return parseChecking(word) !== null;
    case 'family':
      return ['any', 'inet', 'inet6'].includes(word);
    default:
      return true;
  }
}

/** SendEnv adds names and patterns; `-PATTERN` takes those back that are there and match it. */
function sentVariables(present: readonly string[], words: readonly string[]): readonly string[] {
  let sent = [...present];
  for (const word of words) {
    if (word.startsWith('-')) sent = sent.filter((name) => !matchPattern(name, word.slice(1)));
    else if (!sent.includes(word)) sent.push(word);
  }
  return sent;
}
