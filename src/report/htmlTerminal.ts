import * as l10n from '@vscode/l10n';
import { markup, type Html } from './htmlText';
import type { TerminalBlock } from './model';
import { paintOf, readable, type TerminalPalette } from './terminalColour';
import { terminalSpans, type TerminalSpan } from './terminalSpans';
import type { TerminalStyle } from './terminalStyle';

/** On the ground of the page's style sheet. */
const LIGHT: TerminalPalette = {
  ansi: [
    ...['#1d2430', '#c01c28', '#1a7f37', '#8a5a00', '#1a5fb4', '#8839a8', '#0b7285', '#596273'],
    ...['#5c6470', '#d1242f', '#2da44e', '#9a6700', '#218bff', '#a475f9', '#3192aa', '#8c959f'],
  ],
  foreground: '#1d2430',
  background: '#f6f7f9',
};
const DARK: TerminalPalette = {
  ansi: [
    ...['#484f58', '#ff7b72', '#57c776', '#e3b04b', '#79aefa', '#cf9be8', '#5fc9db', '#c9d1d9'],
    ...['#8b949e', '#ffa198', '#7ee2a8', '#f2cc60', '#a5d6ff', '#e2c5ff', '#8fe3f0', '#ffffff'],
  ],
  foreground: '#e4e8ee',
  background: '#14171c',
};

/** The output as text, with the colours of a terminal where it has some. */
export function printTerminal(block: TerminalBlock): Html {
  if (block.text === '') return markup`<p class="note">${block.empty ?? l10n.t('Nothing was written.')}</p>`;
  const lines = block.text.replace(/\n$/, '').split('\n');
  return markup`<pre tabindex="0"><code>${lines.map((line, index) => [index > 0 && '\n', ...terminalSpans(line).map(printSpan)])}</code></pre>`;
}

function printSpan({ text, style }: TerminalSpan): Html {
  const look = looksOf(style);
  if (isOwn(style)) return markup`<span class="${look}tc" style="${ownColours(style)}">${text}</span>`;
  const classes = `${look}${style.foreground === null ? '' : `t${String(style.foreground)}`}`.trim();
  return classes === '' ? markup`${text}` : markup`<span class="${classes}">${text}</span>`;
}

/** More than one of the 16 colours on the ground of the block. */
function isOwn({ foreground, background, dim, inverse }: TerminalStyle): boolean {
  return (
    dim ||
    inverse ||
    background !== null ||
    (foreground !== null && (typeof foreground === 'string' || foreground > 15))
  );
}

function looksOf({ bold, italic, underline, strike }: TerminalStyle): string {
  const looks = [bold && 'tb', italic && 'ti', underline && 'tu', strike && 'ts'];
  return looks.map((look) => (look === false ? '' : `${look} `)).join('');
}

/** For either theme; the style sheet chooses. */
function ownColours(style: TerminalStyle): string {
  const light = paintOf(style, LIGHT);
  const dark = paintOf(style, DARK);
  const behind = light.background === null ? '' : `;--lb:${light.background};--db:${dark.background}`;
  return `--lf:${light.foreground};--df:${dark.foreground}${behind}`;
}

/** For the one style sheet of the page. */
export function terminalStyle(): Html {
  const colours = ({ ansi, background }: TerminalPalette): string =>
    ansi.map((colour, index) => `.t${index} { color: ${readable(colour, background)}; }`).join(' ');
  return markup`${colours(LIGHT)}
.tc { color: var(--lf); background: var(--lb, transparent); }
.tb { font-weight: 600; } .ti { font-style: italic; } .tu { text-decoration: underline; } .ts { text-decoration: line-through; }
.tu.ts { text-decoration: underline line-through; }
@media screen and (prefers-color-scheme: dark) {
  ${colours(DARK)}
  .tc { color: var(--df); background: var(--db, transparent); }
}
`;
}
