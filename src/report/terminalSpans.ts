import { visibleLines } from './plainText';
import { PLAIN_STYLE, styleAfter, type TerminalStyle } from './terminalStyle';

export interface TerminalSpan {
  readonly text: string;
  readonly style: TerminalStyle;
}

/** Every second part is what stands between `ESC [` and `m`. */
const SGR = new RegExp(`${String.fromCharCode(0x1b)}\\[([\\d;:]*)m`);

/**
 * One line of a terminal block's text, which begins without any style. Whatever else is invisible in it is shown (see
 * plainText.ts): a report may come from a file.
 */
export function terminalSpans(line: string): readonly TerminalSpan[] {
  const spans: TerminalSpan[] = [];
  let style = PLAIN_STYLE;
  line.split(SGR).forEach((part, index) => {
    if (index % 2 === 1) style = styleAfter(style, part);
    else if (part !== '') spans.push({ text: visibleLines(part), style });
  });
  return spans;
}

/** The text without its colours. */
export function withoutStyles(text: string): string {
  return text
    .split(SGR)
    .filter((_, index) => index % 2 === 0)
    .join('');
}
