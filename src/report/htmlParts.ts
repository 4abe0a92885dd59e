import { statusWord } from './format';
import { markup, type Html } from './htmlText';
import type { Cell, Status } from './model';

/** The shapes that `icon` refers to; once in a page. Each status has an outline of its own. */
export function iconShapes(): Html {
  return markup`<svg class="hidden" aria-hidden="true" focusable="false"><defs>
<symbol id="s-ok" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0ZM6.8 12.3 3 8.5 4.4 7.1 6.8 9.5 11.6 4.7 13 6.1Z"/></symbol>
<symbol id="s-info" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M3 0H13A3 3 0 0 1 16 3V13A3 3 0 0 1 13 16H3A3 3 0 0 1 0 13V3A3 3 0 0 1 3 0ZM7 3V5.2H9V3ZM7 6.8V13H9V6.8Z"/></symbol>
<symbol id="s-warning" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M6.7 1.2A1.5 1.5 0 0 1 9.3 1.2L15.8 13.2A1.5 1.5 0 0 1 14.5 15.5H1.5A1.5 1.5 0 0 1 .2 13.2ZM7 5V10H9V5ZM7 11.3V13.4H9V11.3Z"/></symbol>
<symbol id="s-error" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M4.7 0H11.3L16 4.7V11.3L11.3 16H4.7L0 11.3V4.7ZM4.6 3.3 3.3 4.6 6.7 8 3.3 11.4 4.6 12.7 8 9.3 11.4 12.7 12.7 11.4 9.3 8 12.7 4.6 11.4 3.3 8 6.7Z"/></symbol>
<symbol id="s-unknown" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0ZM8 1.6a6.4 6.4 0 1 1 0 12.8A6.4 6.4 0 0 1 8 1.6ZM5.2 6.3H6.9C6.9 5.6 7.3 5.2 8 5.2S9 5.6 9 6.1C9 7.2 7.2 7.3 7.2 9V9.4H8.8C8.8 8.3 10.7 8 10.7 6.1 10.7 4.7 9.6 3.7 8 3.7S5.2 4.8 5.2 6.3ZM7.1 10.6V12.3H8.900V10.6Z"/></symbol>
</defs></svg>`;
}

/** Says nothing by itself: a word stands beside it. */
export function icon(status: Status): Html {
  return markup`<svg class="icon" aria-hidden="true" focusable="false"><use href="#s-${status}"/></svg>`;
}

/** Icon and word. */
export function badge(status: Status): Html {
  return markup`<span class="badge ${status}">${icon(status)}${statusWord(status)}</span>`;
}

/** A fact's value or the inside of a table cell. The word of its status is there for those who hear the page. */
export function cellContent(cell: Cell, text: string, isCode: boolean): Html {
  const shown = isCode && cell !== null ? markup`<code>${text}</code>` : markup`${text}`;
  if (cell === null || typeof cell !== 'object') return shown;
  return markup`${printMark(cell.status, text)}${shown}${printShare(cell.fraction, cell.status)}`;
}

function printMark(status: Status | undefined, text: string): Html | null {
  if (status === undefined) return null;
  const word = statusWord(status);
  const spoken = word === text ? null : markup`<span class="hidden">${word}: </span>`;
  return markup`<span class="status ${status}">${icon(status)}</span> ${spoken}`;
}

/** A bar below the number: decoration, as the number says the same. */
function printShare(fraction: number | undefined, status: Status | undefined): Html | null {
  if (fraction === undefined || !Number.isFinite(fraction)) return null;
  const share = Math.max(0, Math.min(1, fraction)).toFixed(3);
  return markup`<span class="share ${status}" aria-hidden="true"><span style="--share:${share}"></span></span>`;
}
