import * as l10n from '@vscode/l10n';
import { ExpectedError } from './errors';

/** What a shell makes more of than text, wherever it stands without quotes. */
const SHELL_ONLY = '|&;<>()$`*?[]\n';
/** Within double quotes (POSIX.1-2024, XCU 2.2.3), and what a backslash takes the meaning of there. */
const DOUBLE_QUOTED_ONLY = '$`';
const DOUBLE_QUOTED_ESCAPES = '$`"\\\n';

/**
 * The words of a command line as a POSIX shell would split it (POSIX.1-2024, XCU 2.2), with quotes and backslashes
 * and nothing else: what only a shell understands is refused rather than passed on as text that was meant otherwise.
 * Throws ExpectedError('invalid-input').
 */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  const reader = new WordReader(line.trim());
  for (let word = reader.next(); word !== null; word = reader.next()) words.push(word);
  const [first] = words;
  if (first === undefined || first === '') throw refused(l10n.t('There is no program in it.'));
  return words;
}

function refused(reason: string): ExpectedError {
  return new ExpectedError('invalid-input', reason);
}

function onlyShell(what: string): ExpectedError {
  return refused(
    l10n.t('{0} means something to a shell only: use a script for it, or quote it where it is meant as text.', what),
  );
}

class WordReader {
  private at = 0;

  constructor(private readonly line: string) {}

  /** null behind the last one. */
  next(): string | null {
    while (this.at < this.line.length && /[ \t]/.test(this.line[this.at] ?? '')) this.at++;
    if (this.at >= this.line.length) return null;
    const start = this.at;
    let word = '';
    while (this.at < this.line.length && !/[ \t]/.test(this.line[this.at] ?? '')) word += this.part();
    refuseBare(this.line.slice(start, this.at), start === 0);
    return word;
  }

  private part(): string {
    const character = this.line[this.at++] ?? '';
    if (character === "'") return this.singleQuoted();
    if (character === '"') return this.doubleQuoted();
    if (character === '\\') return this.escaped();
    if (SHELL_ONLY.includes(character)) throw onlyShell(character === '\n' ? l10n.t('A line break') : character);
    return character;
  }

  private singleQuoted(): string {
    const end = this.line.indexOf("'", this.at);
    if (end < 0) throw refused(l10n.t("A quotation that begins with ' has no end."));
    const text = this.line.slice(this.at, end);
    this.at = end + 1;
    return text;
  }

  private doubleQuoted(): string {
    let text = '';
    for (; this.at < this.line.length; this.at++) {
      const character = this.line[this.at] ?? '';
      const following = this.line[this.at + 1] ?? '';
      if (character === '"') {
        this.at++;
        return text;
      }
      if (DOUBLE_QUOTED_ONLY.includes(character)) throw onlyShell(character);
      const isEscape = character === '\\' && following !== '' && DOUBLE_QUOTED_ESCAPES.includes(following);
      if (isEscape) this.at++;
      text += !isEscape ? character : following === '\n' ? '' : following;
    }
    throw refused(l10n.t('A quotation that begins with " has no end.'));
  }

  /** A line break after a backslash goes with it. */
  private escaped(): string {
    const character = this.line[this.at++];
    if (character === undefined) throw refused(l10n.t('A backslash at the end has nothing behind it.'));
    return character === '\n' ? '' : character;
  }
}

/** What counts only at the beginning of a word, or as a whole one. `source` is the word as it was typed. */
function refuseBare(source: string, isFirst: boolean): void {
  if (source.startsWith('#') || source.startsWith('~')) throw onlyShell(source.slice(0, 1));
  if (/^[^'"\\]*\{[^'"\\{}]*(,|\.\.)[^'"\\{}]*\}/.test(source)) throw onlyShell('{…}');
  if (source === '!') throw onlyShell('!');
  if (isFirst && /^[A-Za-z_]\w*=/.test(source)) {
    throw refused(l10n.t('{0} sets a variable: give it in the field for the environment.', source));
  }
}

/** For reading: words of which one can see where each begins and ends. */
export function wordsText(words: readonly string[]): string {
  return words.map((word) => (/^[\w.,:/+=@%^-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`)).join(' ');
}
