import * as l10n from '@vscode/l10n';
import { escapeMarkup } from '../../../report/htmlText';
import type { LineRow, RowLine, Span } from '../core/difflib/rows';
import type { TextHunk, TextSide } from '../core/text/schema';

const CLASSES = { added: 'added', removed: 'removed', changed: 'changed-word' } as const;

/** Text for HTML; control characters as their pictures (U+2400 and on), what turns the direction of text as its number. */
export function escaped(text: string): string {
  return (
    escapeMarkup(text)
      // eslint-disable-next-line no-control-regex -- these are what is to be made visible
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (character) =>
        character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0)),
      )
      .replace(
        /[\u202a-\u202e\u2066-\u2069]/g,
        (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`,
      )
  );
}

/** The rows of a table with four columns; changes are numbered, and each leads to the one before and the one after it. */
export class HtmlRows {
  changes = 0;
  private readonly rows: string[] = [];
  /** Where the row stands that the change before begins with. */
  private opened = -1;
  private wasChanged = false;

  constructor(
    private readonly left: TextSide,
    private readonly right: TextSide,
  ) {}

  addHunk(hunk: TextHunk, rows: readonly LineRow[]): void {
    if (hunk.leftStart > 0 || hunk.rightStart > 0) this.addGap(hunk);
    this.wasChanged = false;
    for (const row of rows) this.addRow(row);
  }

  html(): string {
    if (this.opened >= 0) this.fillLinks(this.opened, this.changes, false);
    return this.rows.join('');
  }

  private addGap({ leftStart, rightStart }: TextHunk): void {
    const text = l10n.t('Line {0} on the left, line {1} on the right', leftStart + 1, rightStart + 1);
    this.rows.push(`<tr class="gap"><td colspan="4">${escaped(text)}</td></tr>\n`);
  }

  private addRow({ left, right, isChanged }: LineRow): void {
    const isFirst = isChanged && !this.wasChanged;
    this.wasChanged = isChanged;
    if (isFirst) {
      if (this.opened >= 0) this.fillLinks(this.opened, this.changes, true);
      this.changes += 1;
      this.opened = this.rows.length;
    }
    const attributes = `${isFirst ? ` id="change-${this.changes}"` : ''}${isChanged ? ' class="changed"' : ''}`;
    const links = isFirst ? LINKS : '';
    this.rows.push(
      `<tr${attributes}>${cells(left, 'left', this.left, links)}${cells(right, 'right', this.right, '')}</tr>\n`,
    );
  }

  /** What comes after a change is known only when the next one begins. */
  private fillLinks(at: number, change: number, hasNext: boolean): void {
    const previous =
      change > 1 ? `<a href="#change-${change - 1}" title="${escaped(l10n.t('Previous change'))}">↑</a> ` : '';
    const next = hasNext ? `<a href="#change-${change + 1}" title="${escaped(l10n.t('Next change'))}">↓</a> ` : '';
    this.rows[at] = (this.rows[at] ?? '').replace(LINKS, () => previous + next);
  }
}

/** Stands in a row until its links are known; no text can hold it, as control characters are never written. */
const LINKS = '\u0001';

function cells({ number, spans }: RowLine, name: 'left' | 'right', side: TextSide, links: string): string {
  if (number === null) return `<td class="number none">${links}</td><td class="text none ${name}"></td>`;
  const isWhole = spans.length === 1 && spans[0]?.change !== null ? ' whole' : '';
  const isOpen = number === side.lines && !side.endsWithNewline;
  const note = isOpen ? ` <span class="note">${escaped(l10n.t('no line feed at the end'))}</span>` : '';
  const text = spans.map(spanHtml).join('');
  return `<td class="number">${links}${number === 'continued' ? '' : number}</td><td class="text ${name}${isWhole}">${text}${note}</td>`;
}

function spanHtml({ text, change }: Span): string {
  return change === null ? escaped(text) : `<span class="${CLASSES[change]}">${escaped(text)}</span>`;
}
