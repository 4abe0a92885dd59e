import { visibleLine, visibleLines } from './plainText';
import { textWidth } from './textWidth';

/**
 * What begins markup inside a line of GitHub Flavored Markdown. A backslash counts before punctuation and at the end,
 * an opening angle bracket before what could be a tag or an address (anything but a space), an ampersand before what could be an entity.
 */
const MARKUP = /\\(?=[!-/:-@[-`{-~]|$)|[`*[|]|<(?=\S)|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu;
/** Marks that mean something in pairs only, so that `~/notes` and `$5` keep their look. */
const PAIRED = /[~$](?=.*[~$])|(?<=[~$].*)[~$]/g;

/**
 * Text as the inside of a line or a table cell: nothing in it is markup, and what cannot be keeps its look. Bare web
 * addresses stay as they are; a reader may make links of them, which lead to what they show.
 */
export function inlineText(text: string): string {
  return visibleLine(text)
    .trim()
    .replace(MARKUP, '\\$&')
    .replace(PAIRED, '\\$&')
    .replace(/#+$/, (hashes) => hashes.replaceAll('#', '\\#'));
}

export function link(label: string, href: string): string {
  return `[${inlineText(label).replaceAll(']', '\\]')}](<${href}>)`;
}

/** The same where the text begins a line, so that it becomes no heading, list, quotation or rule. */
export function lineText(text: string): string {
  return inlineText(text)
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+=#>]/, '\\$&');
}

/** Prose of several lines; a single line break stays one. */
export function paragraphs(text: string): string {
  return visibleLines(text)
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.split('\n').filter(hasText).map(lineText).join('\\\n'))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function hasText(line: string): boolean {
  return line.trim() !== '';
}

/**
 * A code span (CommonMark 6.1) that can also stand in a table cell. There a backslash before a pipe is read in
 * different ways by different readers, so such a text becomes an ordinary one.
 */
export function codeSpan(text: string): string {
  const line = visibleLine(text);
  if (line.trim() === '' || /\\\|/.test(line)) return inlineText(line);
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`;
}

export function codeBlock(text: string): string {
  const lines = visibleLines(text).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}\n${lines}\n${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

export interface MarkdownColumn {
  /** Already Markdown, as are the cells. */
  readonly title: string;
  readonly alignsRight: boolean;
}

/** Longer cells are not waited for: one of them would widen every row. */
const MAX_PADDED_COLUMNS = 48;

/** A pipe table whose columns stand below one another in a fixed-pitch font. */
export function pipeTable(columns: readonly MarkdownColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    rows.reduce(
      (widest, row) => {
        const width = textWidth(row[index] ?? '');
        return width > MAX_PADDED_COLUMNS ? widest : Math.max(widest, width);
      },
      Math.max(3, Math.min(textWidth(column.title), MAX_PADDED_COLUMNS)),
    ),
  );
  const line = (cells: readonly string[]): string =>
    `| ${columns.map(({ alignsRight }, index) => padded(cells[index] ?? '', widths[index] ?? 0, alignsRight)).join(' | ')} |`;
  const rule = columns.map(({ alignsRight }, index) => {
    const dashes = '-'.repeat(widths[index] ?? 3);
    return alignsRight ? `${dashes.slice(1)}:` : dashes;
  });
  return [line(columns.map((column) => column.title)), line(rule), ...rows.map(line)].join('\n');
}

function padded(text: string, width: number, alignsRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return alignsRight ? space + text : text + space;
}
