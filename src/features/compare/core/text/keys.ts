import type { TextOptions } from './options';

type KeyOptions = Pick<TextOptions, 'ignoreCase' | 'whitespace' | 'tabSize'>;

/** isspace(3) in the C locale. */
const SPACES = ' \t\v\f\r\n';
const ALL_SPACE = /[ \t\v\f\r\n]+/g;

/** Lines with the same key are equal under these options. null: lines are compared as they are. */
export function keyOf({ ignoreCase, whitespace, tabSize }: KeyOptions): ((line: string) => string) | null {
  const space = spaceKey(whitespace, tabSize);
  if (!ignoreCase) return space;
  return space === null ? (line) => line.toLowerCase() : (line) => space(line.toLowerCase());
}

/** Whether a last line without a line feed is the same as one with it. */
export function ignoresTrailing({ whitespace }: Pick<TextOptions, 'whitespace'>): boolean {
  return whitespace !== 'exact' && whitespace !== 'tabs';
}

function spaceKey(whitespace: TextOptions['whitespace'], tabSize: number): ((line: string) => string) | null {
  switch (whitespace) {
    case 'exact':
      return null;
    case 'tabs':
      return (line) => expanded(line, tabSize);
    case 'trailing':
      return withoutTrailing;
    case 'tabs-and-trailing':
      return (line) => expanded(withoutTrailing(line), tabSize);
    case 'amount':
      return (line) => withoutTrailing(line).replace(ALL_SPACE, ' ');
    case 'all':
      return (line) => line.replace(ALL_SPACE, '');
  }
}

/** A loop: a regular expression for white space at the end is quadratic where there is much of it elsewhere. */
function withoutTrailing(line: string): string {
  let end = line.length;
  while (end > 0 && SPACES.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

/** Tabs as the spaces they stand for; a carriage return goes back to the first column, a backspace by one. */
function expanded(line: string, tabSize: number): string {
  if (!line.includes('\t')) return line;
  let column = 0;
  let text = '';
  for (const character of line) {
    if (character === '\t') {
      const width = tabSize - (column % tabSize);
      text += ' '.repeat(width);
      column += width;
      continue;
    }
    text += character;
    column = character === '\r' ? 0 : character === '\b' ? Math.max(0, column - 1) : column + 1;
  }
  return text;
}

/** Whether a line is blank, and so does not count where blank lines do not. */
export function isBlank(line: string, whitespace: TextOptions['whitespace']): boolean {
  return line === '' || (ignoresTrailing({ whitespace }) && withoutTrailing(line) === '');
}
